import { specFor } from '@cartage/eventsourcing';
import type { PaymentCommand, ProviderAnswer, RefundRequest } from './commands';
import { payment } from './decider';
import type { PaymentEvent } from './events';
import {
  answered,
  authorization,
  approved,
  attemptId,
  authorizationId,
  byCustomer,
  byProvider,
  captured,
  capturedByChannel,
  captureId,
  charged,
  chargedAtDoor,
  chargedToChannel,
  codPromised,
  collected,
  now,
  orderId,
  paymentId,
  prepaid,
  promised,
  refundFailedOf,
  refundId,
  refundIssued,
  refundRequested,
  refusedBecause,
  returnId,
  secondShipment,
  voided,
  requested,
  terms,
  voidId,
} from './payment.fixture';

const { given } = specFor(payment);
const refund = (changes: Partial<RefundRequest> & { readonly cause?: 'goodwill' } = {}): PaymentCommand => ({
  type: 'RequestRefund',
  data: {
    orderId,
    refundId,
    returnId,
    currency: 'GBP',
    amount: 300,
    tender: 'original',
    cause: 'return',
    newId: attemptId,
    now,
    ...changes,
  },
});
const record = (answer: ProviderAnswer): PaymentCommand => ({
  type: 'RecordRefund',
  data: { ...answered(answer), refundId, paymentId, attemptId },
});
const payOut = (tender: string, reference: string): PaymentCommand => ({
  type: 'PayOutRefund',
  data: { orderId, refundId, tender, reference, newId: voidId, now },
});
const bySystem = (code: string) => ({ code, by: 'system' });
const paid = [...promised, charged, captured] as const;
const kept = [
  { lineId: '1', quantity: 1 },
  { lineId: '2', quantity: 1 },
];
/** Nothing more will ship: what was not captured is given back. */
const over: PaymentEvent = { type: 'TermsAmended', data: { orderId, cancelled: kept, reason: byCustomer, amendedAt: now } };
const voidedRest = voided(4000 - 1167);
const changed = (event: PaymentEvent, changes: object): PaymentEvent => ({ ...event, data: { ...event.data, ...changes } }) as PaymentEvent;

describe('refunding', () => {
  it('takes the amount from what was captured before the provider is asked, once', () =>
    given(...paid)
      .when(refund())
      .thenOnce(refundRequested));
  it('records the refund, once', () =>
    given(...paid, refundRequested)
      .when(record(approved('ref-1')))
      .thenOnce(refundIssued));
  it('keeps a refund owed that the provider would not give, once', () =>
    given(...paid, refundRequested)
      .when(record(refusedBecause('account-closed')))
      .thenOnce(changed(refundFailedOf(byProvider('account-closed')), { nextTryAt: '2026-11-02T10:15:00.000Z' })));
  it('refuses an answer to a refund that nobody asked for, or to another try', () => {
    given(...paid)
      .when(record(approved('ref-1')))
      .thenRefused('REFUND_UNKNOWN');
    given(...paid, refundRequested)
      .when({ type: 'RecordRefund', data: { ...answered(approved('ref-1')), refundId, paymentId, attemptId: voidId } })
      .thenNothing();
  });

  it('takes of the first capture first, and of the next one what is left', () => {
    const second = voidId;
    const more = [
      changed(charged, {
        shipmentId: secondShipment,
        captures: [{ captureId: second, paymentId, authorizationId, provider: 'simulated', amount: 333 }],
        amount: 333,
        delivery: 0,
        deliveries: [],
        lines: [{ lineId: '1', quantity: 1, amount: 333 }],
      }),
      changed(captured, { shipmentId: secondShipment, captureId: second, amount: 333 }),
    ];
    const [event] = payment.decide(refund({ amount: 1200 }), [...paid, ...more].reduce(payment.evolve, payment.initial));
    expect(event).toMatchObject({
      data: {
        captures: [
          { captureId, amount: 1167 },
          { captureId: second, amount: 33 },
        ],
      },
    });
  });

  it('never gives back more than was paid', () =>
    given(...paid, over, voidedRest)
      .when(refund({ amount: 1168 }))
      .thenOnce(refundFailedOf(bySystem('exceeds-what-was-paid'), { amount: 1168 })));

  it('counts refunds on their way, so that two at once cannot exceed what was paid', () =>
    given(...paid, over, voidedRest, refundRequested)
      .when(refund({ refundId: voidId, amount: 1000 }))
      .thenOnce(refundFailedOf(bySystem('exceeds-what-was-paid'), { refundId: voidId, amount: 1000 })));

  it('may use again what a failed refund had taken', () =>
    given(...paid, over, voidedRest, changed(refundRequested, { refundId: voidId }), refundFailedOf(byProvider('x'), { refundId: voidId }))
      .when(refund({ amount: 1167 }))
      .then(changed(refundRequested, { amount: 1167, captures: [{ captureId, amount: 1167 }] })));

  it('is early while the money may still come', () =>
    given(...paid)
      .when(refund({ amount: 1500 }))
      .thenRefused('REFUND_EARLY'));
  it('fails in another currency', () =>
    given(...paid)
      .when(refund({ currency: 'EUR' }))
      .thenOnce(refundFailedOf(bySystem('currency-differs'), { currency: 'EUR' })));
  it('becomes credit where that is wanted', () =>
    given(...paid)
      .when(refund({ tender: 'store-credit' }))
      .thenOnce(changed(refundRequested, { provider: 'credit', tender: 'store-credit' })));
  it('goes back the way it came where the way is not known', () =>
    given(...paid)
      .when(refund({ tender: 'as-you-like' }))
      .thenOnce(refundRequested));
  it('of nothing is nothing', () =>
    given(...paid)
      .when(refund({ amount: 0 }))
      .thenNothing());

  it('is for the channel to give where the channel has the money: due, and not issued until somebody says so', () => {
    const due = changed(refundRequested, { provider: 'channel' });
    const asked = { orderId, paymentId, currency: 'GBP', amount: 300, refundId, returnId, requestedAt: now };
    const askedOfChannel: PaymentEvent = { type: 'ChannelRefundRequested', data: asked };
    given(...prepaid, chargedToChannel, capturedByChannel)
      .when(refund())
      .thenOnce(due, askedOfChannel);
    given(...prepaid, chargedToChannel, capturedByChannel, due, askedOfChannel)
      .when(payOut('original', 'SETTLEMENT-7'))
      .thenOnce(changed(refundIssued, { reference: 'SETTLEMENT-7' }));
  });

  it('pays out what the carrier collected, of no capture', () =>
    given(...codPromised, chargedAtDoor, collected)
      .when(refund())
      .thenOnce(changed(refundRequested, { tender: 'transfer', captures: [] })));
});

