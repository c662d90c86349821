import { Topics } from '@cartage/contracts';
import { idFor, newId } from '@cartage/service-kit';
import { eventually, sampleOf } from '@cartage/testkit';
import { startOutside, type Outside } from './edge/outside.fixture';

/** As long as `eventually` may need on a busy machine. */
jest.setTimeout(60_000);

type Json = Record<string, unknown>;
let outside: Outside;
beforeAll(async () => (outside = await startOutside()));
afterAll(() => outside.close());

const ask = async (method: string, path: string, body?: object): Promise<Json & { readonly httpStatus: number }> => {
  const response = await outside.request(method, path, body);
  return { ...((await response.json()) as Json), httpStatus: response.status };
};

/** A location that is known here, and a way to send orders to it. */
const warehouse = async (location: string) => {
  await outside.tell(Topics.inventory, `location-${location}`, {
    type: 'LocationChanged',
    data: { ...sampleOf('LocationChanged'), location, revision: 1 },
  });
  const bins = (of: readonly object[]) => ask('PUT', `/shipping/locations/${location}/bins`, { bins: of });
  await eventually(async () =>
    expect(
      await bins([
        { sku: 'MUG', bin: 'A-10' },
        { sku: 'LAMP', bin: 'A-2' },
      ]),
    ).toMatchObject({ httpStatus: 200, skus: 2 }),
  );
  const planned = async (lines: readonly { lineId: string; sku: string; quantity: number }[]) => {
    const [orderId, fulfillmentId] = [newId(), newId()];
    await outside.tell(Topics.order, `order-${orderId}`, { type: 'OrderPlaced', data: { ...sampleOf('OrderPlaced'), orderId } });
    await outside.tell(Topics.inventory, `reservation-${orderId}`, {
      type: 'StockAllocated',
      data: { ...sampleOf('StockAllocated'), orderId, fulfillmentId, location, lines },
    });
    const shipmentId = idFor('shipment', fulfillmentId);
    await eventually(async () => expect(await ask('GET', `/shipping/shipments/${shipmentId}`)).toMatchObject({ status: 'to-pack' }));
    const tell = (event: Parameters<Outside['tell']>[2]) => outside.tell(Topics.fulfillment, `brokering-${orderId}`, event);
    return { orderId, fulfillmentId, shipmentId, tell };
  };
  const release = (more: object = {}) => ask('POST', '/shipping/waves', { location, ...more });
  return { planned, release, bins };
};
const mugs = (quantity: number) => ({ lineId: '1', sku: 'MUG', quantity });
const lamp = { lineId: '2', sku: 'LAMP', quantity: 1 };

it('a wave is picked bin by bin, confirmed by scan, and short where something is missing', async () => {
  const { planned, release } = await warehouse('WAVE-A');
  const [first, second] = [await planned([mugs(2), lamp]), await planned([mugs(1)])];
  const wave = await release({ picker: 'picker-7' });
  expect(wave).toMatchObject({ httpStatus: 201, status: 'open', picker: 'picker-7', units: 4, picked: 0, shipments: 2, out: [] });
  expect(wave['bins']).toMatchObject([
    { bin: 'A-2', sku: 'LAMP', quantity: 1, totes: [{ tote: 1, shipmentId: first.shipmentId }] },
    {
      bin: 'A-10',
      sku: 'MUG',
      quantity: 3,
      totes: [
        { tote: 1, quantity: 2 },
        { tote: 2, shipmentId: second.shipmentId },
      ],
    },
  ]);
  const path = `/shipping/waves/${String(wave['waveId'])}`;
  const scan = (body: object) => ask('POST', `${path}/scans`, body);
  expect(await scan({ tote: 9, sku: 'MUG' })).toMatchObject({ httpStatus: 422, errors: [{ field: 'tote' }] });
  expect(await scan({ tote: 2, sku: 'LAMP' })).toMatchObject({ httpStatus: 422, errors: [{ field: 'sku' }] });
  await Promise.all([scan({ tote: 1, sku: 'MUG' }), scan({ tote: 1, sku: 'LAMP' })]);
  expect(await scan({ tote: 1, sku: 'MUG', short: 1 })).toMatchObject({
    httpStatus: 200,
    picking: { pickedAt: expect.any(String) as string },
  });
  expect(await scan({ tote: 2, sku: 'MUG' })).toMatchObject({ httpStatus: 200 });
  expect(await ask('GET', path)).toMatchObject({ units: 4, picked: 3, short: 1, done: 2 });
  const pdf = await outside.request('GET', `${path}/pick-list.pdf`);
  expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
});

