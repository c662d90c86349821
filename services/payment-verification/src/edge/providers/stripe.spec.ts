import { randomUUID } from 'node:crypto';
import Stripe from 'stripe';
import type { OpenAuthorizeCall } from '../../app/payment-provider';
import { stripeNotices } from '../webhooks/stripe-notices';
import { paymentProviderContract } from './payment-provider.contract';
import { stripeProvider } from './stripe';
import { stripeStub } from './stripe-stub.fixture';

let stub: Awaited<ReturnType<typeof stripeStub>>;
beforeAll(async () => {
  stub = await stripeStub();
});
afterAll(() => stub.close());

const now = () => new Date('2026-11-02T10:00:00Z');
const provider = () =>
  stripeProvider({
    stripe: new Stripe('sk_test_x', { host: '127.0.0.1', port: stub.port, protocol: 'http', maxNetworkRetries: 0, telemetry: false }),
    ...{ returnUrl: 'https://shop.example/paid', now },
  });

paymentProviderContract('Stripe', () => ({
  ...{ provider: provider(), restarted: provider, newId: randomUUID, capturesOnce: true, paysOut: false },
  tokens: { good: 'pm_card_visa', declined: 'pm_declined_insufficient_funds', silentOnce: 'pm_lost' },
}));

const accountAt = (port: number, name: string) => () =>
  stripeProvider({
    stripe: new Stripe(`sk_test_${name}`, { host: '127.0.0.1', port, protocol: 'http', maxNetworkRetries: 0, telemetry: false }),
    ...{ name, returnUrl: 'https://shop.example/paid', now },
  });

describe('two accounts at Stripe', () => {
  let other: typeof stub;
  beforeAll(async () => {
    other = await stripeStub();
  });
  afterAll(() => other.close());
  const tokens = { good: 'pm_card_visa', declined: 'pm_declined_insufficient_funds', silentOnce: 'pm_lost' };

  for (const name of ['stripe-gb', 'stripe-de'])
    paymentProviderContract(`Stripe, account ${name}`, () => {
      const at = accountAt(name === 'stripe-gb' ? stub.port : other.port, name);
      return { ...{ provider: at(), restarted: at, newId: randomUUID, capturesOnce: true, paysOut: false }, tokens };
    });

  it('know nothing of each other: what one promised the other neither takes nor gives back', async () => {
    const [gb, de] = [accountAt(stub.port, 'stripe-gb')(), accountAt(other.port, 'stripe-de')()];
    const call = { ...authorizing('pm_card_visa'), provider: gb.name };
    const promised = await gb.authorize(call);
    const authorization = promised.status === 'approved' ? promised.reference : '';
    const key = randomUUID();
    const capture = { ...call, operation: 'capture', key, captureId: key, failures: 0, authorization } as const;
    await expect(de.capture(capture)).rejects.toThrow();
    expect(await gb.capture(capture)).toMatchObject({ status: 'approved' });
  });

  it('are told apart by their secrets: a webhook of one is refused at the address of the other', () => {
    const signing = (secret: string) => ({ secrets: [secret], toleranceSeconds: 300, now: () => new Date() });
    const body = JSON.stringify({ id: 'evt_1', object: 'event', type: 'customer.created', created: 1_760_000_000, data: { object: {} } });
    const header = Stripe.webhooks.generateTestHeaderString({ payload: body, secret: 'whsec_gb' });
    const signed = { headers: { 'stripe-signature': header }, rawBody: Buffer.from(body) };
    const [gb, de] = [stripeNotices(signing('whsec_gb'), 'stripe-gb'), stripeNotices(signing('whsec_de'), 'stripe-de')];
    expect([gb.provider, de.provider]).toEqual(['stripe-gb', 'stripe-de']);
    expect(gb.read(signed)).toEqual([]);
    expect(() => de.read(signed)).toThrow('The body is not signed by this provider.');
  });
});

const authorizing = (token?: string): OpenAuthorizeCall => ({
  ...{ operation: 'authorize', key: randomUUID(), orderId: randomUUID(), paymentId: randomUUID(), provider: 'stripe', currency: 'GBP' },
  ...{ amount: 1_250, method: 'card', ...(token === undefined ? {} : { token }) },
});

