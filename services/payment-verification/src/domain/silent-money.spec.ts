import { specFor } from '@cartage/eventsourcing';
import { openMatters } from '../app/attention';
import type { OutcomeByHand, PaymentCommand, ProviderAnswer } from './commands';
import { payment } from './decider';
import type { PaymentEvent } from './events';
import { isKnown } from './payment';
import {
  answered,
  approved,
  attemptId,
  authorizationId,
  byCustomer,
  captured,
  captureFailed,
  captureId,
  charged,
  money,
  now,
  orderId,
  promised,
  refundFailedOf,
  refundId,
  refundIssued,
  refundRequested,
  refusedBecause,
  voided,
  voidFailed,
  voidId,
  voidRequested,
} from './payment.fixture';

const { given } = specFor(payment);
const SILENT = { code: 'provider-silent', by: 'system' };
const NOT_DONE = { code: 'not-done', by: 'operator' };
const other = '0192f0c0-0000-7000-8000-0000000000ff';

const giveUp = (key: string): PaymentCommand => ({ type: 'GiveUpCall', data: { orderId, key, silentSince: now, now, newId: other } });
const unknown = (event: PaymentEvent): PaymentEvent =>
  ({ ...event, data: { ...event.data, reason: SILENT, outcomeUnknown: true } }) as PaymentEvent;
const said = (of: Pick<OutcomeByHand, 'operation' | 'subject' | 'outcome'>, reference?: string): PaymentCommand => ({
  type: 'RecordOutcome',
  data: { orderId, now, newId: other, ...of, ...(reference === undefined ? {} : { reference }) },
});

const abandoned: PaymentEvent = { type: 'PaymentAbandoned', data: { orderId, reason: byCustomer, abandonedAt: now } };
const capturing = [...promised, charged] as const;
const voiding = [...promised, abandoned, voidRequested] as const;
const refunding = [...promised, charged, captured, refundRequested] as const;
const lost = {
  capture: [...capturing, unknown(captureFailed(SILENT))],
  void: [...voiding, unknown(voidFailed)],
  refund: [...refunding, unknown(refundFailedOf(SILENT))],
} as const;
const taken: PaymentEvent = { type: 'PaymentCaptured', data: { ...captured.data, reference: 'late' } as never };
const givenBack: PaymentEvent = { type: 'RefundIssued', data: { ...refundIssued.data, reference: 'late' } as never };

const record = {
  capture: (answer: ProviderAnswer): PaymentCommand => ({
    type: 'RecordCapture',
    data: { ...answered(answer), captureId, attemptId: captureId },
  }),
  void: (answer: ProviderAnswer): PaymentCommand => ({ type: 'RecordVoid', data: { ...answered(answer), voidId, attemptId: voidId } }),
  refund: (answer: ProviderAnswer): PaymentCommand => ({
    type: 'RecordRefund',
    data: { ...answered(answer), refundId, paymentId: money.paymentId, attemptId },
  }),
};
const notice = {
  capture: {
    type: 'HearCapture',
    data: { orderId, authorizationId, currency: 'GBP', amount: 1167, reference: 'late', attemptId: captureId, now, newId: other },
  },
  refund: {
    type: 'HearRefund',
    data: { orderId, authorizationId, currency: 'GBP', amount: 300, reference: 'late', attemptId, outcome: 'issued', now, newId: other },
  },
} as const satisfies Readonly<Record<string, PaymentCommand>>;

