import { randomUUID } from 'node:crypto';
import type { OrderEvent } from '@cartage/contracts';
import { memoryDeadlines, memoryStore, type DataOf, type Meta } from '@cartage/eventsourcing';
import { limits } from '../domain/payment.fixture';
import { published } from '../domain/published';
import { CREDIT, isCredit } from '../domain/terms';
import { memoryOfProcess } from '../edge/providers/call-memory';
import { creditOn } from '../edge/providers/credit.fixture';
import { simulatedProvider } from '../edge/providers/simulated';
import { noPast } from './customer-history';
import { Decisions } from './decisions';
import { Interventions } from './interventions';
import { accountOf } from './payment-account';
import { Payments } from './payments';

const clock = () => new Date('2026-11-02T10:00:00Z');
const setUp = () => {
  const provider = simulatedProvider(memoryOfProcess(), clock);
  const store = memoryStore();
  const decisions = new Decisions({
    silenceMinutes: 120,
    clock: { pause: async () => undefined },
    store,
    newId: randomUUID,
    now: clock,
    isPublic: (type) => type in published,
    deadlines: memoryDeadlines(),
    providers: new Map([provider, creditOn(store).provider].map((each) => [each.name, each])),
    pauses: [15],
    sealAction: async (key: string, details: object) => ({ key, box: JSON.stringify(details) }),
    openToken: async ({ box }) => box,
  });
  const policy = {
    providerFor: (method: string) => (isCredit(method) ? CREDIT : provider.name),
    capture: 'shipment',
    prepaidChannels: ['web'],
  } as const;
  const payments = new Payments({ decisions, history: { remember: async () => noPast }, limits: async () => limits, policy });
  const account = async (orderId: string) => accountOf(await payments.read(orderId));
  return { payments, interventions: new Interventions(decisions), account, store };
};
const meta = (): Meta => ({ commandId: randomUUID(), correlationId: 'c', actor: 'spec' });

const placed = (token: string, method = 'card'): DataOf<OrderEvent, 'OrderPlaced'> => ({
  ...{ orderId: randomUUID(), channel: 'web', placedAt: clock().toISOString(), currency: 'GBP', taxIncluded: true },
  lines: [{ lineId: '1', sku: 'MUG', quantity: 1, unitPrice: 1250, discounts: [], taxLines: [], total: 1250, shipGroupId: '1' }],
  shipGroups: [{ shipGroupId: '1', method: 'ship', destination: { country: 'GB' }, charge: 0, taxLines: [] }],
  totals: { goods: 1250, discount: 0, shipping: 0, tax: 0, total: 1250 },
  payments: [{ paymentId: randomUUID(), method, amount: 1250, token: { key: 'guest', box: token } }],
  ...{ priority: 'standard', personal: { key: 'guest', box: '' }, policies: {} },
});

const sold = async (token: string, { method, ...of }: { readonly method?: string; readonly customerId?: string } = {}) => {
  const system = setUp();
  const order = { ...placed(token, method), ...of };
  const { orderId } = order;
  await system.payments.verify({ order, recordedAt: order.placedAt }, meta());
  const ship = () =>
    system.payments.charge({ orderId, shipmentId: randomUUID(), lines: [{ lineId: '1', sku: 'MUG', quantity: 1 }] }, meta());
  return { ...system, orderId, ship };
};

