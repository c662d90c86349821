import { randomUUID } from 'node:crypto';
import { memoryStore, type EventStore } from '@cartage/eventsourcing';
import { accountOf } from './payment-account';
import { byCustomer, heard, meta, owed, placed, setUp, shipped, type OrderPlaced } from './payments.fixture';

describe('the payment of an order by card', () => {
  it('goes from verification over captures for each shipment to a refund, and every cent has its source', async () => {
    const { payments, typesOf, accountFor } = setUp();
    const order = placed({ method: 'card', token: 'tok_visa' });
    await payments.verify(heard(order), meta());
    await payments.charge(shipped(order.orderId, 1), meta());
    await payments.charge(shipped(order.orderId, 2), meta());
    await payments.refund(owed(order.orderId, 700), meta());
    expect(await typesOf(order.orderId)).toEqual([
      'PaymentRequested',
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

  it('is four events from order to capture, and its published ones are counted without gaps', async () => {
    const { payments, eventsOf } = setUp();
    const order = placed({ method: 'card' });
    await payments.verify(heard(order), meta());
    await payments.charge(shipped(order.orderId), meta());
    expect((await eventsOf(order.orderId)).map(({ type, meta: { sequence } }) => [type, sequence])).toEqual([
      ['PaymentRequested', undefined],
      ['PaymentAuthorized', 1],
      ['ShipmentCharged', undefined],
      ['PaymentCaptured', 2],
    ]);
  });

  it('never keeps the provider’s token in the clear', async () => {
    const { payments, eventsOf } = setUp();
    const order = placed({ method: 'card', token: 'tok_visa' });
    await payments.verify(heard(order), meta());
    const { payments: kept } = (await eventsOf(order.orderId))[0]?.data as { readonly payments: OrderPlaced['payments'] };
    expect(kept.map(({ token }) => token)).toEqual([{ key: 'guest', box: 'tok_visa' }]);
  });

  it('is declined where its token was erased with the person, without asking anybody', async () => {
    const { payments, accountFor } = setUp();
    const [order, token] = [placed({ method: 'card' }), { key: 'erased', box: '' }];
    const [payment] = order.payments;
    await payments.verify(heard({ ...order, payments: payment ? [{ ...payment, token }] : [] }), meta());
    expect(await accountFor(order.orderId)).toMatchObject({ status: 'declined', reason: { code: 'token-erased' } });
  });

  it('is declined by the provider with its reason', async () => {
    const { payments, accountFor } = setUp();
    const order = placed({ method: 'card', token: 'tok_insufficient' });
    await payments.verify(heard(order), meta());
    expect(await accountFor(order.orderId)).toMatchObject({ status: 'declined', reason: { code: 'insufficient-funds', by: 'provider' } });
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
    await Promise.all(Array.from({ length: 200 }, () => payments.verify(heard(placed({ method: 'card' })), meta())));
    expect(calls).toEqual(['append', 'append']);
  });

  it('does nothing twice when every event comes twice, also at the same time', async () => {
    const { payments, typesOf, accountFor } = setUp();
    const order = placed({ method: 'card' });
    const [first, second] = [meta(), meta()];
    const shipment = shipped(order.orderId);
    await Promise.all([payments.verify(heard(order), first), payments.verify(heard(order), first)]);
    await Promise.all([payments.charge(shipment, second), payments.charge(shipment, second)]);
    await Promise.all([payments.verify(heard(order), first), payments.charge(shipment, second)]);
    expect(await typesOf(order.orderId)).toHaveLength(4);
    expect(await accountFor(order.orderId)).toMatchObject({ money: { captured: 4000 } });
  });

  it('takes the whole total once when its shipments leave at the same time', async () => {
    const { payments, accountFor } = setUp();
    const order = placed({ method: 'card' }, 4001);
    await payments.verify(heard(order), meta());
    await Promise.all([1, 1, 1].map((units) => payments.charge(shipped(order.orderId, units), meta())));
    expect(await accountFor(order.orderId)).toMatchObject({ money: { captured: 4001, discrepancies: [] } });
  });

  it('never refunds more than was captured, however many refunds come at once', async () => {
    const { payments, accountFor } = setUp();
    const order = placed({ method: 'card' });
    await payments.verify(heard(order), meta());
    await payments.charge(shipped(order.orderId), meta());
    const refunds = Array.from({ length: 5 }, () => payments.refund(owed(order.orderId, 1500), meta()));
    await Promise.all(refunds);
    const account = await accountFor(order.orderId);
    expect(account).toMatchObject({ money: { refunded: 3000, refundable: 1000, discrepancies: [] } });
    expect('money' in account && account.money.refunds.filter(({ reason }) => reason?.code === 'exceeds-what-was-paid')).toHaveLength(3);
  });

  it('takes and gives back the same share of a line: 67 of 200 for one of three, then the rest', async () => {
    const { payments, accountFor } = setUp();
    const order = placed({ method: 'card' }, 700);
    const [line] = order.lines;
    const free = { ...order, lines: line ? [{ ...line, total: 200 }] : [], totals: { ...order.totals, total: 200 } };
    const [payment] = order.payments;
    await payments.verify(heard({ ...free, payments: payment ? [{ ...payment, amount: 200 }] : [] }), meta());
    await payments.charge(shipped(order.orderId, 1), meta());
    expect(await accountFor(order.orderId)).toMatchObject({ money: { captured: 67 } });
    await payments.refund(owed(order.orderId, 67), meta());
    expect(await accountFor(order.orderId)).toMatchObject({ money: { refunded: 67, refundable: 0, discrepancies: [] } });
    await payments.charge(shipped(order.orderId, 1), meta());
    await payments.charge(shipped(order.orderId, 1), meta());
    await payments.refund(owed(order.orderId, 133), meta());
    expect(await accountFor(order.orderId)).toMatchObject({ money: { captured: 200, refunded: 200, refundable: 0, discrepancies: [] } });
  });

  it('is voided when the order ends', async () => {
    const { payments, accountFor } = setUp();
    const order = placed({ method: 'card' });
    await payments.verify(heard(order), meta());
    await payments.cancel({ orderId: order.orderId, reason: byCustomer }, meta());
    expect(await accountFor(order.orderId)).toMatchObject({ money: { voided: 4000, uncharged: 0 }, outstanding: [] });
  });

  it.each([
    ['tok_capture_decline', 'CaptureFailed'],
    ['tok_refund_decline', 'RefundFailed'],
    ['tok_void_decline', 'VoidFailed'],
  ])('says so when the provider declines later (%s)', async (token, failure) => {
    const { payments, typesOf } = setUp();
    const order = placed({ method: 'card', token });
    await payments.verify(heard(order), meta());
    await payments.charge(shipped(order.orderId, 2), meta());
    if (failure === 'RefundFailed') await payments.refund(owed(order.orderId, 100), meta());
    await payments.cancel({ orderId: order.orderId, reason: byCustomer }, meta());
    expect(await typesOf(order.orderId)).toContain(failure);
  });
});

describe('money that no provider moves', () => {
  it('is collected at the door, and remitted by the carrier', async () => {
    const { payments, interventions, typesOf, accountFor } = setUp();
    const order = placed({ method: 'cod' });
    const shipment = shipped(order.orderId);
    await payments.verify(heard(order), meta());
    await payments.charge(shipment, meta());
    await payments.deliver({ ...shipment, parcels: ['p1'] }, '2026-11-05T12:00:00.000Z', meta());
    await interventions.remit({ orderId: order.orderId, shipmentId: shipment.shipmentId, amount: 4000, reference: 'R-1' }, meta());
    expect(await typesOf(order.orderId)).toEqual(['PaymentRequested', 'CodAccepted', 'ShipmentCharged', 'CodCollected', 'CodRemitted']);
    expect(await accountFor(order.orderId)).toMatchObject({ money: { collected: 4000, remitted: 4000, refundable: 4000 } });
  });

  it('is captured on shipment where the channel has it', async () => {
    const { payments, accountFor } = setUp();
    const order = placed({ method: 'prepaid' });
    await payments.verify(heard(order), meta());
    await payments.charge(shipped(order.orderId), meta());
    expect(await accountFor(order.orderId)).toMatchObject({ provider: 'channel', money: { captured: 4000 }, outstanding: [] });
  });
});

describe('an order that costs nothing', () => {
  it.each([
    ['card', 'none'],
    ['cod', 'simulated'],
  ])('is promised, shipped and delivered without a movement of money (%s)', async (method, provider) => {
    const { payments, typesOf, accountFor } = setUp();
    const order = placed({ method, token: 'tok_decline' }, 0);
    const shipment = shipped(order.orderId);
    const lines = order.lines.map((line) => ({ ...line, total: 0 }));
    await payments.verify(heard({ ...order, lines }), meta());
    await payments.charge(shipment, meta());
    await payments.deliver({ ...shipment, parcels: ['p1'] }, order.placedAt, meta());
    await payments.refund(owed(order.orderId, 0), meta());
    expect(await typesOf(order.orderId)).toHaveLength(2);
    expect(await accountFor(order.orderId)).toMatchObject({ provider, money: { promised: 0, captured: 0, collected: 0, refunded: 0 } });
  });
});

describe('looking at a payment', () => {
  it('shows it as it stood after an earlier event', async () => {
    const { payments } = setUp();
    const order = placed({ method: 'card' });
    await payments.verify(heard(order), meta());
    expect(accountOf(await payments.read(order.orderId, { version: 1 }))).toMatchObject({ version: 1, status: 'authorizing' });
    await expect(payments.read(order.orderId, { time: '2001-01-01T00:00:00Z' })).rejects.toMatchObject({ code: 'PAYMENT_UNKNOWN' });
  });

  it('knows nothing of other orders', () =>
    expect(setUp().payments.read(randomUUID())).rejects.toMatchObject({ code: 'PAYMENT_UNKNOWN', kind: 'unknown' }));
});
