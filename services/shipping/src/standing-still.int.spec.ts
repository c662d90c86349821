import { Topics, type OrderLine } from '@cartage/contracts';
import { idFor, newId } from '@cartage/service-kit';
import { eventually, sampleOf } from '@cartage/testkit';
import { startOutside, type Outside } from './edge/outside.fixture';

/** As long as `eventually` may need on a busy machine. */
jest.setTimeout(60_000);

let outside: Outside;
beforeAll(async () => (outside = await startOutside()));
afterAll(() => outside.close());

const lines = [{ lineId: '1', sku: 'MUG', quantity: 3 }];
const onOne = { parcels: [{ weightGrams: 900, lines: [{ lineId: '1', quantity: 3 }] }] };
const at = '2026-11-23T09:00:00.000Z';

const toldOf = (orderId: string) => ({
  order: (event: Parameters<Outside['tell']>[2]) => outside.tell(Topics.order, `order-${orderId}`, event),
  fulfillment: (event: Parameters<Outside['tell']>[2]) => outside.tell(Topics.fulfillment, `brokering-${orderId}`, event),
});

const planned = async (location: string) => {
  const [orderId, fulfillmentId] = [newId(), newId()];
  const tell = toldOf(orderId);
  const person = (city: string) => ({ name: 'Ada Byron', address: { lines: ['1 High Street'], city, country: 'GB' } });
  const seal = (city: string) => outside.kitOf(Topics.order).vault.seal(`customer-${orderId}`, person(city));
  const { lines: sold, shipGroups, ...order } = sampleOf('OrderPlaced');
  const goods = lines.map((line) => ({ ...(sold[0] as OrderLine), ...line, shipGroupId: '1' }));
  const groups = shipGroups.map((group) => ({ ...group, shipGroupId: '1', destination: { country: 'GB' } }));
  const data = { ...order, orderId, personal: await seal('London'), lines: goods, shipGroups: groups, priority: 'expedited' };
  await tell.order({ type: 'OrderPlaced', data });
  const allocate = () =>
    outside.tell(Topics.inventory, `reservation-${orderId}`, {
      type: 'StockAllocated',
      data: { ...sampleOf('StockAllocated'), orderId, fulfillmentId, location, lines },
    });
  const shipmentId = idFor('shipment', fulfillmentId);
  const ask = (step: string, body?: object) => outside.request('POST', `/shipping/shipments/${shipmentId}/${step}`, body);
  const is = (shape: object) =>
    eventually(async () => {
      const shown = (await (await outside.request('GET', `/shipping/shipments/${shipmentId}`)).json()) as Record<string, unknown>;
      expect(shown).toMatchObject(shape);
      return shown;
    });
  return { orderId, fulfillmentId, shipmentId, location, tell, allocate, ask, is, seal };
};

const list = async (query: string): Promise<readonly { readonly shipmentId: string }[]> => {
  const response = await outside.request('GET', `/shipping/shipments?${query}`);
  return ((await response.json()) as { items: { shipmentId: string }[] }).items;
};
const hold = (orderId: string) => ({
  ...{ orderId, holdId: newId(), type: 'fraud', reason: { code: 'looks-odd', by: 'operator' }, appliedAt: at },
});
const release = ({ orderId, holdId, type }: ReturnType<typeof hold>) => ({
  type: 'HoldReleased' as const,
  data: { orderId, holdId, type, resolution: 'released', by: 'operator', releasedAt: at },
});

it('what its order holds is neither packed nor labelled nor handed over, and goes on upon release', async () => {
  const { tell, allocate, ask, is, orderId, shipmentId } = await planned('HOLD-A');
  const held = hold(orderId);
  await tell.order({ type: 'HoldApplied', data: held });
  await allocate();
  await is({ status: 'to-pack', holds: [{ holdId: held.holdId, type: 'fraud' }] });
  const refused = await ask('pack', onOne);
  expect([refused.status, await refused.json()]).toEqual([409, expect.objectContaining({ code: 'SHIPMENT_HELD' })]);
  await eventually(async () =>
    expect(await list('location=HOLD-A&held=true&priority=expedited')).toMatchObject([{ shipmentId, held: 'fraud' }]),
  );
  expect(await list('location=HOLD-A&held=false')).toEqual([]);
  await tell.order(release(held));
  await eventually(async () => expect((await ask('pack', onOne)).status).toBe(200));
  await is({ status: 'labelled' });
  await eventually(async () => expect(await list('location=HOLD-A&held=false')).toMatchObject([{ shipmentId }]));
});

it('what its location stops after it was labelled is not handed over until it goes on', async () => {
  const { tell, allocate, ask, is, orderId, fulfillmentId, location } = await planned('HOLD-B');
  await allocate();
  await is({ status: 'to-pack' });
  await ask('pack', onOne);
  await is({ status: 'labelled' });
  const stop = { fulfillmentId, orderId, location, holdId: newId() };
  await tell.fulfillment({ type: 'FulfillmentHeld', data: { ...stop, reason: { code: 'stocktaking', by: 'operator' }, heldAt: at } });
  await is({ holds: [{ type: 'location' }] });
  expect((await ask('dispatch')).status).toBe(409);
  await tell.fulfillment({ type: 'FulfillmentReleased', data: { ...stop, releasedAt: at } });
  await eventually(async () => expect((await ask('dispatch')).status).toBe(200));
});

it('another destination voids the label and buys another, until the carrier has the parcels', async () => {
  const { tell, allocate, ask, is, orderId, seal } = await planned('MOVE-A');
  await allocate();
  await is({ status: 'to-pack' });
  await ask('pack', onOne);
  const { label } = (await is({ status: 'labelled' })) as { label: { labelId: string; parcels: { trackingNumber: string }[] } };
  const change = async (city: string, changedAt: string) =>
    tell.order({
      type: 'DestinationChanged',
      data: {
        ...{ orderId, shipGroupId: '1', destination: { country: 'GB', postalArea: 'LS1' }, changedAt },
        personal: await seal(city),
        reason: { code: 'address', by: 'customer' },
      },
    });
  await change('Leeds', '2026-11-23T10:00:00.000Z');
  const moved = (await is({ status: 'labelled', destination: { postalArea: 'LS1' } })) as { label: typeof label };
  expect(moved.label.labelId).not.toBe(label.labelId);
  expect(moved.label.parcels[0]?.trackingNumber).not.toBe(label.parcels[0]?.trackingNumber);
  expect((await ask('dispatch')).status).toBe(200);
  await change('York', '2026-11-23T11:00:00.000Z');
  const { pool } = outside.kitOf(Topics.order);
  await eventually(async () => {
    const { rows } = await pool.query(
      `select type from shipping.events where type in ('LabelVoided', 'DestinationChangeRefused') order by 1`,
    );
    expect(rows.map(({ type }: { type: string }) => type)).toEqual(['DestinationChangeRefused', 'LabelVoided']);
  });
});