describe('money that is stuck has a way out', () => {
  it('pays out by transfer what cannot go back to a closed account, once, though it is said twice', async () => {
    const { payments, interventions, account, orderId, ship } = await sold('tok_refund_decline');
    await ship();
    const refundId = randomUUID();
    await payments.refund({ orderId, refundId, returnId: randomUUID(), currency: 'GBP', amount: 1250, tender: 'original' }, meta());
    expect(await account(orderId)).toMatchObject({
      money: { refunded: 0, refundable: 1250, refunds: [{ status: 'failed', reason: { code: 'account-closed' } }] },
      attention: [{ matter: 'refund-failed', subject: refundId }],
    });
    await interventions.retryRefund({ orderId, refundId }, meta());
    expect(await account(orderId)).toMatchObject({ money: { refunded: 0, refunds: [{ status: 'failed', failures: 2 }] } });
    const payout = { orderId, refundId, tender: 'transfer', reference: 'BACS-1' };
    await interventions.payOut(payout, meta());
    await interventions.payOut(payout, meta());
    expect(await account(orderId)).toMatchObject({
      money: { refunded: 1250, refundable: 0, refunds: [{ status: 'issued', tender: 'transfer', reference: 'BACS-1' }], discrepancies: [] },
      attention: [],
    });
  });

  it('puts on store credit what cannot go back, and the customer has it', async () => {
    const { payments, interventions, account, orderId, ship, store } = await sold('tok_refund_decline', { customerId: 'customer-7' });
    await ship();
    const refundId = randomUUID();
    await payments.refund({ orderId, refundId, returnId: randomUUID(), currency: 'GBP', amount: 1250, tender: 'original' }, meta());
    const { balances } = creditOn(store);
    const balanceId = await balances.idOfOwner({ customerId: 'customer-7' }, 'GBP');
    await expect(balances.read(balanceId)).rejects.toThrow('No balance');
    await interventions.payOut({ orderId, refundId, tender: 'store-credit' }, meta());
    expect(await account(orderId)).toMatchObject({
      money: { refunded: 1250, refunds: [{ status: 'issued', tender: 'store-credit', provider: 'credit' }], discrepancies: [] },
      attention: [],
    });
    expect((await balances.read(balanceId)).balance).toMatchObject({ kind: 'store-credit', owed: 1250 });
  });

  it('takes what failed the first time when it is tried again by itself', async () => {
    const { interventions, account, orderId, ship } = await sold('tok_capture_decline_once');
    await ship();
    const [failed] = (await account(orderId)).money?.captures ?? [];
    expect(failed).toMatchObject({ status: 'failed', nextTryAt: '2026-11-02T10:15:00.000Z' });
    const data = { orderId, captureId: failed?.captureId ?? '', scheduledFor: failed?.nextTryAt ?? '' };
    await interventions.whenDue.CaptureRetry(data, meta());
    expect(await account(orderId)).toMatchObject({ money: { captured: 1250, discrepancies: [] }, attention: [] });
  });

  it('gives back at once what a capture that failed for good held, once, though its dispatch is told twice', async () => {
    const { payments, interventions, account, orderId } = await sold('tok_capture_decline');
    const gone = { orderId, shipmentId: randomUUID(), lines: [{ lineId: '1', sku: 'MUG', quantity: 1 }] };
    const dispatch = meta();
    await payments.charge(gone, dispatch);
    await payments.charge(gone, dispatch);
    const standing = await account(orderId);
    expect(standing).toMatchObject({
      due: 1250,
      money: { captured: 0, voided: 1250, voids: [{ amount: 1250, status: 'voided' }], discrepancies: [] },
      attention: [{ matter: 'capture-failed', amount: 1250 }],
    });
    await interventions.retryCapture({ orderId, captureId: standing.money?.captures[0]?.captureId ?? '' }, meta());
    const asked = await account(orderId);
    expect(asked.payments[0]?.authorizations).toHaveLength(2);
    expect(asked).toMatchObject({ money: { captured: 0, voided: 2500, discrepancies: [] }, attention: [{ matter: 'capture-failed' }] });
  });

  it('voids at the second try', async () => {
    const { payments, interventions, account, orderId } = await sold('tok_void_decline_once');
    await payments.cancel({ orderId, reason: { code: 'customer', by: 'customer' } }, meta());
    const [failed] = (await account(orderId)).money?.voids ?? [];
    expect(failed).toMatchObject({ status: 'failed', failure: { code: 'issuer-unavailable' } });
    await interventions.retryVoid({ orderId, voidId: failed?.voidId ?? '' }, meta());
    expect(await account(orderId)).toMatchObject({ due: 0, money: { voided: 1250 }, attention: [] });
  });

  it('never refunds more than came in, however many ask at once', async () => {
    const { interventions, account, orderId, ship } = await sold('tok_visa');
    await ship();
    const goodwill = () =>
      interventions
        .refund({ orderId, refundId: randomUUID(), currency: 'GBP', amount: 400, tender: 'original' }, meta())
        .catch(() => undefined);
    await Promise.all(Array.from({ length: 10 }, goodwill));
    expect(await account(orderId)).toMatchObject({ money: { refunded: 1200, refundable: 50, discrepancies: [] } });
  });

  it('asks for another way to pay where a gift card is not known', async () => {
    const { account, orderId } = await sold('card-1', { method: 'gift-card' });
    expect(await account(orderId)).toMatchObject({
      status: 'declined',
      reason: { code: 'balance-unknown' },
      attention: [{ matter: 'declined' }],
    });
  });
});

describe('a payment that the customer has to act on', () => {
  it.each(['3ds', 'upi', 'net_banking', 'bank_transfer', 'pay_link'])(
    'waits for the customer, and is given up when its time is over (%s)',
    async (way) => {
      const { interventions, account, orderId } = await sold(`tok_pending_${way}`);
      const pending = await account(orderId);
      expect(pending).toMatchObject({ status: 'pending', attention: [{ matter: 'pending' }] });
      const [authorization] = pending.payments[0]?.authorizations ?? [];
      const over = { orderId, authorizationId: authorization?.authorizationId ?? '', expiresAt: authorization?.expiresAt ?? '' };
      await interventions.whenDue.AuthorizationOver(over, meta());
      expect(await account(orderId)).toMatchObject({ status: 'declined', reason: { code: 'customer-did-not-act' } });
    },
  );

  it('is asked about at the last moment: whoever paid in time has paid', async () => {
    const { interventions, account, orderId } = await sold('tok_pending_upi_paid');
    const [authorization] = (await account(orderId)).payments[0]?.authorizations ?? [];
    const over = { orderId, authorizationId: authorization?.authorizationId ?? '', expiresAt: authorization?.expiresAt ?? '' };
    await interventions.whenDue.AuthorizationOver(over, meta());
    expect(await account(orderId)).toMatchObject({ status: 'authorized', money: { promised: 1250 } });
  });
});
