import { handling, memoryStore, type Meta } from '@cartage/eventsourcing';
import { returns as decider } from '../domain/return';
import { firstPolicy, orderId, sale } from '../domain/return.fixture';
import { deliveredOf, type Delivery } from '../domain/delivery';
import type { OrderFacts } from './order-facts';
import { Returns } from './returns';
import { shownReturn } from './shown-return';

const at = '2026-11-23T10:00:00.000Z';
let ids = 0;
const newId = (): string => `id-${(ids += 1)}`;
const meta = (commandId = newId()): Meta => ({ commandId, correlationId: 'c', actor: 'spec' });

/** Seals as texts that nobody else reads. */
const vaultOf = () => {
  const boxes = new Map<string, object>();
  return {
    seal: async (person: string, content: object) => {
      boxes.set(person, content);
      return { key: person, box: 'sealed' };
    },
    open: async <Content extends object>({ key }: { readonly key: string }) => boxes.get(key) as Content | undefined,
  };
};

/** Order facts in memory: one order is known, and what is told to have been delivered. */
const factsOf = (deliveries: Delivery[]): OrderFacts => {
  const orders = new Map<string, string>();
  return {
    keepSale: async () => undefined,
    keepChange: async () => undefined,
    keepDelivery: async (_, delivery) => void deliveries.push(delivery),
    of: async (id) => (id === orderId ? { sale: sale(), delivered: deliveredOf(deliveries) } : undefined),
    keepItem: async () => undefined,
    keepLocation: async () => undefined,
    knowsItem: async (sku) => sku !== 'NOTHING',
    knowsLocation: async (location) => location !== 'NOWHERE',
    keepReturn: async (returnId, id) => void orders.set(returnId, id),
    orderOf: async (returnId) => orders.get(returnId),
    keepReplacement: async () => undefined,
    replacedBy: async () => undefined,
  };
};

const arrives = (parcel: string, quantity: number): Delivery => ({
  ...{ orderId, shipmentId: 's', parcels: [parcel], deliveredAt: at },
  lines: [{ lineId: '1', sku: 'MUG', quantity }],
});

const setUp = (...deliveries: readonly Delivery[]) => {
  const store = memoryStore();
  const facts = factsOf([...deliveries]);
  const returns = new Returns({
    send: handling({ store, newId }, decider),
    store,
    vault: vaultOf(),
    facts,
    policyOf: async () => firstPolicy,
    now: () => new Date(at),
    newId,
    idFor: (...parts) => parts.join('/'),
    returnIdFor: (_, commandId) => `rma-${commandId}`,
  });
  const request = (quantity: number, commandId?: string) =>
    returns.request({ orderId, lines: [{ lineId: '1', quantity, reason: 'r' }] }, meta(commandId));
  return { returns, facts, store, request };
};

