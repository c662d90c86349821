import { specFor } from '@cartage/eventsourcing';
import type { PaymentCommand, ProviderAnswer, RefundRequest } from './commands';
import { payment } from './decider';
import type { PaymentEvent } from './events';
import {
  approved,
  attemptId,
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
  voidId,
} from './payment.fixture';

const { given } = specFor(payment);
const refund = (changes: Partial<RefundRequest> = {}): PaymentCommand => ({
  type: 'RequestRefund',
  data: { orderId, refundId, returnId, currency: 'GBP', amount: 300, tender: 'original', attemptId, now, ...changes },
});
const record = (answer: ProviderAnswer): PaymentCommand => ({ type: 'RecordRefund', data: { orderId, refundId, attemptId, answer, now } });
const bySystem = (code: string) => ({ code, by: 'system' });
const paid = [...promised, charged, captured] as const;
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
      .thenOnce(refundFailedOf(byProvider('account-closed'))));
  it('refuses an answer to a refund that nobody asked for, or to another try', () => {
    given(...paid)
      .when(record(approved('ref-1')))
      .thenRefused('REFUND_UNKNOWN');
    given(...paid, refundRequested)
      .when({ type: 'RecordRefund', data: { orderId, refundId, attemptId: voidId, answer: approved('ref-1'), now } })
      .thenRefused('REFUND_UNKNOWN');
  });

  it('takes of the first capture first, and of the next one what is left', () => {
    const second = voidId;
    const more = [
      changed(charged, {
        shipmentId: secondShipment,
        captureId: second,
        amount: 333,
        delivery: 0,
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
    given(...paid, voidedRest)
      .when(refund({ amount: 1168 }))
      .thenOnce(refundFailedOf(bySystem('exceeds-what-was-paid'), { amount: 1168 })));

  it('counts refunds on their way, so that two at once cannot exceed what was paid', () =>
    given(...paid, voidedRest, refundRequested)
      .when(refund({ refundId: voidId, amount: 1000 }))
      .thenOnce(refundFailedOf(bySystem('exceeds-what-was-paid'), { refundId: voidId, amount: 1000 })));

  it('may use again what a failed refund had taken', () =>
    given(...paid, voidedRest, changed(refundRequested, { refundId: voidId }), refundFailedOf(byProvider('x'), { refundId: voidId }))
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
  it('fails where it should go in a way that is not there', () =>
    given(...paid)
      .when(refund({ tender: 'store-credit' }))
      .thenOnce(refundFailedOf(bySystem('tender-not-supported'))));
  it('goes back the way it came where the way is not known', () =>
    given(...paid)
      .when(refund({ tender: 'as-you-like' }))
      .thenOnce(refundRequested));
  it('of nothing is nothing', () =>
    given(...paid)
      .when(refund({ amount: 0 }))
      .thenNothing());

  it('is the channel’s business where the channel has the money', () =>
    given(...prepaid, chargedToChannel, capturedByChannel)
      .when(refund())
      .thenOnce({ type: 'RefundIssued', data: { ...refundOf(refundIssued), issuedAt: now } }));

  it('pays out what the carrier collected, of no capture', () =>
    given(...codPromised, chargedAtDoor, collected)
      .when(refund())
      .thenOnce(changed(refundRequested, { tender: 'transfer', captures: [] })));
});

/** The refund as issued, without what a provider says. */
const refundOf = (event: PaymentEvent) => {
  if (event.type !== 'RefundIssued') throw new Error('no refund');
  const { reference: _, ...data } = event.data;
  return data;
};
