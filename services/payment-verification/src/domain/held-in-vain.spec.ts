import { specFor } from '@cartage/eventsourcing';
import { openMatters } from '../app/attention';
import type { PaymentCommand, ProviderAnswer } from './commands';
import { payment } from './decider';
import type { PaymentEvent } from './events';
import { outstandingCalls } from './outstanding';
import { isKnown, type Known } from './payment';
import {
  answered,
  approved,
  authorizationId,
  byCustomer,
  byProvider,
  captureFailed,
  captureId,
  charged,
  now,
  orderId,
  promised,
  refundId,
  refusedBecause,
  returnId,
  secondShipment,
} from './payment.fixture';

const { given } = specFor(payment);
const lines = (lineId: string, quantity: number) => [{ lineId, sku: lineId === '1' ? 'MUG' : 'LAMP', quantity }];
const shipRest: PaymentCommand = {
  type: 'ChargeShipment',
  data: { orderId, shipmentId: secondShipment, lines: [...lines('1', 1), ...lines('2', 1)], newId: refundId, now },
};
const cancelRest: PaymentCommand = {
  type: 'CancelLines',
  data: { orderId, lines: [...lines('1', 1), ...lines('2', 1)], reason: byCustomer, newId: refundId, now },
};
const cancelAll: PaymentCommand = { type: 'CancelPayment', data: { orderId, reason: byCustomer, newId: refundId, now } };
const answer = (said: ProviderAnswer, id = captureId): PaymentCommand => ({
  type: 'RecordCapture',
  data: { ...answered(said), captureId: id, attemptId: id },
});
const no: ProviderAnswer = { status: 'declined', reason: 'amount-too-large', final: true };
const retry: PaymentCommand = { type: 'RetryCapture', data: { orderId, captureId, newId: returnId, now } };

const after = (...steps: readonly (PaymentEvent | PaymentCommand)[]): readonly PaymentEvent[] =>
  steps.reduce<readonly PaymentEvent[]>(
    (past, step) => [...past, ...('now' in step.data ? payment.decide(step as PaymentCommand, stateOf(past)) : [step as PaymentEvent])],
    [],
  );
const stateOf = (events: readonly PaymentEvent[]) => events.reduce(payment.evolve, payment.initial);
const knownOf = (events: readonly PaymentEvent[]): Known => {
  const state = stateOf(events);
  if (!isKnown(state)) throw new Error('It was verified.');
  return state;
};
const voidsIn = (events: readonly PaymentEvent[]) =>
  events.flatMap(({ type, data }) => (type === 'VoidRequested' ? [{ amount: data.amount, code: data.reason.code }] : []));

/** Nothing but the first shipment is wanted, and its money was asked for. */
const onlyFirst = after(...promised, charged, cancelRest);

