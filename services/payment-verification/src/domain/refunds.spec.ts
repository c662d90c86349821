import { specFor, type DataOf } from '@cartage/eventsourcing';
import type { PaymentCommand, ProviderAnswer } from './commands';
import { payment } from './decider';
import type { PaymentEvent } from './events';
import {
  approved,
  captured,
  charged,
  chargedAtDoor,
  codPromised,
  collected,
  firstShipment,
  now,
  orderId,
  prepaid,
  promised,
  refundId,
  refundRequested,
  refusedBecause,
  returnId,
} from './payment.fixture';

const { given } = specFor(payment);
const refund = (changes: Partial<DataOf<PaymentCommand, Extract<PaymentCommand['type'], 'RequestRefund'>>> = {}): PaymentCommand => ({
  type: 'RequestRefund',
  data: { orderId, refundId, returnId, lineId: '1', currency: 'GBP', amount: 300, now, ...changes },
});
const record = (answer: ProviderAnswer): PaymentCommand => ({ type: 'RecordRefund', data: { orderId, refundId, answer, now } });
const remit = (amount: number, reference = 'R-1'): PaymentCommand => ({
  type: 'RecordRemittance',
  data: { orderId, shipmentId: firstShipment, amount, reference, now },
});
const money = { orderId, refundId, returnId, currency: 'GBP' };
const issued = (amount: number, refundedTotal = amount): PaymentEvent => ({
  type: 'RefundIssued',
  data: { ...money, lineId: '1', amount, refundedTotal, issuedAt: now },
});
const failed = (amount: number, reason: string): PaymentEvent => ({
  type: 'RefundFailed',
  data: { ...money, amount, reason, failedAt: now },
});
const paid = [...promised, charged, captured] as const;
const voidedRest: PaymentEvent = {
  type: 'PaymentVoided',
  data: { orderId, currency: 'GBP', amount: 4000 - 1167, reason: 'customer', voidedAt: now },
};

describe('refunding', () => {
  it('reserves the amount before the provider is asked, once', () =>
    given(...paid)
      .when(refund())
      .thenOnce(refundRequested));
  it('records the refund, once', () =>
    given(...paid, refundRequested)
      .when(record(approved('ref-1')))
      .thenOnce(issued(300)));
  it('keeps a refund owed that the provider would not give, once', () =>
    given(...paid, refundRequested)
      .when(record(refusedBecause('account-closed')))
      .thenOnce(failed(300, 'account-closed')));
  it('refuses an answer to a refund that nobody asked for', () =>
    given(...paid)
      .when(record(approved('ref-1')))
      .thenRefused('REFUND_UNKNOWN'));

  it('never gives back more than was paid', () =>
    given(...paid, voidedRest)
      .when(refund({ amount: 1168 }))
      .thenOnce(failed(1168, 'exceeds-what-was-paid')));

  it('counts refunds on their way, so that two at once cannot exceed what was paid', () => {
    const another = '0192f0c0-0000-7000-8000-0000000000b2';
    given(...paid, voidedRest, refundRequested)
      .when(refund({ refundId: another, amount: 1000 }))
      .thenOnce({
        type: 'RefundFailed',
        data: { ...money, refundId: another, amount: 1000, reason: 'exceeds-what-was-paid', failedAt: now },
      });
  });

  it('may use again what a failed refund had reserved', () =>
    given(...paid, voidedRest, { type: 'RefundFailed', data: { ...money, refundId: returnId, amount: 1000, reason: 'x', failedAt: now } })
      .when(refund({ amount: 1167 }))
      .then({ type: 'RefundRequested', data: { ...money, lineId: '1', amount: 1167, provider: 'simulated', requestedAt: now } }));

  it('is early while the money may still come', () =>
    given(...paid)
      .when(refund({ amount: 1500 }))
      .thenRefused('REFUND_EARLY'));
  it('fails in another currency', () =>
    given(...paid)
      .when(refund({ currency: 'EUR' }))
      .then({ ...failed(300, 'currency-differs'), data: { ...failed(300, 'currency-differs').data, currency: 'EUR' } } as PaymentEvent));
  it('of nothing is nothing', () =>
    given(...paid)
      .when(refund({ amount: 0 }))
      .thenNothing());

  it('is the channel’s business where the channel has the money', () =>
    given(...prepaid, chargedAtDoor, captured)
      .when(refund())
      .thenOnce(issued(300)));

  it('gives back what the carrier collected', () =>
    given(...codPromised, chargedAtDoor, collected)
      .when(refund())
      .thenOnce(refundRequested));
});

describe('remittance of collected cash', () => {
  const remitted = (amount: number, remittedTotal: number, reference = 'R-1'): PaymentEvent => ({
    type: 'CodRemitted',
    data: { orderId, shipmentId: firstShipment, currency: 'GBP', amount, reference, remittedAt: now, remittedTotal },
  });
  const atDoor = [...codPromised, chargedAtDoor, collected] as const;

  it('is recorded once for each reference', () =>
    given(...atDoor)
      .when(remit(1167))
      .thenOnce(remitted(1167, 1167)));
  it('may come in parts', () =>
    given(...atDoor, remitted(1000, 1000))
      .when(remit(167, 'R-2'))
      .thenOnce(remitted(167, 1167, 'R-2')));
  it('cannot exceed what was collected', () =>
    given(...atDoor, remitted(1000, 1000))
      .when(remit(168, 'R-2'))
      .thenRefused('REMITTANCE_EXCEEDS_COLLECTED'));
  it('cannot come before the cash was collected', () =>
    given(...codPromised, chargedAtDoor)
      .when(remit(1))
      .thenRefused('REMITTANCE_EXCEEDS_COLLECTED'));
  it('refuses a reference that comes again with another amount', () =>
    given(...atDoor, remitted(1000, 1000))
      .when(remit(1))
      .thenRefused('REMITTANCE_DIFFERS'));
});
