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

const planned = async (location: string, instructions?: string) => {
  const [orderId, fulfillmentId] = [newId(), newId()];
  const tell = toldOf(orderId);
  const person = (city: string) => ({ name: 'Ada Byron', address: { lines: ['1 High Street'], city, country: 'GB' } });
  const seal = (city: string) => outside.kitOf(Topics.order).vault.seal(`customer-${orderId}`, person(city));
  const { lines: sold, shipGroups, ...order } = sampleOf('OrderPlaced');
  const goods = lines.map((line) => ({ ...(sold[0] as OrderLine), ...line, shipGroupId: '1' }));
  const groups = shipGroups.map((group) => ({
    ...group,
    shipGroupId: '1',
    destination: { country: 'GB' },
    ...(instructions ? { instructions } : {}),
  }));
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
  return { orderId, fulfillmentId, shipmentId, location, groups, goods, tell, allocate, ask, is, seal };
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

it('what was said of a ship group stands on its shipment, and follows an edit until the carrier has it', async () => {
  const { tell, allocate, ask, is, orderId, groups, goods } = await planned('NOTE-A', 'Gift wrap.');
  await allocate();
  await is({ status: 'to-pack', groupInstructions: 'Gift wrap.' });
  const { totals, reason } = sampleOf('OrderEdited');
  const [group, line] = [{ ...groups[0], charge: 0, taxLines: [] }, goods[0] as OrderLine];
  const edit = (groupInstructions: string, instructions: string) =>
    tell.order({
      type: 'OrderEdited',
      data: {
        ...{ orderId, editId: newId(), orderVersion: 2, totalsBefore: totals, totals, reason, editedAt: at },
        lines: [{ lineId: '1', before: line, after: { ...line, instructions } }],
        shipGroups: [{ shipGroupId: '1', after: { shipGroupId: '1', method: 'ship', ...group, instructions: groupInstructions } }],
        instructions: { after: 'No invoice.' },
      },
    });
  await edit('Ring twice.', 'Face up.');
  await is({ status: 'to-pack', instructions: 'No invoice.', groupInstructions: 'Ring twice.', lines: [{ instructions: 'Face up.' }] });
  await eventually(async () => expect(await list('location=NOTE-A')).toMatchObject([{ lines: [{ instructions: 'Face up.' }] }]));
  await ask('pack', onOne);
  await is({ status: 'labelled' });
  expect((await ask('dispatch')).status).toBe(200);
  await edit('Too late.', 'Too late.');
  await tell.order({ type: 'OrderCancelled', data: { ...sampleOf('OrderCancelled'), orderId } });
  await is({ lateCancellation: {}, groupInstructions: 'Ring twice.' });
});

it('what may be sent back has a label by which its customer sends it, and is followed until it is at our dock', async () => {
  const { orderId, goods, allocate, is: isSent } = await planned('BACK-1');
  // What comes back has been sent: its order was heard of.
  await allocate();
  await isSent({ status: 'to-pack' });
  const returnId = newId();
  const told = (event: Parameters<Outside['tell']>[2]) => outside.tell(Topics.returns, `return-${orderId}`, event);
  const allowed = { ...sampleOf('ReturnAuthorized'), orderId, returnId, receivingLocation: 'BACK-1', sendBack: { by: 'qr' } };
  await told({ type: 'ReturnAuthorized', data: { ...allowed, lines: [{ lineId: goods[0]?.lineId ?? '', sku: 'MUG', quantity: 1 }] } });
  const is = (shape: object) =>
    eventually(async () => {
      const shown = (await (await outside.request('GET', `/shipping/return-labels/${returnId}`)).json()) as Record<string, unknown>;
      expect(shown).toMatchObject(shape);
      return shown;
    });
  const { labels } = (await is({ labels: [{ status: 'bought', format: 'qr', carrier: 'simulated' }] })) as {
    labels: { readonly trackingNumber: string; readonly url: string }[];
  };
  const [{ trackingNumber: awb, url } = { trackingNumber: '', url: '' }] = labels;
  const link = new URL(url).pathname;
  await eventually(async () => expect((await outside.request('GET', link)).headers.get('content-type')).toMatch(/^image\/svg/));
  const paper = await outside.request('GET', link.replace('code.svg', 'label.pdf'));
  expect([
    paper.headers.get('cache-control'),
    Buffer.from(await paper.arrayBuffer())
      .toString('latin1')
      .includes(awb),
  ]).toEqual(['no-store', true]);
  expect((await outside.request('GET', '/shipping/return-labels/links/guessed/label.pdf')).status).toBe(404);
  const hub = { scanId: 'r-1', awb, code: 'HUB_SCAN', scannedAt: '2026-11-23T09:00:00Z', hub: 'Leeds' };
  expect(await (await outside.webhook([hub, hub])).json()).toMatchObject({ parked: [] });
  await is({ labels: [{ status: 'on-its-way', scans: [{ milestone: 'in-transit' }] }] });
  await told({ type: 'ReturnCancelled', data: { ...sampleOf('ReturnCancelled'), orderId, returnId } });
  await is({ ended: {}, labels: [{ status: 'on-its-way' }] });
  await outside.webhook([{ ...hub, scanId: 'r-2', code: 'DELIVERED', scannedAt: '2026-11-24T09:00:00Z' }]);
  await is({ labels: [{ status: 'arrived' }] });
});