it('a shipment is in one open wave at most; what is held drops out by name, and what is closed is free again', async () => {
  const { planned, release } = await warehouse('WAVE-B');
  const [one, two] = [await planned([mugs(1)]), await planned([mugs(2)])];
  const both = await Promise.all([release({ shipments: 2 }), release({ shipments: 2 })]);
  const taken = both.flatMap((wave) =>
    ((wave['bins'] ?? []) as readonly { totes: readonly { shipmentId: string }[] }[]).flatMap(({ totes }) => totes),
  );
  expect(taken.map(({ shipmentId }) => shipmentId).sort()).toEqual([one.shipmentId, two.shipmentId].sort());
  const of = both.find((wave) => Number(wave['shipments']) > 0);
  const path = `/shipping/waves/${String(of?.['waveId'])}`;
  const { shipmentId, fulfillmentId, orderId } = taken[0]?.shipmentId === one.shipmentId ? one : two;
  const held = { ...sampleOf('FulfillmentHeld'), orderId, fulfillmentId, location: 'WAVE-B', holdId: newId() };
  await one.tell({ type: 'FulfillmentHeld', data: held });
  const waves = both.map((wave) => `/shipping/waves/${String(wave['waveId'])}`);
  await eventually(async () => {
    const shown = await Promise.all(waves.map((each) => ask('GET', each)));
    expect(shown.flatMap((wave) => wave['out'] as readonly object[])).toContainEqual(
      expect.objectContaining({ shipmentId, reason: 'held' }),
    );
  });
  expect(await release()).toMatchObject({ httpStatus: 409, code: 'WAVE_EMPTY' });
  for (const each of waves) await ask('POST', `${each}/close`);
  expect(await ask('POST', `${path}/scans`, { tote: 1, sku: 'MUG' })).toMatchObject({ httpStatus: 409, code: 'WAVE_CLOSED' });
  await eventually(async () => expect(await release()).toMatchObject({ httpStatus: 201, shipments: 1 }));
});

it('a shipment goes into the boxes of its location as suggested, by what is known of its goods', async () => {
  const { planned } = await warehouse('BOX-A');
  const { shipmentId } = await planned([mugs(2), lamp]);
  const path = `/shipping/shipments/${shipmentId}`;
  const size = { lengthMm: 300, widthMm: 200, heightMm: 200 };
  const box = { code: 'M', inner: size, outer: size, tareGrams: 150, maxGrams: 9_000, padded: true };
  const place = '/shipping/locations/BOX-A/boxes';
  expect(await ask('PUT', place, { boxes: [{ ...box, maxGrams: 150 }] })).toMatchObject({
    ...{ httpStatus: 422, code: 'BOX_INVALID' },
    errors: [{ field: 'boxes[0].maxGrams' }],
  });
  expect(await ask('PUT', place, { boxes: [box] })).toMatchObject({ httpStatus: 200, location: 'BOX-A', boxes: [{ code: 'M' }] });
  expect(await ask('POST', `${path}/pack`, {})).toMatchObject({
    ...{ httpStatus: 422, code: 'PACKING_NOT_SUGGESTED' },
    errors: [{ code: 'WEIGHT_UNKNOWN' }, { code: 'WEIGHT_UNKNOWN' }],
  });
  for (const sku of ['MUG', 'LAMP'])
    await outside.tell(Topics.inventory, `item-${sku}`, {
      type: 'ItemChanged',
      data: {
        sku,
        title: sku,
        status: 'active',
        weightGrams: 300,
        returnable: true,
        revision: 1,
        changedAt: '2026-11-27T09:00:00.000Z',
        fragile: true,
        dimensions: { lengthMm: 100, widthMm: 100, heightMm: 90 },
        barcodes: [{ code: `${sku}-12`, kind: 'own', units: 12 }],
      },
    });
  const suggested = { parcels: [{ box: 'M', weightGrams: 1_050, lengthMm: 300, reason: { code: 'holds-all' } }], unboxed: [] };
  await eventually(async () => expect(await ask('GET', `${path}/packing`)).toMatchObject(suggested));
  const inHand = (sku: string) => ({ sku, title: sku, barcodes: [{ code: `${sku}-12`, units: 12 }] });
  expect(await ask('GET', path)).toMatchObject({ lines: [inHand('MUG'), inHand('LAMP')] });
  expect(await ask('POST', '/shipping/waves', { location: 'BOX-A' })).toMatchObject({ bins: [inHand('LAMP'), inHand('MUG')] });
  expect(await ask('POST', `${path}/pack`, {})).toMatchObject({ httpStatus: 200, parcels: [{ box: 'M', weightGrams: 1_050 }] });
});
