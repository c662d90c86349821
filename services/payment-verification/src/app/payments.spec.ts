import { randomUUID } from 'node:crypto';
import type { OrderEvent } from '@cartage/contracts';
import { memoryStore, type DataOf, type EventStore, type Meta } from '@cartage/eventsourcing';
import { limits } from '../domain/payment.fixture';
import { published } from '../domain/published';
import { memoryOfProcess } from '../edge/providers/call-memory';
import { simulatedProvider } from '../edge/providers/simulated';
import { noPast, type CustomerHistory } from './customer-history';
import { accountOf } from './payment-account';
import type { PaymentProvider } from './payment-provider';
import { createPayments } from './payments';

const guests: CustomerHistory = { remember: async () => noPast };

const setUp = ({
  store = memoryStore(),
  provider = simulatedProvider(memoryOfProcess()),
}: { store?: EventStore; provider?: PaymentProvider } = {}) => {
  const payments = createPayments({
    store,
    newId: randomUUID,
    now: () => new Date('2026-11-02T10:00:00Z'),
    isPublic: (type) => type in published,
    history: guests,
    limits,
    providers: new Map([[provider.name, provider]]),
    provider: provider.name,
  });
  const eventsOf = async (orderId: string) => (await store.readMany([`payment-${orderId}`]))[0]?.events ?? [];
  const typesOf = async (orderId: string) => (await eventsOf(orderId)).map(({ type }) => type);
  const accountFor = async (orderId: string) => accountOf(await payments.read(orderId));
  return { store, payments, eventsOf, typesOf, accountFor };
};

const meta = (commandId: string = randomUUID()): Meta => ({ commandId, correlationId: 'c', actor: 'spec', fingerprint: commandId });

const placed = (payment: DataOf<OrderEvent, 'OrderPlaced'>['payment'], total = 4000): DataOf<OrderEvent, 'OrderPlaced'> => ({
  orderId: randomUUID(),
  channel: 'web',
  placedAt: '2026-11-02T10:00:00.000Z',
  currency: 'GBP',
  lines: [{ lineId: '1', sku: 'MUG', quantity: 3, unitPrice: 1, discount: 0, tax: 0, total: total - 500 }],
  totals: { goods: total - 500, discount: 0, shipping: 500, tax: 0, total },
  payment,
  priority: 'standard',
  destination: { country: 'GB' },
  personal: { key: 'guest', box: '' },
  policies: {},
});
const shipped = (orderId: string, quantity = 3) => ({ orderId, shipmentId: randomUUID(), lines: [{ lineId: '1', sku: 'MUG', quantity }] });

/** Dies after the provider has done its work and before anybody heard of it. */
const dyingOnce = (provider: PaymentProvider): PaymentProvider => {
  let died = false;
  return {
    ...provider,
    capture: async (call) => {
      const outcome = await provider.capture(call);
      if (died) return outcome;
      died = true;
      throw new Error('connection reset');
    },
  };
};

