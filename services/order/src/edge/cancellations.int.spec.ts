import { Topics, type LineQuantity } from '@cartage/contracts';
import { eventually } from '@cartage/testkit';
import { facts } from '../domain/facts.fixture';
import { neighbour } from './neighbour.fixture';
import { body, lines, startOrdersWith, type OrderSystem } from './order-system.fixture';

const [inventory, payment, routing] = [
  neighbour('inventory', Topics.inventory),
  neighbour('payment', Topics.payment),
  neighbour('fulfillment', Topics.fulfillment),
];
let system: OrderSystem;
let keys = 0;

beforeAll(async () => {
  // Nobody is waited for: what is not answered at once is overdue.
  system = await startOrdersWith({ ORDER_CANCELLATION_MINUTES: '0' }, inventory, payment, routing);
});
afterAll(() => system.stop());

const reason = { code: 'changed-mind', detail: 'Ordered twice.' };
const cancel = (path: string, sent: object, key = `cancel-${(keys += 1)}`) =>
  system.api.call('POST', `${path}/cancellations`, { reason, ...sent }, { 'idempotency-key': key, 'cartage-actor': 'user-17' });
const place = async (): Promise<string> => (await system.api.post(body)).body['orderId'] as string;
const orderOf = async (orderId: string) => (await system.api.get(`/orders/${orderId}`)).body;
const [lantern, mugs, free] = lines as readonly [LineQuantity, LineQuantity, LineQuantity];

const confirm = async (orderId: string): Promise<void> => {
  const [paid] = (await orderOf(orderId))['payments'] as readonly { readonly paymentId: string }[];
  const { data } = facts.authorized;
  await payment.tell(orderId, { type: 'PaymentAuthorized', data: { ...data, orderId, paymentId: paid?.paymentId ?? '', amount: 1428 } });
  await inventory.tell(orderId, { type: 'StockReserved', data: { ...facts.reserved.data, orderId, lines } });
  await eventually(async () => expect(await orderOf(orderId)).toMatchObject({ status: 'confirmed' }));
};

describe('cancelling over HTTP', () => {
  it('cancels at once what nobody was given, says what that is worth, and answers a repeat the same', async () => {
    const orderId = await place();
    const sent = { lines: [{ lineId: '2', quantity: 2 }], by: 'customer', actor: 'c-1' };
    const first = await cancel(`/orders/${orderId}`, sent, 'once');
    expect([first.status, first.body]).toMatchObject([
      200,
      {
        status: 'cancelled',
        cancelled: [{ lineId: '2', sku: 'MUG', quantity: 2 }],
        requested: [],
        refused: [],
        reason: { ...reason, by: 'customer', actor: 'c-1' },
        expected: { currency: 'GBP', amount: 500, refund: 0, release: 500 },
      },
    ]);
    const again = await cancel(`/orders/${orderId}`, sent, 'once');
    expect([again.body, again.headers.get('cartage-repeated')]).toEqual([first.body, 'true']);
    expect(await orderOf(orderId)).toMatchObject({ status: 'placed', lines: [{}, { status: 'placed', progress: { cancelled: 2 } }, {}] });
  });

  it('ends an order with its last unit; cancelled whole again, it is so already', async () => {
    const orderId = await place();
    const ended = await cancel(`/orders/${orderId}`, {});
    expect(ended.body).toMatchObject({
      orderStatus: 'cancelled',
      cancelled: [lantern, mugs, free],
      reason: { by: 'operator', actor: 'user-17' },
    });
    expect((await cancel(`/orders/${orderId}`, {})).body).toEqual(ended.body);
    expect(await orderOf(orderId)).toMatchObject({ status: 'cancelled', lines: [{ status: 'cancelled' }, { status: 'cancelled' }, {}] });
    const page = await system.api.get(`/orders?status=cancelled&minPosition=${ended.headers.get('cartage-position')}`);
    expect(page.body['items']).toEqual(expect.arrayContaining([expect.objectContaining({ orderId })]));
  });

  it('asks about what was confirmed, and the list says what came of it', async () => {
    const orderId = await place();
    await confirm(orderId);
    const asked = await cancel(`/orders/${orderId}`, { lines: [{ lineId: '1' }, { lineId: '2', quantity: 1 }] });
    const units = [lantern, { ...mugs, quantity: 1 }];
    expect(asked.body).toMatchObject({ status: 'requested', cancelled: [], requested: units, expected: { amount: 928, release: 928 } });
    const { data } = facts.fulfillmentCancelled;
    const cancellationId = asked.body['cancellationId'] as string;
    await routing.tell(
      orderId,
      { type: 'FulfillmentCancelled', data: { ...data, orderId, cancellationId, lines: [lantern] } },
      { type: 'FulfillmentCancellationRefused', data: { ...facts.cancellationTooLate.data, orderId, cancellationId, lines: [mugs] } },
    );
    await eventually(async () =>
      expect((await system.api.get(`/orders/${orderId}/cancellations`)).body).toMatchObject({
        items: [{ cancellationId, status: 'partly-refused', cancelled: [lantern], refused: [{ lineId: '2', quantity: 1 }] }],
      }),
    );
    const rows = async () =>
      (await system.pool.query('select status, cancelled from order_line where order_id = $1 order by line_number', [orderId])).rows;
    await eventually(async () => expect((await rows())[0]).toEqual({ status: 'cancelled', cancelled: '2' }));
  });

  it('takes a channel’s own number', async () => {
    await system.api.put('/channels/marketplace-x/orders/MX-9', body);
    const { status, body: answer } = await cancel('/channels/marketplace-x/orders/MX-9', {});
    expect([status, answer]).toMatchObject([200, { orderStatus: 'cancelled', reason: { by: 'channel' } }]);
  });

  it('refuses more than there is and names the field', async () => {
    const orderId = await place();
    const { status, body: problem } = await cancel(`/orders/${orderId}`, { lines: [{ lineId: '2', quantity: 4 }] });
    expect([status, problem]).toMatchObject([409, { code: 'UNITS_NOT_CANCELLABLE', errors: [{ field: 'lines[0].quantity' }] }]);
    expect((await cancel('/orders/00000000-0000-4000-8000-000000000000', {})).body).toMatchObject({ status: 404, code: 'ORDER_UNKNOWN' });
    expect((await cancel(`/orders/${orderId}`, { reason: undefined })).status).toBe(422);
    expect((await system.api.call('POST', `/orders/${orderId}/cancellations`, { reason })).body).toMatchObject({
      code: 'IDEMPOTENCY_KEY_REQUIRED',
    });
  });
});

describe('an answer that does not come', () => {
  it('holds the order for all to see, once its time is over', async () => {
    const orderId = await place();
    await confirm(orderId);
    await cancel(`/orders/${orderId}`, { lines: [{ lineId: '1' }] });
    await eventually(async () =>
      expect(await orderOf(orderId)).toMatchObject({ status: 'on-hold', holds: [{ type: 'cancellation-overdue', lines: [lantern] }] }),
    );
  });
});
