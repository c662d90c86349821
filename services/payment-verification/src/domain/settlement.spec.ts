import { specFor } from '@cartage/eventsourcing';
import type { PaymentCommand, ProviderAnswer } from './commands';
import { payment } from './decider';
import {
  approved,
  authorizing,
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
  refusedBecause,
  secondShipment,
  underReview,
  voidRequested,
} from './payment.fixture';

const { given } = specFor(payment);
const dispatch = (shipmentId: string, quantity = 2): PaymentCommand => ({
  type: 'ChargeShipment',
  data: { orderId, shipmentId, lines: [{ lineId: '1', sku: 'MUG', quantity }], now },
});
const capture = (answer: ProviderAnswer): PaymentCommand => ({
  type: 'RecordCapture',
  data: { orderId, shipmentId: firstShipment, answer, now },
});
const deliver: PaymentCommand = { type: 'RecordDelivery', data: { orderId, shipmentId: firstShipment, now } };
const cancel: PaymentCommand = { type: 'CancelPayment', data: { orderId, reason: 'customer', now } };
const release = (answer: ProviderAnswer): PaymentCommand => ({ type: 'RecordVoid', data: { orderId, answer, now } });
const money = { orderId, currency: 'GBP', amount: 4000 };
const failed = (reason: string) =>
  ({ type: 'CaptureFailed', data: { orderId, shipmentId: firstShipment, currency: 'GBP', amount: 1167, reason, failedAt: now } }) as const;
const voided = { type: 'PaymentVoided', data: { ...money, reason: 'customer', voidedAt: now } } as const;

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
      .thenOnce(failed('expired')));
  it('takes the capture of a shipment that was not heard of as early', () =>
    given(...promised)
      .when(capture(approved('cap-1')))
      .thenRefused('SHIPMENT_UNKNOWN'));

  it('captures at once where the channel has the money', () =>
    given(...prepaid)
      .when(dispatch(firstShipment))
      .thenOnce(chargedAtDoor, { ...captured, data: { ...captured.data, captureId: firstShipment } } as typeof captured));

  it('charges what is left with the last shipment', () => {
    const events = payment.decide(dispatch(secondShipment, 1), [...promised, charged, captured].reduce(payment.evolve, payment.initial));
    expect(events).toMatchObject([{ data: { shipping: 0, amount: 333, lines: [{ lineId: '1', quantity: 1, amount: 333 }] } }]);
  });

  it('says that nobody paid for what was shipped after a void', () =>
    given(...promised, voidRequested, voided)
      .when(dispatch(firstShipment))
      .thenOnce(chargedAtDoor, failed('payment-voided')));

  it('takes a dispatch before the order was heard of, or is promised, as early', () => {
    given().when(dispatch(firstShipment)).thenRefused('PAYMENT_UNKNOWN');
    given(...authorizing)
      .when(dispatch(firstShipment))
      .thenRefused('PAYMENT_PENDING');
  });

  it('refuses to charge a payment that was abandoned', () =>
    given(...underReview, { type: 'PaymentAbandoned', data: { orderId, reason: 'customer', abandonedAt: now } })
      .when(dispatch(firstShipment))
      .thenRefused('PAYMENT_NOT_PROMISED'));
});

describe('cash on delivery', () => {
  it('waits at dispatch and is collected at delivery, once', () => {
    given(...codPromised)
      .when(dispatch(firstShipment))
      .thenOnce(chargedAtDoor);
    given(...codPromised, chargedAtDoor)
      .when(deliver)
      .thenOnce(collected);
  });

  it('takes a delivery without a dispatch as early', () =>
    given(...codPromised)
      .when(deliver)
      .thenRefused('SHIPMENT_UNKNOWN'));
  it('means nothing for a card', () =>
    given(...promised, charged, captured)
      .when(deliver)
      .thenNothing());

  it('is given back whole when the order ends', () =>
    given(...codPromised)
      .when(cancel)
      .thenOnce(voided));
});

describe('giving a promise back', () => {
  it('asks the provider to void what was not charged, once', () =>
    given(...promised)
      .when(cancel)
      .thenOnce(voidRequested));

  it('leaves what was shipped', () => {
    const [event] = payment.decide(cancel, [...promised, charged, captured].reduce(payment.evolve, payment.initial));
    expect(event).toMatchObject({ type: 'VoidRequested', data: { amount: 4000 - 1167 } });
  });

  it('needs nobody where the channel has the money', () =>
    given(...prepaid)
      .when(cancel)
      .thenOnce(voided));
  it('records the void, once', () =>
    given(...promised, voidRequested)
      .when(release(approved('void-1')))
      .thenOnce(voided));
  it('records that the provider would not void, once', () =>
    given(...promised, voidRequested)
      .when(release(refusedBecause('expired')))
      .thenOnce({ type: 'VoidFailed', data: { ...money, reason: 'expired', failedAt: now } }));
  it('records no void that was not asked for', () =>
    given(...promised)
      .when(release(approved('void-1')))
      .thenNothing());
});