describe('the payment of an order by card', () => {
  it('goes from verification over captures for each shipment to a refund, and every cent has its source', async () => {
    const { payments, typesOf, accountFor } = setUp();
    const order = placed({ method: 'card', token: 'tok_visa' });
    await payments.verify(order, meta());
    await payments.charge(shipped(order.orderId, 1), meta());
    await payments.charge(shipped(order.orderId, 2), meta());
    await payments.refund({ orderId: order.orderId, refundId: randomUUID(), currency: 'GBP', amount: 700 }, meta());
    expect(await typesOf(order.orderId)).toEqual([
      'PaymentRequested',
      'OrderVerified',
      'AuthorizationRequested',
      'PaymentAuthorized',
      'ShipmentCharged',
      'PaymentCaptured',
      'ShipmentCharged',
      'PaymentCaptured',
      'RefundRequested',
      'RefundIssued',
    ]);
    expect(await accountFor(order.orderId)).toMatchObject({
      status: 'authorized',
      outstanding: [],
      money: { promised: 4000, captured: 4000, refunded: 700, uncharged: 0, refundable: 3300, discrepancies: [] },
    });
  });

  it('counts its published events without gaps', async () => {
    const { payments, eventsOf } = setUp();
    const order = placed({ method: 'card' });
    await payments.verify(order, meta());
    await payments.charge(shipped(order.orderId), meta());
    expect((await eventsOf(order.orderId)).map(({ meta: { sequence } }) => sequence)).toEqual([
      undefined,
      undefined,
      undefined,
      1,
      undefined,
      2,
    ]);
  });

  it('is declined by the provider with its reason', async () => {
    const { payments, accountFor } = setUp();
    const order = placed({ method: 'card', token: 'tok_insufficient' });
    await payments.verify(order, meta());
    expect(await accountFor(order.orderId)).toMatchObject({ status: 'declined', reason: 'insufficient-funds' });
  });

  it('shares its round trips with a crowd', async () => {
    const calls: string[] = [];
    const inner = memoryStore();
    const store: EventStore = {
      ...inner,
      readMany: (streams) => (calls.push('read'), inner.readMany(streams)),
      appendMany: (writes) => (calls.push('append'), inner.appendMany(writes)),
    };
    const { payments } = setUp({ store });
    await Promise.all(Array.from({ length: 200 }, () => payments.verify(placed({ method: 'card' }), meta())));
    expect(calls).toEqual(['read', 'append', 'append']);
  });

  it('does nothing twice when every event comes twice, also at the same time', async () => {
    const { payments, typesOf, accountFor } = setUp();
    const order = placed({ method: 'card' });
    const [first, second] = [meta(), meta()];
    const shipment = shipped(order.orderId);
    await Promise.all([payments.verify(order, first), payments.verify(order, first)]);
    await Promise.all([payments.charge(shipment, second), payments.charge(shipment, second)]);
    await Promise.all([payments.verify(order, first), payments.charge(shipment, second)]);
    expect(await typesOf(order.orderId)).toHaveLength(6);
    expect(await accountFor(order.orderId)).toMatchObject({ money: { captured: 4000 } });
  });

  it('takes the whole total once when its shipments leave at the same time', async () => {
    const { payments, accountFor } = setUp();
    const order = placed({ method: 'card' }, 4001);
    await payments.verify(order, meta());
    await Promise.all([1, 1, 1].map((units) => payments.charge(shipped(order.orderId, units), meta())));
    expect(await accountFor(order.orderId)).toMatchObject({ money: { captured: 4001, discrepancies: [] } });
  });

  it('never refunds more than was captured, however many refunds come at once', async () => {
    const { payments, accountFor } = setUp();
    const order = placed({ method: 'card' });
    await payments.verify(order, meta());
    await payments.charge(shipped(order.orderId), meta());
    const refunds = Array.from({ length: 5 }, () =>
      payments.refund({ orderId: order.orderId, refundId: randomUUID(), currency: 'GBP', amount: 1500 }, meta()),
    );
    await Promise.all(refunds);
    const account = await accountFor(order.orderId);
    expect(account).toMatchObject({ money: { refunded: 3000, refundable: 1000, discrepancies: [] } });
    expect('money' in account && account.money.refunds.filter(({ reason }) => reason === 'exceeds-what-was-paid')).toHaveLength(3);
  });

  it('is voided when the order ends', async () => {
    const { payments, accountFor } = setUp();
    const order = placed({ method: 'card' });
    await payments.verify(order, meta());
    await payments.cancel(order.orderId, 'customer', meta());
    expect(await accountFor(order.orderId)).toMatchObject({ money: { voided: 4000, uncharged: 0 }, outstanding: [] });
  });

  it.each([
    ['tok_capture_decline', 'CaptureFailed'],
    ['tok_refund_decline', 'RefundFailed'],
    ['tok_void_decline', 'VoidFailed'],
  ])('says so when the provider declines later (%s)', async (token, failure) => {
    const { payments, typesOf } = setUp();
    const order = placed({ method: 'card', token });
    await payments.verify(order, meta());
    await payments.charge(shipped(order.orderId, 2), meta());
    if (failure === 'RefundFailed')
      await payments.refund({ orderId: order.orderId, refundId: randomUUID(), currency: 'GBP', amount: 100 }, meta());
    await payments.cancel(order.orderId, 'customer', meta());
    expect(await typesOf(order.orderId)).toContain(failure);
  });
});