describe('a refund that failed', () => {
  const failed = [...paid, refundRequested, refundFailedOf(byProvider('account-closed'))] as const;
  const retry: PaymentCommand = { type: 'RetryRefund', data: { orderId, refundId, newId: voidId, now } };

  it('is tried again under a new key, once', () =>
    given(...failed)
      .when(retry)
      .thenOnce(changed(refundRequested, { attemptId: voidId })));
  it('is paid out in another way with its reference, once, however often that is said', () =>
    given(...failed)
      .when(payOut('transfer', 'BACS-1'))
      .thenOnce(changed(refundIssued, { tender: 'transfer', reference: 'BACS-1' })));
  it('is not paid out twice under two references', () =>
    given(...failed, changed(refundIssued, { tender: 'transfer', reference: 'BACS-1' }))
      .when(payOut('transfer', 'BACS-2'))
      .thenRefused('REFUND_ISSUED'));
  it('is not paid out while a provider is asked for it', () =>
    given(...paid, refundRequested)
      .when(payOut('transfer', 'BACS-1'))
      .thenRefused('REFUND_IN_PROGRESS'));
  const toBalance: PaymentCommand = { type: 'PayOutRefund', data: { orderId, refundId, tender: 'store-credit', newId: voidId, now } };
  const credited = changed(refundRequested, { attemptId: voidId, tender: 'store-credit', provider: 'credit' });

  it('is put on the customer’s store credit by asking the balance: nobody says so before that has', () => {
    given(...failed)
      .when(toBalance)
      .then(credited);
    given(...failed, credited)
      .when(toBalance)
      .thenRefused('REFUND_IN_PROGRESS');
    given(...failed, credited)
      .when({
        type: 'RecordRefund',
        data: { ...answered({ status: 'approved', reference: 'b-1/k' }), refundId, paymentId, attemptId: voidId },
      })
      .then(changed(refundIssued, { tender: 'store-credit', reference: 'b-1/k', balanceId: 'b-1' }));
  });
  it('is put on no store credit where nobody has one', () => {
    const { customerId: _, ...ofGuest } = terms;
    const asGuest = [requested(ofGuest, { authorizations: [authorization] }), ...failed.slice(1)];
    given(...asGuest)
      .when(toBalance)
      .thenRefused('CUSTOMER_UNKNOWN');
    given(...asGuest)
      .when(refund({ cause: 'goodwill', refundId: voidId, tender: 'store-credit' }))
      .thenRefused('CUSTOMER_UNKNOWN');
  });
  it('is not said to have been paid out without a number', () =>
    given(...failed)
      .when({ type: 'PayOutRefund', data: { orderId, refundId, tender: 'cash', newId: voidId, now } })
      .thenRefused('REFERENCE_MISSING'));
  it('has to have been asked for', () =>
    given(...paid)
      .when(retry)
      .thenRefused('REFUND_UNKNOWN'));
  it('cannot be tried again when others took the money', () =>
    given(...failed, changed(refundRequested, { refundId: voidId, amount: 1000, captures: [{ captureId, amount: 1000 }] }))
      .when(retry)
      .thenRefused('REFUND_EXCEEDS_CAPTURED'));
});

describe('goodwill', () => {
  it('is refunded as long as something is left of what came in', () =>
    given(...paid)
      .when(refund({ cause: 'goodwill', amount: 1167 }))
      .thenOnce(changed(refundRequested, { cause: 'goodwill', amount: 1167, captures: [{ captureId, amount: 1167 }] })));
  it('never gives back more, refunds on their way counted', () =>
    given(...paid, changed(refundRequested, { refundId: voidId }))
      .when(refund({ cause: 'goodwill', amount: 868 }))
      .thenRefused('REFUND_EXCEEDS_CAPTURED'));
});
