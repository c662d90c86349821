import { derivedId, specFor } from '@cartage/eventsourcing';
import type { PaymentCommand, ProviderAnswer } from './commands';
import { payment } from './decider';
import type { PaymentEvent } from './events';
import {
  answered,
  approved,
  authorizing,
  byCustomer,
  byProvider,
  captured,
  capturedByChannel,
  captureFailed,
  captureId,
  charged,
  chargedAtDoor,
  chargedToChannel,
  codPromised,
  firstShipment,
  now,
  orderId,
  paidBy,
  prepaid,
  promised,
  refusedBecause,
  requested,
  secondShipment,
  underReview,
  verdict,
  money,
  authorizationId,
  voided,
  voidFailed,
  voidId,
  voidRequested,
} from './payment.fixture';

const { given } = specFor(payment);
const dispatch = (shipmentId: string, quantity = 2): PaymentCommand => ({
  type: 'ChargeShipment',
  data: { orderId, shipmentId, lines: [{ lineId: '1', sku: 'MUG', quantity }], newId: captureId, now },
});
const capture = (answer: ProviderAnswer): PaymentCommand => ({
  type: 'RecordCapture',
  data: { ...answered(answer), captureId, attemptId: captureId },
});
const cancelAs = (id: string): PaymentCommand => ({
  type: 'CancelPayment',
  data: { orderId, reason: byCustomer, newId: derivedId(id, -1024), now },
});
const cancel = cancelAs(voidId);
const release = (answer: ProviderAnswer): PaymentCommand => ({
  type: 'RecordVoid',
  data: { ...answered(answer), voidId, attemptId: voidId },
});
const after = (...events: readonly PaymentEvent[]) => events.reduce(payment.evolve, payment.initial);

const retriedAt = (event: PaymentEvent, nextTryAt: string): PaymentEvent =>
  ({ ...event, data: { ...event.data, nextTryAt } }) as PaymentEvent;

