import { plan, ref } from '../domain/shipment.fixture';
import { allocated, person, placed, setUp } from '../edge/shipping.fixture';

const { shipmentId } = ref;
const customs = { hsCode: '691200', originCountry: 'CN' };
const abroad = { ...person, address: { ...person.address, country: 'CH' } };
const orderTo = (destination: { readonly country: string; readonly postalArea?: string }) => ({
  ...placed,
  lines: ['1', '2'].map((lineId) => ({ ...(placed.lines[0] as (typeof placed.lines)[number]), lineId, quantity: 4 })),
  shipGroups: placed.shipGroups.map((group) => ({ ...group, destination })),
});
const parcels = [
  {
    weightGrams: 900,
    lines: [
      { lineId: '1', quantity: 3 },
      { lineId: '2', quantity: 1 },
    ],
  },
];

/** From Leeds, or wherever it is said, to Switzerland, or to whom it is said. */
const toPack = async ({ opened = abroad, origin = 'GB', isKnown = true, postalArea = '' } = {}) => {
  const order = orderTo({ country: opened.address.country, ...(postalArea === '' ? {} : { postalArea }) });
  const parts = setUp({ opened, order });
  if (isKnown) await parts.registers.locations.record({ location: 'LEEDS', country: origin }, 1);
  await parts.shipments.learn(order);
  await parts.shipments.plan(allocated, parts.meta());
  const describe = async (more: object = { customs }) => {
    for (const sku of ['MUG', 'LAMP']) await parts.registers.items.record({ sku, title: sku, weightGrams: 300, ...more }, 1);
  };
  return { ...parts, describe, pack: () => parts.shipments.pack(shipmentId, parcels, parts.meta()) };
};

describe('a shipment across a border', () => {
  it('is not packed while customs would ask for what nobody knows, by field', async () => {
    const { pack, describe: known } = await toPack();
    await known({});
    await expect(pack()).rejects.toMatchObject({
      ...{ code: 'CUSTOMS_MISSING', kind: 'invalid' },
      errors: [{ field: 'items.MUG.customs' }, { field: 'items.LAMP.customs' }],
    });
  });

  it('is declared when its label is asked for, and its carrier is told', async () => {
    const { pack, describe: known, labels, log, meta, carrier } = await toPack();
    await known();
    await pack();
    const told: unknown[] = [];
    const { book } = carrier;
    carrier.book = (consignment) => {
      told.push(consignment.customs);
      return book(consignment);
    };
    await labels.buy(shipmentId, meta());
    const { shipment } = await log.read(shipmentId);
    const declaration = {
      from: 'GB',
      to: 'CH',
      parcels: [{ parcelId: '1', document: 'cn22', lines: [{ sku: 'MUG', quantity: 3 }, { sku: 'LAMP' }] }],
    };
    expect(shipment).toMatchObject({ status: 'labelled', label: { customs: declaration } });
    expect(told).toMatchObject([declaration]);
  });

  it('whose address became one abroad after it was packed waits for what customs ask for, and then gets its label', async () => {
    const movable = { ...person, address: { ...person.address } };
    const { pack, describe: known, labels, log, meta } = await toPack({ opened: movable });
    await pack();
    movable.address.country = 'CH';
    await labels.buy(shipmentId, meta());
    expect((await log.read(shipmentId)).shipment).toMatchObject({ status: 'label-failed', failure: { code: 'customs-missing' } });
    await known();
    await labels.order(shipmentId, {}, meta());
    expect((await log.read(shipmentId)).shipment).toMatchObject({ status: 'labelled' });
  });

  it.each([
    ['within a country', { opened: person, origin: 'GB' }],
    ['from where nobody knows', { isKnown: false }],
    [
      'where the area says that there is no border',
      { opened: { ...person, address: { ...person.address, country: 'GB' } }, origin: 'IE', postalArea: 'BT1' },
    ],
    ['within a union', { opened: { ...person, address: { ...person.address, country: 'FR' } }, origin: 'DE' }],
  ])('asks for nothing %s', async (_, way) => {
    const { pack, log } = await toPack(way);
    await pack();
    expect((await log.read(shipmentId)).shipment).toMatchObject({ status: 'packed' });
  });
});

describe('what the customer fetches where it is', () => {
  it('crosses no border, wherever the customer lives; what goes to another store does', async () => {
    const { customs: ofBorders, registers } = setUp({ opened: abroad });
    await registers.locations.record({ location: 'LEEDS', country: 'GB' }, 1);
    const here = { ...plan, location: 'LEEDS', destination: { country: 'CH' } };
    const toStore = { ...here, method: 'ship-to-store' } as const;
    await expect(ofBorders.require({ ...here, method: 'pickup' })).resolves.toBeUndefined();
    await expect(ofBorders.require({ ...toStore, pickupLocation: 'LEEDS' })).resolves.toBeUndefined();
    await expect(ofBorders.require({ ...toStore, pickupLocation: 'BERN' })).rejects.toThrow();
  });
});
