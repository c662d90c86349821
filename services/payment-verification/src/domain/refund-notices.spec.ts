import { specFor } from '@cartage/eventsourcing';
import type { DataOf } from '@cartage/eventsourcing';
import type { PaymentCommand } from './commands';
import { payment } from './decider';
import type { PaymentEvent } from './events';
import {
  answered,
  approved,
  attemptId,
  authorizationId,
  byProvider,
  captured,
  captureId,
  charged,
  money,
  now,
  orderId,
  paymentId,
  promised,
  refundFailedOf,
  refundId,
  refundIssued,
  refundRequested,
  returnId,
  voidId,
} from './payment.fixture';

const { given } = specFor(payment);
type Heard = DataOf<PaymentCommand, 'HearRefund'>;
const at = { orderId, now, newId: voidId, authorizationId, currency: 'GBP', amount: 300, reference: 'ref-1' };
const issued = (changes: Partial<Heard> = {}): PaymentCommand => ({
  type: 'HearRefund',
  data: { ...at, outcome: 'issued', ...changes } as Heard,
});
const failed = (changes: Partial<Heard> = {}): PaymentCommand => ({
  type: 'HearRefund',
  data: { ...at, outcome: 'failed', reason: 'account-closed', ...changes } as Heard,
});
const paid = [...promised, charged, captured] as const;
const asked = [...paid, refundRequested] as const;
const gone = [...asked, refundIssued] as const;
const cameBack: PaymentEvent = {
  type: 'RefundReturned',
  data: {
    ...{ orderId, paymentId, currency: 'GBP', amount: 300, refundId, returnId, reference: 'ref-1' },
    ...{ captures: [{ captureId, amount: 300 }], returnedAt: now },
  },
};

describe('a refund that a provider tells of', () => {
  it('is the one that was asked for, once, and its answer then says nothing new', () => {
    given(...asked)
      .when(issued({ attemptId }))
      .thenOnce(refundIssued);
    given(...gone)
      .when({ type: 'RecordRefund', data: { ...answered(approved('ref-1')), refundId, paymentId, attemptId } })
      .thenNothing();
  });

  it('fails for good where the provider says so, and a word that is late does not mend it', () => {
    given(...asked)
      .when(failed({ attemptId }))
      .thenOnce(refundFailedOf(byProvider('account-closed')));
    given(...asked, refundFailedOf(byProvider('account-closed')))
      .when(issued({ attemptId }))
      .thenNothing();
  });

  it('may come back after it went out: then it is still owed, and can be tried or paid out again', () => {
    const back = [cameBack, refundFailedOf(byProvider('account-closed'))];
    given(...gone)
      .when(failed())
      .thenOnce(...back);
    const [again] = payment.decide(
      { type: 'RetryRefund', data: { orderId, now, newId: voidId, refundId } },
      [...gone, ...back].reduce(payment.evolve, payment.initial),
    );
    expect(again).toMatchObject({ type: 'RefundRequested', data: { refundId, amount: 300, captures: [{ captureId, amount: 300 }] } });
  });

  it('is booked when somebody gave it at the provider’s', () => {
    const data = { ...money, amount: 300, refundId: voidId, tender: 'original', captures: [{ captureId, amount: 300 }] };
    given(...paid)
      .when(issued({ reference: 're_2' }))
      .thenOnce(
        { type: 'RefundRequested', data: { ...data, attemptId: voidId, cause: 'goodwill', provider: 'none', requestedAt: now } },
        { type: 'RefundIssued', data: { ...data, reference: 're_2', cause: 'goodwill', issuedAt: now } },
      );
  });

  it('waits while what it takes has not come in, or what failed was not heard of', () => {
    given(...promised, charged)
      .when(issued())
      .thenRefused('REFUND_NOT_COVERED');
    given(...paid)
      .when(failed())
      .thenRefused('REFUND_UNKNOWN');
  });

  it('of a try that others took the place of says nothing when it failed', () =>
    given(...asked)
      .when(failed({ attemptId: captureId, reference: 're_9' }))
      .thenNothing());
});