describe('returns of one order', () => {
  it('never take back more than was delivered, however many are asked for at once', async () => {
    const { returns, request } = setUp(arrives('1', 2));
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => request(1)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect((await returns.eligible(orderId)).lines).toMatchObject([
      { lineId: '1', quantity: 0, reason: 'already-returned' },
      { lineId: '2' },
    ]);
  });

  it('answer a repeated request as the first time', async () => {
    const { request } = setUp(arrives('1', 2));
    const first = await request(1, 'same');
    expect(await request(1, 'same')).toMatchObject({ rma: first.rma, version: first.version, position: first.position, repeated: true });
  });

  it('answer unannounced goods that are told of again as the first time, though the return that took them waits no more', async () => {
    const { returns, request } = setUp(arrives('1', 1));
    const { rma } = await request(1);
    const comes = () => returns.receiveUnannounced(orderId, { location: 'LDN', lines: [{ sku: 'MUG', quantity: 1 }] }, meta('receipt'));
    const first = await comes();
    expect(first.rma).toMatchObject({ returnId: rma.returnId });
    expect(await comes()).toMatchObject({ rma: first.rma, version: first.version, repeated: true });
  });

  it('take what arrives after the first request, without an event of their own', async () => {
    const { facts, request, store, returns } = setUp(arrives('1', 1));
    await request(1);
    await expect(request(1)).rejects.toMatchObject({ code: 'LINE_NOT_ELIGIBLE' });
    await facts.keepDelivery('e', arrives('2', 2));
    expect((await returns.eligible(orderId)).lines).toMatchObject([
      { lineId: '1', quantity: 2 },
      { lineId: '2', reason: 'not-delivered' },
    ]);
    await request(2);
    const [stream] = await store.readMany([`return-${orderId}`]);
    expect(stream?.events.map(({ type }) => type)).toEqual(['ReturnRequested', 'ReturnAuthorized', 'ReturnRequested', 'ReturnAuthorized']);
  });

  it('go from request to refund, part by part, and add up to what was paid', async () => {
    const { returns, request } = setUp(arrives('1', 3));
    const { rma } = await request(3);
    const one = { lineId: '1', quantity: 1 };
    for (const location of ['LDN', 'PAR', 'LDN']) {
      await returns.receive(rma.returnId, { location, lines: [one] }, { meta: meta() });
      await returns.grade(rma.returnId, { ...one, grade: 'A' }, { meta: meta() });
    }
    const { refunds, receipts } = shownReturn(await returns.get(rma.returnId));
    expect(receipts.map(({ location, lines }) => [location, lines])).toEqual(
      ['LDN', 'PAR', 'LDN'].map((location) => [location, [{ ...one, sku: 'MUG', announced: 1, graded: 1 }]]),
    );
    for (const { refundId, amount } of refunds) {
      const issued = { orderId, paymentId: 'p', refundId, returnId: rma.returnId, currency: 'GBP', amount };
      await returns.recordRefund({ ...issued, tender: 'original', captures: [], issuedAt: at }, meta());
    }
    expect(shownReturn(await returns.get(rma.returnId))).toMatchObject({ status: 'closed', owed: 3_000, refunded: 3_000 });
  });

  it('show a refund that failed, until it comes', async () => {
    const { returns, request } = setUp(arrives('1', 1));
    const { rma } = await request(1);
    await returns.receive(rma.returnId, { location: 'LDN', lines: [{ lineId: '1', quantity: 1 }] }, { meta: meta() });
    await returns.grade(rma.returnId, { lineId: '1', quantity: 1, grade: 'A' }, { meta: meta() });
    const [refund] = shownReturn(await returns.get(rma.returnId)).refunds;
    const told = { orderId, paymentId: 'p', refundId: refund?.refundId ?? '', returnId: rma.returnId, currency: 'GBP', amount: 1_000 };
    await returns.recordRefundFailure({ ...told, reason: { code: 'account-closed', by: 'provider' }, failedAt: at }, meta());
    expect(shownReturn(await returns.get(rma.returnId))).toMatchObject({
      status: 'refund-failed',
      reason: { code: 'account-closed' },
      refunded: 0,
    });
    await returns.recordRefund({ ...told, tender: 'original', captures: [], issuedAt: at }, meta());
    expect(shownReturn(await returns.get(rma.returnId))).toMatchObject({ status: 'closed', refunded: 1_000 });
  });

  it('end when a refund has gone back to every way of paying, however often each is told', async () => {
    const { returns, request } = setUp(arrives('1', 1));
    const { rma } = await request(1);
    await returns.receive(rma.returnId, { location: 'LDN', lines: [{ lineId: '1', quantity: 1 }] }, { meta: meta() });
    await returns.grade(rma.returnId, { lineId: '1', quantity: 1, grade: 'A' }, { meta: meta() });
    const refundId = shownReturn(await returns.get(rma.returnId)).refunds[0]?.refundId ?? '';
    const comes = (paymentId: string, amount: number) => {
      const issued = { orderId, paymentId, refundId, returnId: rma.returnId, currency: 'GBP', amount };
      return returns.recordRefund({ ...issued, tender: 'original', captures: [], issuedAt: at }, meta());
    };
    await comes('gift', 400);
    await comes('gift', 400);
    expect(shownReturn(await returns.get(rma.returnId))).toMatchObject({
      ...{ status: 'received', owed: 1_000, refunded: 400 },
      refunds: [{ status: 'due', amount: 1_000, refunded: 400 }],
    });
    await comes('card', 600);
    expect(shownReturn(await returns.get(rma.returnId))).toMatchObject({
      ...{ status: 'closed', owed: 1_000, refunded: 1_000 },
      refunds: [{ status: 'refunded', amount: 1_000, refunded: 1_000 }],
    });
  });

  it('know nothing of orders and returns that were never heard of', async () => {
    const { returns } = setUp();
    await expect(returns.eligible('another')).rejects.toMatchObject({ code: 'ORDER_UNKNOWN', kind: 'unknown' });
    await expect(returns.get('another')).rejects.toMatchObject({ code: 'RETURN_UNKNOWN', kind: 'unknown' });
  });
});
