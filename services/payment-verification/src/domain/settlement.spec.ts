import { specFor } from '@cartage/eventsourcing';
import type { PaymentCommand, ProviderAnswer } from './commands';
import { payment } from './decider';
import type { PaymentEvent } from './events';
import {
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
  data: { orderId, shipmentId, lines: [{ lineId: '1', sku: 'MUG', quantity }], captureId, now },
});
const capture = (answer: ProviderAnswer): PaymentCommand => ({ type: 'RecordCapture', data: { orderId, captureId, answer, now } });
const cancelAs = (id: string): PaymentCommand => ({ type: 'CancelPayment', data: { orderId, reason: byCustomer, voidId: id, now } });
const cancel = cancelAs(voidId);
const release = (answer: ProviderAnswer): PaymentCommand => ({ type: 'RecordVoid', data: { orderId, voidId, answer, now } });
const after = (...events: readonly PaymentEvent[]) => events.reduce(payment.evolve, payment.initial);

describe('charging what was shipped', () => {
  it('decides the amount of a shipment before the provider is asked, once', () =>
    given(...promised)
      .when(dispatch(firstShipment))
      .thenOnce(charged));

  it('records the capture, once', () =>
    given(...promised, charged)
      .when(capture(approved('cap-1')))
      .thenOnce(captured));
  it('records that the provider would not pay, once', () =>
    given(...promised, charged)
      .when(capture(refusedBecause('expired')))
      .thenOnce(captureFailed(byProvider('expired'))));
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
      .thenOnce(chargedToChannel, captureFailed({ code: 'payment-voided', by: 'system' })));

  it('leaves no trace of an order that costs nothing', () => {
    const free = paidBy({}, { total: 0, delivery: 0, lines: [{ lineId: '1', sku: 'MUG', quantity: 2, total: 0 }] });
    given(requested(free), {
      type: 'PaymentAuthorized',
      data: { ...money, amount: 0, method: 'card', provider: 'none', authorizationId, verdict, authorizedAt: now },
    })
      .when(dispatch(firstShipment))
      .thenNothing();
  });

  it('asks nobody for a shipment that costs nothing, and counts its units', () => {
    const penny = paidBy({}, { total: 1, delivery: 0, lines: [{ lineId: '1', sku: 'PIN', quantity: 3, total: 1 }] });
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
        ...money,
        amount: 0,
        shipmentId: firstShipment,
        lines: [{ lineId: '1', quantity: 1, amount: 0 }],
        delivery: 0,
        chargedAt: now,
      },
    });
    expect(payment.decide(dispatch(secondShipment, 1), after(...promisedPenny, first as PaymentEvent))).toMatchObject([
      { data: { amount: 1, captureId } },
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
  it('asks the provider to void what was not charged, once', () =>
    given(...promised)
      .when(cancel)
      .thenOnce(voidRequested));

  it('leaves what was shipped', () => {
    const [event] = payment.decide(cancel, after(...promised, charged, captured));
    expect(event).toMatchObject({ type: 'VoidRequested', data: { amount: 4000 - 1167 } });
  });

  it('needs nobody where the channel has the money, or the carrier would have collected it', () => {
    given(...prepaid)
      .when(cancel)
      .thenOnce(voided());
    given(...codPromised)
      .when(cancel)
      .thenOnce(voided());
  });

  it('records the void, once', () =>
    given(...promised, voidRequested)
      .when(release(approved('void-1')))
      .thenOnce(voided(4000, 'void-1')));
  it('records that the provider would not void, once', () =>
    given(...promised, voidRequested)
      .when(release(refusedBecause('expired')))
      .thenOnce(voidFailed));
  it('takes the answer to a void that was not asked for as early', () =>
    given(...promised)
      .when(release(approved('void-1')))
      .thenRefused('VOID_UNKNOWN'));

  it('may be tried again under a new id when the provider would not', () =>
    given(...promised, voidRequested, voidFailed)
      .when(cancelAs(captureId))
      .thenOnce({ ...voidRequested, data: { ...voidRequested.data, voidId: captureId } } as PaymentEvent));
});