describe('charging what was shipped', () => {
  it('decides the amount of a shipment before the provider is asked, once', () =>
    given(...promised)
      .when(dispatch(firstShipment))
      .thenOnce(charged));
  it('keeps which location it left', () => {
    const asked = dispatch(firstShipment);
    given(...promised)
      .when({ ...asked, data: { ...asked.data, location: 'LDN-1' } } as PaymentCommand)
      .thenOnce({ ...charged, data: { ...charged.data, location: 'LDN-1' } } as PaymentEvent);
  });

  it('records the capture, once', () =>
    given(...promised, charged)
      .when(capture(approved('cap-1')))
      .thenOnce(captured));
  it('records that the provider would not pay, once', () =>
    given(...promised, charged)
      .when(capture(refusedBecause('expired')))
      .thenOnce(retriedAt(captureFailed(byProvider('expired')), '2026-11-02T10:15:00.000Z')));
  it('takes the answer to a capture that was not asked for as early', () =>
    given(...promised)
      .when(capture(approved('cap-1')))
      .thenRefused('CAPTURE_UNKNOWN'));

  it('captures at once where the channel has the money', () =>
    given(...prepaid)
      .when(dispatch(firstShipment))
      .thenOnce(chargedToChannel, capturedByChannel));

  it('charges what is left with the last shipment', () =>
    expect(payment.decide(dispatch(secondShipment, 1), after(...promised, charged, captured))).toMatchObject([
      { data: { delivery: 0, amount: 333, lines: [{ lineId: '1', quantity: 1, amount: 333 }] } },
    ]));

  it('says that nobody paid for what was shipped after a void', () =>
    given(...promised, voidRequested, voided())
      .when(dispatch(firstShipment))
      .thenOnce(
        { ...charged, data: { ...charged.data, captures: [{ captureId, paymentId: money.paymentId, amount: 1167 }] } } as PaymentEvent,
        captureFailed({ code: 'nothing-promised', by: 'system' }),
      ));

  it('leaves no trace of an order that costs nothing', () => {
    const free = paidBy({}, { total: 0, deliveries: [], lines: [{ lineId: '1', sku: 'MUG', quantity: 2, total: 0, shipGroupId: '1' }] });
    given(requested(free), {
      type: 'PaymentAuthorized',
      data: { ...money, amount: 0, method: 'card', provider: 'none', authorizationId, verdict, authorizedAt: now },
    })
      .when(dispatch(firstShipment))
      .thenNothing();
  });

  it('asks nobody for a shipment that costs nothing, and counts its units', () => {
    const penny = paidBy({}, { total: 1, deliveries: [], lines: [{ lineId: '1', sku: 'PIN', quantity: 3, total: 1, shipGroupId: '1' }] });
    const promisedPenny = [
      requested(penny, {
        authorizations: [{ paymentId: money.paymentId, authorizationId, provider: 'simulated', currency: 'GBP', amount: 1 }],
      }),
      {
        type: 'PaymentAuthorized',
        data: { ...money, amount: 1, method: 'card', provider: 'simulated', authorizationId, reference: 'a', verdict, authorizedAt: now },
      },
    ] as const;
    const [first] = payment.decide(dispatch(firstShipment, 1), after(...promisedPenny));
    expect(first).toEqual({
      type: 'ShipmentCharged',
      data: {
        ...{ orderId, currency: 'GBP', amount: 0, shipmentId: firstShipment, delivery: 0, deliveries: [], cash: 0, captures: [] },
        lines: [{ lineId: '1', quantity: 1, amount: 0 }],
        chargedAt: now,
      },
    });
    expect(payment.decide(dispatch(secondShipment, 1), after(...promisedPenny, first as PaymentEvent))).toMatchObject([
      { data: { amount: 1, captures: [{ captureId, amount: 1 }] } },
    ]);
  });

  it('takes a dispatch before the order was heard of, or is promised, as early', () => {
    given().when(dispatch(firstShipment)).thenRefused('PAYMENT_UNKNOWN');
    given(...authorizing)
      .when(dispatch(firstShipment))
      .thenRefused('PAYMENT_PENDING');
  });

  it('refuses to charge a payment that was abandoned', () =>
    given(...underReview, { type: 'PaymentAbandoned', data: { orderId, reason: byCustomer, abandonedAt: now } })
      .when(dispatch(firstShipment))
      .thenRefused('PAYMENT_NOT_PROMISED'));

  it('leaves cash to the carrier', () =>
    given(...codPromised)
      .when(dispatch(firstShipment))
      .thenOnce(chargedAtDoor));
});

describe('giving a promise back', () => {
  const nothingDue = [
    {
      type: 'TermsAmended',
      data: {
        orderId,
        cancelled: [
          { lineId: '1', quantity: 3 },
          { lineId: '2', quantity: 1 },
        ],
        reason: byCustomer,
        amendedAt: now,
      },
    },
    { type: 'AmountDueChanged', data: { orderId, currency: 'GBP', due: 0, before: 4000, reason: byCustomer, changedAt: now } },
  ] as const;

  it('asks the provider to void what was not charged, once', () =>
    given(...promised)
      .when(cancel)
      .thenOnce(...nothingDue, voidRequested));

  it('refunds what was captured, and voids the rest', () => {
    const events = payment.decide(cancel, after(...promised, charged, captured));
    expect(events).toMatchObject([
      { type: 'TermsAmended' },
      { type: 'AmountDueChanged', data: { due: 0, before: 4000 } },
      { type: 'RefundRequested', data: { amount: 1167, cause: 'due', captures: [{ captureId, amount: 1167 }] } },
      { type: 'VoidRequested', data: { amount: 4000 - 1167 } },
    ]);
  });

  it('needs nobody where the channel has the money, or the carrier would have collected it', () => {
    given(...prepaid)
      .when(cancel)
      .thenOnce(...nothingDue, voided());
    const [, , given3] = payment.decide(cancel, after(...codPromised));
    expect(given3).toMatchObject({ type: 'PaymentVoided', data: { amount: 4000, authorizationId: money.paymentId } });
  });

  it('records the void, once', () =>
    given(...promised, ...nothingDue, voidRequested)
      .when(release(approved('void-1')))
      .thenOnce(voided(4000, 'void-1')));
  it('records that the provider would not void, and when it is tried again, once', () =>
    given(...promised, ...nothingDue, voidRequested)
      .when(release(refusedBecause('expired')))
      .thenOnce(retriedAt(voidFailed, '2026-11-02T10:15:00.000Z')));
  it('takes the answer to a void that was not asked for as early', () =>
    given(...promised)
      .when(release(approved('void-1')))
      .thenRefused('VOID_UNKNOWN'));

  const retry: PaymentCommand = { type: 'RetryVoid', data: { orderId, voidId, newId: captureId, now } };
  it('may be tried again under a new key when the provider would not, once', () =>
    given(...promised, ...nothingDue, voidRequested, voidFailed)
      .when(retry)
      .thenOnce({ ...voidRequested, data: { ...voidRequested.data, attemptId: captureId } } as PaymentEvent));
  it('is not tried again once it went through', () =>
    given(...promised, ...nothingDue, voidRequested, voided())
      .when(retry)
      .thenRefused('VOID_DONE'));
});

