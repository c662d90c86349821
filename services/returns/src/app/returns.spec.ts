import { handling, memoryStore, type Meta } from '@cartage/eventsourcing';
import { returns as decider } from '../domain/return';
import { createPurchases } from './purchases';
import { createReturns } from './returns';

const orderId = '0199a3c4-7b1e-7c3d-9f2a-000000000001';
const at = '2026-11-23T10:00:00.000Z';
const lines = [{ lineId: '1', sku: 'MUG', quantity: 2 }];
let ids = 0;
const meta = (commandId = `m${(ids += 1)}`): Meta => ({ commandId, correlationId: 'c', actor: 'spec' });

const setUp = async () => {
  const store = memoryStore();
  const send = handling({ store, newId: () => `e${(ids += 1)}` }, decider);
  const returns = createReturns({
    send,
    store,
    now: () => new Date(at),
    orderOf: async () => orderId,
    returnIdFor: (_, commandId) => `rma-${commandId}`,
  });
  const purchases = createPurchases(send);
  await purchases.recordPurchase(
    {
      ...{ orderId, channel: 'web', placedAt: at, currency: 'GBP', priority: 'standard', payment: { method: 'card' }, policies: {} },
      lines: [{ lineId: '1', sku: 'MUG', quantity: 2, unitPrice: 500, discount: 0, tax: 0, total: 1_000 }],
      totals: { goods: 1_000, discount: 0, shipping: 0, tax: 0, total: 1_000 },
      destination: { country: 'GB' },
      personal: { key: 'k', box: 'b' },
    },
    meta(),
  );
  const delivered = {
    orderId,
    shipmentId: 's',
    fulfillmentId: 'f',
    location: 'LDN',
    carrier: 'x',
    trackingNumber: 't',
    occurredAt: at,
    recordedAt: at,
    lines,
  };
  await purchases.recordDelivery(delivered, meta());
  return returns;
};

describe('returns of one order', () => {
  it('never take back more than was delivered, however many are asked for at once', async () => {
    const returns = await setUp();
    const asks = Array.from({ length: 10 }, () => returns.request(orderId, [{ lineId: '1', quantity: 1, reason: 'r' }], meta()));
    const results = await Promise.allSettled(asks);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(await returns.eligible(orderId)).toMatchObject([{ lineId: '1', quantity: 0, reason: 'already-returned' }]);
  });

  it('answer a repeated request as the first time', async () => {
    const returns = await setUp();
    const ask = () => returns.request(orderId, [{ lineId: '1', quantity: 1, reason: 'r' }], meta('same'));
    const first = await ask();
    expect(await ask()).toMatchObject({ rma: first.rma, version: first.version, position: first.position, repeated: true });
  });

  it('go from request to refund', async () => {
    const returns = await setUp();
    const { rma } = await returns.request(orderId, [{ lineId: '1', quantity: 2, reason: 'r' }], meta());
    await returns.receive(rma.returnId, { location: 'LDN', lines: [{ lineId: '1', quantity: 2 }] }, { meta: meta() });
    await returns.grade(rma.returnId, { lineId: '1', quantity: 2, grade: 'A' }, { meta: meta() });
    const refund = { orderId, refundId: 'f', returnId: rma.returnId, currency: 'GBP', amount: 1_000, refundedTotal: 1_000, issuedAt: at };
    await returns.recordRefund(refund, meta());
    expect((await returns.get(rma.returnId)).rma).toMatchObject({ status: 'closed', owed: 1_000, refunded: 1_000 });
  });
});