describe('a provider that does not answer', () => {
  it('leaves the payment waiting, never failed, and the retry finds the first answer', async () => {
    const { payments, typesOf, accountFor } = setUp();
    const order = placed({ method: 'card', token: 'tok_timeout_once' });
    const told = meta();
    await expect(payments.verify(order, told)).rejects.toMatchObject({ name: 'OutcomeUnknown' });
    expect(await accountFor(order.orderId)).toMatchObject({ status: 'authorizing', outstanding: [{ operation: 'authorize' }] });
    await payments.verify(order, told);
    expect(await typesOf(order.orderId)).toEqual(['PaymentRequested', 'OrderVerified', 'AuthorizationRequested', 'PaymentAuthorized']);
  });

  it('is asked again after a crash between its work and our record, and takes the money once', async () => {
    const provider = simulatedProvider(memoryOfProcess());
    const store = memoryStore();
    const before = setUp({ store, provider: dyingOnce(provider) });
    const order = placed({ method: 'card' });
    await before.payments.verify(order, meta());
    await expect(before.payments.charge(shipped(order.orderId), meta())).rejects.toMatchObject({ name: 'OutcomeUnknown' });
    const after = setUp({ store, provider });
    await after.payments.resume(order.orderId, 'payment.recovery');
    expect(await after.accountFor(order.orderId)).toMatchObject({ money: { captured: 4000 }, outstanding: [] });
  });

  it('lets the repeat of a review answer as the first time, though the provider has answered meanwhile', async () => {
    const { payments, accountFor } = setUp();
    const order = placed({ method: 'card' }, 200_000);
    await payments.verify(order, meta());
    const [decision, once] = [{ orderId: order.orderId, decision: 'accept', note: 'Known.' } as const, meta()];
    const first = await payments.review(decision, once);
    expect(await accountFor(order.orderId)).toMatchObject({ status: 'authorized' });
    expect(await payments.review(decision, once)).toMatchObject({ version: first.version, position: first.position, repeated: true });
  });

  it('does not keep the person waiting who decided a review', async () => {
    const { payments, accountFor } = setUp();
    const order = placed({ method: 'card', token: 'tok_timeout_once' }, 200_000);
    await payments.verify(order, meta());
    expect(await accountFor(order.orderId)).toMatchObject({ status: 'under-review' });
    await payments.review({ orderId: order.orderId, decision: 'accept', note: 'Known.' }, meta());
    expect(await accountFor(order.orderId)).toMatchObject({ status: 'authorizing' });
    await payments.resume(order.orderId, 'payment.recovery');
    expect(await accountFor(order.orderId)).toMatchObject({ status: 'authorized', money: { promised: 200_000 } });
  });
});

describe('money that no provider moves', () => {
  it('is collected at the door, and remitted by the carrier', async () => {
    const { payments, typesOf, accountFor } = setUp();
    const order = placed({ method: 'cod' });
    const shipment = shipped(order.orderId);
    await payments.verify(order, meta());
    await payments.charge(shipment, meta());
    await payments.deliver({ ...shipment, deliveredAt: '2026-11-05T12:00:00.000Z' }, meta());
    await payments.remit({ orderId: order.orderId, shipmentId: shipment.shipmentId, amount: 4000, reference: 'R-1' }, meta());
    expect(await typesOf(order.orderId)).toEqual([
      'PaymentRequested',
      'OrderVerified',
      'CodAccepted',
      'ShipmentCharged',
      'CodCollected',
      'CodRemitted',
    ]);
    expect(await accountFor(order.orderId)).toMatchObject({ money: { collected: 4000, remitted: 4000, refundable: 4000 } });
  });

  it('is captured on shipment where the channel has it', async () => {
    const { payments, accountFor } = setUp();
    const order = placed({ method: 'prepaid' });
    await payments.verify(order, meta());
    await payments.charge(shipped(order.orderId), meta());
    expect(await accountFor(order.orderId)).toMatchObject({ provider: 'channel', money: { captured: 4000 }, outstanding: [] });
  });
});

describe('looking at a payment', () => {
  it('shows it as it stood after an earlier event', async () => {
    const { payments } = setUp();
    const order = placed({ method: 'card' });
    await payments.verify(order, meta());
    expect(accountOf(await payments.read(order.orderId, { version: 3 }))).toMatchObject({ version: 3, status: 'authorizing' });
    await expect(payments.read(order.orderId, { time: '2001-01-01T00:00:00Z' })).rejects.toMatchObject({ code: 'PAYMENT_UNKNOWN' });
  });

  it('knows nothing of other orders', () =>
    expect(setUp().payments.read(randomUUID())).rejects.toMatchObject({ code: 'PAYMENT_UNKNOWN', kind: 'unknown' }));
});
