import { describeWith, stripeMock } from '@cartage/testkit';
import type { OpenAuthorizeCall } from '../../app/payment-provider';
import { beforeStripeMock, type BeforeStripeMock } from './stripe-mock.fixture';
import { stripeProvider } from './stripe';
import { stripePayouts } from './stripe-payouts';

const id = (tail: string): string => `0192f0c0-0000-7000-8000-0000000000${tail}`;
const money = { currency: 'GBP', amount: 1_250 };
const base = { ...money, orderId: id('01'), paymentId: id('02'), provider: 'stripe' };
const authorizing = (changes: Partial<OpenAuthorizeCall>): OpenAuthorizeCall => ({
  ...{ ...base, operation: 'authorize', key: id('03'), method: 'card' },
  ...changes,
});
const tried = { ...base, authorization: 'pi_123', failures: 0 };
const key = id('04');

describeWith(stripeMock, 'what is asked of Stripe, by Stripe’s own description of it', (server) => {
  let mock: BeforeStripeMock;
  beforeAll(async () => {
    mock = await beforeStripeMock(server().url);
  });
  beforeEach(() => {
    mock.asked.length = 0;
    mock.refused.length = 0;
    mock.saying({});
  });
  afterAll(() => mock.close());
  const provider = () => stripeProvider({ stripe: mock.stripe, returnUrl: 'https://shop.example/paid', now: () => new Date() });
  const intent = (changes: object) => mock.saying({ payment_intent: { amount: 1_250, amount_received: 500, currency: 'gbp', ...changes } });

  /** All of it was asked as Stripe wants it. */
  const asked = (...requests: readonly string[]): void => {
    expect(mock.refused).toEqual([]);
    expect(mock.asked).toEqual(requests);
  };

  it('is a payment of a payment method', async () => {
    intent({ status: 'requires_capture' });
    expect(await provider().authorize(authorizing({ token: 'pm_card_visa' }))).toMatchObject({ status: 'approved' });
    asked('POST /v1/payment_intents');
  });

  it('is a payment that the shop began, and it once more without its customer', async () => {
    intent({ status: 'requires_capture', metadata: {} });
    expect(await provider().authorize(authorizing({ token: 'pi_123' }))).toMatchObject({ status: 'approved' });
    intent({ status: 'requires_capture', metadata: { authorization_id: id('09') }, customer: 'cus_1', payment_method: 'pm_1' });
    expect(await provider().authorize(authorizing({ token: 'pi_123' }))).toMatchObject({ status: 'approved' });
    asked('GET /v1/payment_intents/:id', 'POST /v1/payment_intents/:id', 'GET /v1/payment_intents/:id', 'POST /v1/payment_intents');
  });

  it('is a page of Stripe Checkout, and what became of it or of a payment', async () => {
    expect(await provider().authorize(authorizing({ method: 'pay_link' }))).toMatchObject({ status: 'pending' });
    const inquiry = { ...tried, operation: 'inquire', key, method: 'card' } as const;
    await provider().inquire({ ...inquiry, authorization: 'cs_test_123' });
    await provider().inquire(inquiry);
    asked('POST /v1/checkout/sessions', 'GET /v1/checkout/sessions/:id', 'GET /v1/payment_intents/:id');
  });

  it('is a capture, a void and a refund', async () => {
    intent({ status: 'requires_capture', metadata: {} });
    const [capture, back] = [
      { captureId: key, shipmentId: id('05') },
      { refundId: id('06'), captures: [] },
    ];
    expect(await provider().capture({ ...tried, ...capture, operation: 'capture', key, amount: 500 })).toMatchObject({
      status: 'approved',
    });
    expect(await provider().void({ ...tried, operation: 'void', key, voidId: key })).toMatchObject({ status: 'approved' });
    expect(await provider().refund({ ...tried, ...back, operation: 'refund', key: id('07') })).toMatchObject({ status: 'approved' });
    asked(
      ...['GET /v1/payment_intents/:id', 'POST /v1/payment_intents/:id/capture'],
      ...['GET /v1/payment_intents/:id', 'POST /v1/payment_intents/:id/cancel', 'POST /v1/refunds'],
    );
  });

  it('is a payout, and the balance transactions that it is made of', async () => {
    const payouts = stripePayouts(mock.stripe);
    mock.saying({ payout: { reconciliation_status: 'completed', status: 'paid' } });
    expect(await payouts.payout('po_123')).toMatchObject({ status: 'paid', ready: true });
    mock.saying({ payout: { reconciliation_status: 'completed' }, list: { has_more: false } });
    const transactions: unknown[] = [];
    for await (const each of payouts.transactions('po_123')) transactions.push(each);
    expect(transactions).toMatchObject([{ object: 'balance_transaction' }]);
    mock.saying({ payout: { reconciliation_status: 'not_applicable' } });
    for await (const each of payouts.transactions('po_123')) transactions.push(each);
    asked(...['GET /v1/payouts/:id', 'GET /v1/payouts/:id', 'GET /v1/balance_transactions', 'GET /v1/payouts/:id']);
  });

  it('is refused where it is not as Stripe describes it', async () => {
    const wrong = { amount: 1, currency: 'gbp', capture: 'never' } as unknown;
    await expect(mock.stripe.paymentIntents.create(wrong as { amount: number; currency: string })).rejects.toThrow(
      'additional properties are not allowed',
    );
    expect(mock.refused).toHaveLength(1);
  });
});