describe('a capture, void or refund whose provider stays silent', () => {
  it('is given up once, and may have been done all the same', () => {
    given(...capturing)
      .when(giveUp(captureId))
      .thenOnce(lost.capture[3]);
    given(...voiding)
      .when(giveUp(voidId))
      .thenOnce(lost.void[4]);
    given(...refunding)
      .when(giveUp(attemptId))
      .thenOnce(lost.refund[5]);
  });
  it('is not given up when it was answered, nor for a silence that has ended', () => {
    given(...capturing, captured)
      .when(giveUp(captureId))
      .thenNothing();
    given(...capturing)
      .when({ type: 'GiveUpCall', data: { orderId, key: captureId, silentSince: '2026-11-02T09:00:00.000Z', now, newId: other } })
      .thenNothing();
  });
  it('is booked when its provider says yes after all, told by whatever way, once', () => {
    given(...lost.capture)
      .when(record.capture(approved('late')))
      .thenOnce(taken);
    given(...lost.capture)
      .when(notice.capture)
      .thenOnce(taken);
    given(...lost.void)
      .when(record.void(approved('late')))
      .thenOnce(voided(4000, 'late'));
    given(...lost.void)
      .when({ type: 'HearAuthorizationEnded', data: { orderId, authorizationId, now, newId: other } })
      .thenOnce(voided());
    given(...lost.refund)
      .when(record.refund(approved('late')))
      .thenOnce(givenBack);
    given(...lost.refund)
      .when(notice.refund)
      .thenOnce(givenBack);
  });
  it('has failed for good when its provider says no after all: another try has another key', () => {
    const failed = { ...captureFailed({ code: 'no', by: 'provider' }) };
    given(...lost.capture)
      .when(record.capture({ ...refusedBecause('no'), final: true } as ProviderAnswer))
      .thenOnce(failed);
    given(...lost.capture, failed)
      .when({ type: 'RetryCapture', data: { orderId, captureId, now, newId: other } })
      .then({ type: 'CaptureRequested', data: expect.objectContaining({ attemptId: other }) as never });
  });
  it('is asked for by hand under its own key: its provider says what became of it and moves no money twice', () => {
    const again = (attempt: string) => expect.objectContaining({ attemptId: attempt, provider: 'simulated' }) as never;
    given(...lost.capture)
      .when({ type: 'RetryCapture', data: { orderId, captureId, now, newId: other } })
      .then({ type: 'CaptureRequested', data: again(captureId) });
    given(...lost.void)
      .when({ type: 'RetryVoid', data: { orderId, voidId, now, newId: other } })
      .then({ type: 'VoidRequested', data: again(voidId) });
    given(...lost.refund)
      .when({ type: 'RetryRefund', data: { orderId, refundId, now, newId: other } })
      .then({ type: 'RefundRequested', data: again(attemptId) });
  });
  it('is not asked for where it is not due any more, or its provider might do it now', () =>
    given(...lost.capture, abandoned)
      .when({ type: 'RetryCapture', data: { orderId, captureId, now, newId: other } })
      .thenRefused('NOTHING_DUE'));
  it('is ended by whoever looks into its provider’s books, once', () => {
    given(...lost.capture)
      .when(said({ operation: 'capture', subject: captureId, outcome: 'done' }, 'late'))
      .thenOnce(taken);
    given(...lost.capture)
      .when(said({ operation: 'capture', subject: captureId, outcome: 'not-done' }))
      .thenOnce(captureFailed(NOT_DONE));
    given(...lost.void)
      .when(said({ operation: 'void', subject: voidId, outcome: 'done' }))
      .thenOnce(voided());
    given(...lost.refund)
      .when(said({ operation: 'refund', subject: refundId, outcome: 'done' }, 'late'))
      .thenOnce(givenBack);
    given(...lost.refund)
      .when(said({ operation: 'refund', subject: refundId, outcome: 'not-done' }))
      .thenOnce(refundFailedOf(NOT_DONE));
  });
  it('is ended by nobody while it is known, being asked for, or without the number that its provider has for it', () => {
    const done = { operation: 'capture', subject: captureId, outcome: 'done' } as const;
    given(...capturing, captured)
      .when(said(done, 'another'))
      .thenRefused('OUTCOME_KNOWN');
    given(...capturing)
      .when(said(done, 'late'))
      .thenRefused('OUTCOME_AWAITED');
    given(...lost.capture)
      .when(said(done))
      .thenRefused('REFERENCE_MISSING');
    given(...promised)
      .when(said(done, 'late'))
      .thenRefused('CAPTURE_UNKNOWN');
  });
  it('is paid out in another way only when it is known not to have gone out', () => {
    const payOut: PaymentCommand = {
      type: 'PayOutRefund',
      data: { orderId, refundId, tender: 'transfer', reference: 'BACS-1', now, newId: other },
    };
    given(...lost.refund)
      .when(payOut)
      .thenRefused('REFUND_OUTCOME_UNKNOWN');
    given(...lost.refund, refundFailedOf(NOT_DONE))
      .when(payOut)
      .then({ type: 'RefundIssued', data: expect.objectContaining({ reference: 'BACS-1' }) as never });
  });
  it('keeps its money from any other refund meanwhile', () =>
    given(...lost.refund)
      .when({
        type: 'RequestRefund',
        data: { orderId, refundId: other, currency: 'GBP', amount: 900, tender: 'original', cause: 'goodwill', now, newId: other },
      })
      .thenRefused('REFUND_EXCEEDS_CAPTURED'));

  describe('and was paid out in another way', () => {
    const paidOut: PaymentEvent = {
      type: 'RefundIssued',
      data: { ...refundIssued.data, tender: 'transfer', reference: 'BACS-1' } as never,
    };
    const past = [...lost.refund, refundFailedOf(NOT_DONE), paidOut] as const;
    it('is booked as money that nobody asked for, when its provider says that it went out as well', () =>
      given(...past)
        .when(notice.refund)
        .then(
          { type: 'RefundRequested', data: expect.objectContaining({ cause: 'goodwill', amount: 300 }) as never },
          { type: 'RefundIssued', data: expect.objectContaining({ reference: 'late', tender: 'original' }) as never },
        ));
    it('has not come back, when its provider says that its own try failed', () =>
      given(...past)
        .when({ ...notice.refund, data: { ...notice.refund.data, outcome: 'failed', reason: 'account-closed' } })
        .thenNothing());
  });

  it('is shown with what can be done, and a capture that failed is not once nothing of it is due', () => {
    const matters = (...events: readonly PaymentEvent[]) => {
      const state = events.reduce(payment.evolve, payment.initial);
      return isKnown(state) ? openMatters(state) : [];
    };
    expect(matters(...lost.capture)).toMatchObject([
      {
        matter: 'capture-failed',
        outcomeUnknown: true,
        actions: [`POST captures/${captureId}/retry`, `POST captures/${captureId}/outcome`],
      },
    ]);
    expect(matters(...lost.refund)).toMatchObject([
      { matter: 'refund-failed', outcomeUnknown: true, actions: [`POST refunds/${refundId}/retry`, `POST refunds/${refundId}/outcome`] },
    ]);
    expect(matters(...lost.capture, abandoned)).toHaveLength(1);
    expect(matters(...lost.capture, captureFailed(NOT_DONE), abandoned)).toEqual([]);
  });
});
