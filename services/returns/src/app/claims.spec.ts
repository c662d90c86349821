import { handling, memoryStore, type Meta } from '@cartage/eventsourcing';
import { claimStatus } from '../domain/claim';
import { firstPolicy } from '../domain/policy';
import { returns, returnStream } from '../domain/return';
import { delivered, orderId, sale } from '../domain/return.fixture';
import { Claims } from './claims';
import type { OrderFacts, Replaced } from './order-facts';
import { Returns } from './returns';

const setUp = () => {
  const store = memoryStore();
  let ids = 0;
  const newId = (): string => `id-${(ids += 1)}`;
  const meta = (commandId = newId()): Meta => ({ commandId, correlationId: 'c', actor: 'user-17' });
  const [orders, replaced] = [new Map<string, string>(), new Map<string, Replaced>()];
  const facts: OrderFacts = {
    keepSale: async () => undefined,
    keepChange: async () => undefined,
    keepDelivery: async () => undefined,
    keepItem: async () => undefined,
    keepLocation: async () => undefined,
    knowsItem: async (sku) => sku !== 'NOTHING',
    knowsLocation: async () => true,
    of: async (id) => (id === orderId ? { sale: sale(), delivered: delivered() } : undefined),
    keepReturn: async (id, order) => void orders.set(id, order),
    orderOf: async (id) => orders.get(id),
    keepReplacement: async (id, of) => void replaced.set(id, of),
    replacedBy: async (id) => replaced.get(id),
  };
  const send = handling({ store, newId }, returns);
  const claims = new Claims({
    ...{ send, store, facts, newId, decideWithinHours: 72 },
    policyOf: async () => firstPolicy,
    now: () => new Date('2026-11-23T10:00:00.000Z'),
    idFor: (...parts) => parts.join('/'),
  });
  const money = new Returns({
    vault: { seal: async (key) => ({ key, box: '' }), open: async () => undefined },
    send,
    store,
    facts,
    policyOf: async () => firstPolicy,
    now: () => new Date(),
    newId,
    returnIdFor: () => 'r',
    idFor: (...parts) => parts.join('/'),
  });
  const typesOf = async () => (await store.readMany([returnStream(orderId)]))[0]?.events.map(({ type }) => type);
  return { claims, money, meta, typesOf };
};

const request = { orderId, lines: [{ lineId: '1', quantity: 2, kind: 'missing' as const }], photos: [] };

describe('claims', () => {
  it('are to be decided within the time that is set', async () => {
    const { claims, meta } = setUp();
    expect((await claims.open(request, meta())).claim.decideBy).toBe('2026-11-26T10:00:00.000Z');
  });

  it('pay back, once, what is not sent again after all', async () => {
    const { claims, meta, typesOf } = setUp();
    const { claim } = await claims.open(request, meta());
    const { claim: decided } = await claims.decide(claim.claimId, { decision: 'send-again', note: 'Again.' }, { meta: meta() });
    const replacement = decided.decision?.replacementOrderId ?? '';
    const cancelled = [{ lineId: '1', quantity: 2 }];
    await claims.notShipped('another order', cancelled, meta());
    for (let i = 0; i < 2; i += 1) await claims.notShipped(replacement, cancelled, meta('told'));
    await claims.notShipped(replacement, cancelled, meta());
    expect(await typesOf()).toEqual(['ClaimOpened', 'ClaimDecided', 'RefundDue']);
  });

  it('are refunded when payment says so, or could not be', async () => {
    const { claims, money, meta } = setUp();
    const { claim } = await claims.open(request, meta());
    const { claim: decided } = await claims.decide(claim.claimId, { decision: 'refund', note: 'Nothing in it.' }, { meta: meta() });
    const [[refundId, { amount }] = ['', { amount: 0 }]] = [...decided.refunds];
    const of = { orderId, returnId: claim.claimId, refundId, paymentId: 'p', currency: 'GBP', amount };
    await money.recordRefundFailure({ ...of, reason: { code: 'account-closed', by: 'provider' }, failedAt: '' }, meta());
    expect(claimStatus((await claims.get(claim.claimId)).claim)).toBe('refund-failed');
    await money.recordRefund({ ...of, tender: 'original', captures: [], issuedAt: '' }, meta());
    expect([amount, claimStatus((await claims.get(claim.claimId)).claim)]).toEqual([2_000, 'refunded']);
  });

  it('that are decided, or unknown, are not overdue', async () => {
    const { claims, meta, typesOf } = setUp();
    const { claim } = await claims.open(request, meta());
    const waited = { orderId, claimId: claim.claimId, decideBy: claim.decideBy };
    await claims.noticeOverdue(waited, meta());
    await claims.noticeOverdue(waited, meta());
    await claims.noticeOverdue({ ...waited, claimId: 'unknown' }, meta());
    expect(await typesOf()).toEqual(['ClaimOpened', 'ClaimOverdue']);
    expect((await claims.get(claim.claimId)).claim.isOverdue).toBe(true);
  });
});