describe('Stripe', () => {
  it('lets the customer act, and nobody where the bank speaks of theft', async () => {
    expect(await provider().authorize(authorizing('pm_3ds'))).toMatchObject({
      ...{ status: 'pending', action: { kind: 'redirect', url: 'https://hooks.stripe.com/3ds' }, expiresAt: '2026-11-02T11:00:00.000Z' },
    });
    expect(await provider().authorize(authorizing('pm_declined_stolen_card'))).toEqual({
      ...{ status: 'declined', reason: 'stolen-card', suspected: true },
    });
  });

  it.each(['rate-limit', 'broken'] as const)('does not take a fault for a refusal: %s', async (fault) => {
    stub.faults.push(fault);
    const call = authorizing('pm_card_visa');
    await expect(provider().authorize(call)).rejects.toThrow();
    expect(await provider().authorize(call)).toMatchObject({ status: 'approved' });
  });

  it('adopts a payment that the shop began, once, and only over the same money', async () => {
    const { id } = stub.begin();
    expect(await provider().authorize(authorizing(id))).toEqual({ status: 'approved', reference: id });
    expect(await provider().authorize(authorizing(id))).toMatchObject({ status: 'declined', reason: 'authorization-used-up' });
    expect(await provider().authorize(authorizing(stub.begin({ amount: 1 }).id))).toMatchObject({ reason: 'amount-differs', final: true });
  });

  it('tells of money that the customer paid at once', async () => {
    const { id, latest_charge: reference } = stub.begin({ status: 'succeeded', amount_received: 1_250 });
    expect(await provider().authorize(authorizing(id))).toMatchObject({ status: 'approved', taken: { reference, amount: 1_250 } });
  });

  it('lets go of what a capture leaves, and says so', async () => {
    const call = authorizing('pm_card_visa');
    const promised = await provider().authorize(call);
    const authorization = promised.status === 'approved' ? promised.reference : '';
    const key = randomUUID();
    const capture = { ...call, operation: 'capture', amount: 500, key, captureId: key, failures: 0, authorization } as const;
    expect(await provider().capture(capture)).toMatchObject({ status: 'approved', restEnded: true });
    expect(await provider().capture({ ...capture, key: randomUUID() })).toMatchObject({ reason: 'authorization-used-up', final: true });
    expect(await provider().void({ ...capture, operation: 'void', voidId: key })).toMatchObject({
      reason: 'already-captured',
      final: true,
    });
  });

  it('takes nothing where more is asked for than was promised, and the promise stands', async () => {
    const call = authorizing('pm_card_visa');
    const promised = await provider().authorize(call);
    const authorization = promised.status === 'approved' ? promised.reference : '';
    const taking = (amount: number) => {
      const key = randomUUID();
      return provider().capture({ ...call, operation: 'capture', amount, key, captureId: key, failures: 0, authorization });
    };
    expect(await taking(call.amount + 1)).toEqual({ status: 'declined', reason: 'amount-too-large', final: true });
    expect(await taking(call.amount)).toMatchObject({ status: 'approved' });
  });

  it('looks for an old refund before it asks for it again, for it remembers no key longer than a day', async () => {
    const call = authorizing('pm_card_visa');
    const promised = await provider().authorize(call);
    const authorization = promised.status === 'approved' ? promised.reference : '';
    const key = randomUUID();
    await provider().capture({ ...call, operation: 'capture', key, captureId: key, failures: 0, authorization });
    const refund = {
      ...call,
      operation: 'refund',
      amount: 300,
      key: randomUUID(),
      refundId: key,
      failures: 0,
      captures: [],
      authorization,
    } as const;
    const first = await provider().refund(refund);
    stub.forgetKeys();
    expect(await provider().refund({ ...refund, isOld: true })).toEqual(first);
    expect(await provider().refund({ ...refund, key: randomUUID(), isOld: true })).not.toEqual(first);
  });

  it('begins what is paid by a link of ours on a page of its own, once for each try, and says what became of it', async () => {
    const call = { ...authorizing(), method: 'pay_link' };
    const begun = await provider().authorize(call);
    expect(begun).toMatchObject({
      ...{ status: 'pending', reference: expect.stringMatching(/^cs_test_/) as string, expiresAt: '2026-11-03T10:00:00.000Z' },
      action: { kind: 'redirect', url: expect.stringMatching(/^https:\/\/checkout\.stripe\.com\//) as string },
    });
    expect(await provider().authorize(call)).toEqual(begun);
    const { reference = '' } = begun.status === 'pending' ? begun : {};
    const inquiry = { ...call, operation: 'inquire', authorization: reference } as const;
    expect(await provider().inquire(inquiry)).toEqual(begun);
    const { payment_intent: intent, asked } = stub.leave(reference, 'complete');
    expect(asked).toMatchObject({
      ...{ mode: 'payment', 'line_items[0][price_data][unit_amount]': '1250', 'line_items[0][price_data][currency]': 'gbp' },
      'payment_intent_data[capture_method]': 'manual',
      'payment_intent_data[metadata][authorization_id]': call.key,
    });
    expect(await provider().inquire(inquiry)).toEqual({ status: 'approved', reference: intent?.id });
    stub.leave(reference, 'expired');
    expect(await provider().inquire(inquiry)).toMatchObject({ status: 'declined', reason: 'customer-did-not-act' });
  });

  it('is not asked without a way to pay, or for less than it can move', async () => {
    expect(await provider().authorize(authorizing())).toMatchObject({ reason: 'token-missing', final: true });
    expect(await provider().authorize({ ...authorizing('pm_card_visa'), currency: 'TND', amount: 1 })).toMatchObject({
      reason: 'amount-not-payable',
    });
  });
});

describe('Stripe’s webhooks', () => {
  const source = stripeNotices({ secrets: ['whsec_new', 'whsec_old'], toleranceSeconds: 300, now: () => new Date() });
  const read = (type: string, object: object, { secret = 'whsec_old', timestamp = Math.floor(Date.now() / 1_000) } = {}) => {
    const payload = JSON.stringify({ id: 'evt_1', object: 'event', created: 1_700_000_000, type, data: { object } });
    const header = Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
    return source.read({ headers: { 'stripe-signature': header }, rawBody: Buffer.from(payload) });
  };
  const intent = { id: 'pi_1', currency: 'isk', amount: 50_000, amount_received: 20_000, latest_charge: 'ch_1', status: 'succeeded' };
  const metadata = { order_id: 'o', authorization_id: 'a', capture_attempt: 't' };

  it('are verified by either secret, and by no other or long ago', () => {
    expect(read('customer.created', {})).toEqual([]);
    expect(() => read('customer.created', {}, { secret: 'whsec_other' })).toThrow('not signed');
    expect(() => read('customer.created', {}, { timestamp: 1_700_000_000 })).toThrow('not signed');
  });

  it.each([
    [
      'payment_intent.succeeded',
      { ...intent, metadata },
      {
        kind: 'captured',
        orderId: 'o',
        authorizationId: 'a',
        attemptId: 't',
        number: 'ch_1',
        currency: 'ISK',
        amount: 200,
        restEnded: true,
      },
    ],
    [
      'payment_intent.amount_capturable_updated',
      { ...intent, status: 'requires_capture', metadata: {} },
      { kind: 'authorized', reference: 'pi_1' },
    ],
    [
      'payment_intent.payment_failed',
      { ...intent, metadata, last_payment_error: { decline_code: 'do_not_honor' } },
      { kind: 'declined', reason: 'do-not-honor' },
    ],
    ['payment_intent.canceled', { ...intent, metadata }, { kind: 'ended', reference: 'pi_1' }],
    [
      'refund.updated',
      { id: 're_1', currency: 'gbp', amount: 300, status: 'succeeded', payment_intent: 'pi_1', metadata: { refund_attempt: 't' } },
      { kind: 'refunded', number: 're_1', reference: 'pi_1', amount: 300, attemptId: 't' },
    ],
    [
      'refund.failed',
      { id: 're_1', currency: 'gbp', amount: 300, status: 'failed', failure_reason: 'expired_or_canceled_card', payment_intent: 'pi_1' },
      { kind: 'refund-failed', reason: 'expired-or-canceled-card' },
    ],
    [
      'charge.dispute.closed',
      { id: 'dp_1', charge: 'ch_1', currency: 'gbp', amount: 300, reason: 'fraudulent', status: 'lost', created: 1_700_000_000 },
      { kind: 'disputed', reference: 'dp_1', captureReference: 'ch_1', outcome: 'lost', reasonCode: 'fraudulent' },
    ],
    [
      'payout.reconciliation_completed',
      { id: 'po_1', currency: 'isk', amount: 50_000, status: 'in_transit', arrival_date: 1_700_000_000 },
      { kind: 'payout', number: 'po_1', currency: 'ISK', amount: 500, status: 'on-its-way', arrivesAt: '2023-11-14T22:13:20.000Z' },
    ],
    [
      'payout.failed',
      { id: 'po_1', currency: 'gbp', amount: 300, status: 'failed', failure_code: 'account_closed', arrival_date: 1_700_000_000 },
      { kind: 'payout', status: 'failed', reason: 'account-closed' },
    ],
    [
      'payout.canceled',
      { id: 'po_1', currency: 'gbp', amount: 300, status: 'canceled', failure_code: null, arrival_date: 1_700_000_000 },
      { kind: 'payout', status: 'failed', reason: 'canceled' },
    ],
  ])('tell in our words: %s', (type, object, fact) => expect(read(type, object)).toMatchObject([{ noticeId: 'evt_1', fact }]));

  it('say nothing of a refund on its way, nor of an inquiry', () => {
    expect(read('refund.created', { id: 're_1', currency: 'gbp', amount: 1, status: 'pending' })).toEqual([]);
    expect(read('charge.dispute.created', { id: 'dp_1', currency: 'gbp', status: 'warning_needs_response' })).toEqual([]);
  });
});