describe('a promise that a failed capture holds', () => {
  it('is given back in the decision that ends the tries, once', () =>
    given(...onlyFirst)
      .when(answer(no))
      .thenOnce(
        captureFailed(byProvider('amount-too-large')),
        { type: 'VoidRequested', data: expect.objectContaining({ amount: 2833, authorizationId }) as never },
        {
          type: 'VoidRequested',
          data: expect.objectContaining({ amount: 1167, authorizationId, reason: { code: 'capture-failed', by: 'system' } }) as never,
        },
      ));
  it('is asked of its provider under the same key until that has answered, whoever crashed meanwhile', () => {
    const failed = after(...onlyFirst, answer(no));
    const calls = outstandingCalls(stateOf(failed));
    expect(calls.map(({ operation, amount }) => [operation, amount])).toEqual([
      ['void', 2833],
      ['void', 1167],
    ]);
    expect(outstandingCalls(stateOf(after(...failed, answer(no), cancelRest)))).toEqual(calls);
  });
  it('is kept while another try is to come', () =>
    expect(voidsIn(after(...onlyFirst, answer(refusedBecause('issuer-unavailable'))))).toEqual([]));
  it('is kept where the capture may have gone through', () => {
    const silent: PaymentCommand = { type: 'GiveUpCall', data: { orderId, key: captureId, silentSince: now, now, newId: returnId } };
    expect(voidsIn(after(...onlyFirst, silent))).toEqual([]);
  });
  it('is kept where a person found that the call never arrived: it is tried again by hand', () => {
    const silent: PaymentCommand = { type: 'GiveUpCall', data: { orderId, key: captureId, silentSince: now, now, newId: returnId } };
    const notDone: PaymentCommand = {
      type: 'RecordOutcome',
      data: { orderId, operation: 'capture', subject: captureId, outcome: 'not-done', now, newId: refundId },
    };
    const known = after(...onlyFirst, silent, notDone);
    expect(voidsIn(known)).toEqual([]);
    expect(payment.decide(retry, stateOf(known))).toMatchObject([{ type: 'CaptureRequested', data: { authorizationId, amount: 1167 } }]);
  });
  it('is kept as long as other shipments are to be taken from it, and its rest goes back with the last of them', () => {
    const failed = after(...promised, charged, answer(no));
    expect(voidsIn(failed)).toEqual([]);
    const shipped = after(...failed, shipRest);
    expect(voidsIn(shipped)).toEqual([]);
    expect(voidsIn(after(...shipped, answer(approved('cap-2'), refundId)))).toEqual([{ amount: 1167, code: 'capture-failed' }]);
  });
  it('ends with it where its provider takes from a promise once: nothing is voided, and another try asks for another promise', () => {
    const shipped = after(...promised, charged, answer(no), shipRest);
    const taken = after(...shipped, answer({ status: 'approved', reference: 'cap-2', restEnded: true }, refundId));
    expect(taken.at(-1)).toMatchObject({ type: 'AuthorizationExpired', data: { amount: 1167 } });
    expect(payment.decide(retry, stateOf(taken))).toMatchObject([{ type: 'AuthorizationRequested', data: { amount: 1167, captureId } }]);
  });
  it('is given back at once when what it was to pay is not due any more, though another try was to come', () => {
    const failed = after(...promised, charged, answer(refusedBecause('issuer-unavailable')));
    expect(voidsIn(after(...failed, cancelAll))).toEqual([
      { amount: 2833, code: 'customer' },
      { amount: 1167, code: 'customer' },
    ]);
  });
});

describe('a capture that failed for good and whose promise was given back', () => {
  const failed = after(...onlyFirst, answer(no));

  it('still says what can be done', () =>
    expect(openMatters(knownOf(failed))).toMatchObject([{ matter: 'capture-failed', subject: captureId, amount: 1167 }]));
  it('has another promise asked for when it is tried again, and takes from that', () => {
    const again = after(...failed, retry);
    expect(again.at(-1)).toMatchObject({ type: 'AuthorizationRequested', data: { authorizationId: returnId, amount: 1167, captureId } });
    const yes: PaymentCommand = { type: 'RecordAuthorization', data: { ...answered(approved('auth-2')), authorizationId: returnId } };
    expect(payment.decide(yes, stateOf(again))).toMatchObject([
      { type: 'PaymentAuthorized', data: { amount: 1167 } },
      { type: 'CaptureRequested', data: { captureId, authorizationId: returnId, amount: 1167 } },
    ]);
  });
  it('is taken all the same when its customer’s yes to the new promise comes after a no', () => {
    const said = (answerTo: ProviderAnswer): PaymentCommand => ({
      type: 'RecordAuthorization',
      data: { ...answered(answerTo), authorizationId: returnId },
    });
    const declined = after(...failed, retry, said(refusedBecause('customer-did-not-act')));
    expect(declined.at(-1)).toMatchObject({ type: 'CaptureFailed', data: { reason: { code: 'not-promised-again' } } });
    expect(payment.decide(said(approved('auth-2')), stateOf(declined))).toMatchObject([
      { type: 'PaymentAuthorized' },
      { type: 'CaptureRequested', data: { captureId, amount: 1167 } },
    ]);
    const tooLate = payment.decide(said(approved('auth-2')), stateOf(after(...declined, cancelAll)));
    expect(tooLate).toMatchObject([{ type: 'PaymentAuthorized' }, { type: 'VoidRequested', data: { amount: 1167 } }]);
  });
});