describe('a capture that failed', () => {
  const failed = [...promised, charged, captureFailed(byProvider('x'))] as const;
  const retry = (changes: object = {}): PaymentCommand => ({
    type: 'RetryCapture',
    data: { orderId, captureId, newId: voidId, now, ...changes },
  });

  it('is tried again under a new key, once', () =>
    given(...failed)
      .when(retry())
      .thenOnce({
        type: 'CaptureRequested',
        data: {
          ...{ ...money, amount: 1167, captureId, attemptId: voidId, authorizationId, provider: 'simulated', shipmentId: firstShipment },
          requestedAt: now,
        },
      }));
  it('takes no old answer for the new try', () => {
    const again = payment.decide(retry(), after(...failed));
    given(...failed, ...again)
      .when(capture(approved('late')))
      .thenNothing();
  });
  it('is not tried by itself when somebody tried meanwhile', () =>
    given(...failed)
      .when(retry({ scheduledFor: '2026-11-02T10:15:00.000Z' }))
      .thenNothing());
  it('is tried by itself when it is time', () => {
    const scheduledFor = '2026-11-02T10:15:00.000Z';
    const later = [...promised, charged, retriedAt(captureFailed(byProvider('x')), scheduledFor)];
    expect(payment.decide(retry({ scheduledFor }), after(...later))).toMatchObject([{ type: 'CaptureRequested' }]);
  });
  it('waits for another promise where that which it was to be taken from has ended', () => {
    const expired: PaymentEvent = { type: 'AuthorizationExpired', data: { ...money, amount: 2833, authorizationId, expiredAt: now } };
    const asked = payment.decide(retry(), after(...failed, expired));
    expect(asked).toMatchObject([{ type: 'AuthorizationRequested', data: { authorizationId: voidId, amount: 1167, captureId } }]);
    const said: PaymentCommand = { type: 'RecordAuthorization', data: { ...answered(approved('auth-2')), authorizationId: voidId } };
    expect(payment.decide(said, after(...failed, expired, ...asked))).toMatchObject([
      { type: 'PaymentAuthorized', data: { amount: 1167, authorizationId: voidId } },
      { type: 'CaptureRequested', data: { captureId, amount: 1167, authorizationId: voidId } },
    ]);
    const no: PaymentCommand = { type: 'RecordAuthorization', data: { ...answered(refusedBecause('no')), authorizationId: voidId } };
    expect(payment.decide(no, after(...failed, expired, ...asked))).toMatchObject([
      { type: 'PaymentDeclined', data: { authorizationId: voidId } },
      { type: 'CaptureFailed', data: { captureId, reason: { code: 'not-promised-again' } } },
    ]);
  });
  it('is not tried again once it went through, or is not known', () => {
    given(...promised, charged, captured)
      .when(retry())
      .thenRefused('CAPTURE_DONE');
    given(...promised)
      .when(retry())
      .thenRefused('CAPTURE_UNKNOWN');
  });
});
