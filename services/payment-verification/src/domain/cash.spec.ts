import { specFor } from '@cartage/eventsourcing';
import fc from 'fast-check';
import type { PaymentCommand } from './commands';
import { payment } from './decider';
import type { PaymentEvent } from './events';
import {
  authorizationId,
  captured,
  charged,
  chargedAtDoor,
  codPromised,
  collected,
  firstShipment,
  money,
  now,
  orderId,
  paidBy,
  promised,
  remittedOf,
  requested,
  verdict,
} from './payment.fixture';

const { given } = specFor(payment);
const deliver = (quantity: number, ...parcels: readonly string[]): PaymentCommand => ({
  type: 'RecordDelivery',
  data: { orderId, shipmentId: firstShipment, parcels, lines: [{ lineId: '1', sku: 'MUG', quantity }], now, newId: orderId },
});
const partly = (amount: number, delivery: number, parcel: string): PaymentEvent => ({
  type: 'CodCollected',
  data: {
    ...{ ...money, amount: amount + delivery, shipmentId: firstShipment, delivery, parcels: [parcel], collectedAt: now },
    lines: [{ lineId: '1', quantity: 1, amount }],
  },
});

describe('cash on delivery', () => {
  it('is collected when the shipment is delivered, once', () =>
    given(...codPromised, chargedAtDoor)
      .when(deliver(2, 'p1'))
      .thenOnce(collected));

  it('is collected parcel by parcel, for what was in each; the first one bears the delivery charge', () => {
    given(...codPromised, chargedAtDoor)
      .when(deliver(1, 'p1'))
      .thenOnce(partly(334, 500, 'p1'));
    given(...codPromised, chargedAtDoor, partly(334, 500, 'p1'))
      .when(deliver(1, 'p2'))
      .thenOnce(partly(333, 0, 'p2'));
  });

  it('takes a delivery without a dispatch as early', () =>
    given(...codPromised)
      .when(deliver(2, 'p1'))
      .thenRefused('SHIPMENT_UNKNOWN'));

  it('means nothing for a card', () =>
    given(...promised, charged, captured)
      .when(deliver(2, 'p1'))
      .thenNothing());

  it('writes nothing for an order that costs nothing, though no dispatch was written either', () => {
    const free = paidBy(
      { method: 'cod' },
      { total: 0, deliveries: [], lines: [{ lineId: '1', sku: 'MUG', quantity: 2, total: 0, shipGroupId: '1' }] },
    );
    given(requested(free), { type: 'CodAccepted', data: { ...money, amount: 0, authorizationId, verdict, acceptedAt: now } })
      .when(deliver(2, 'p1'))
      .thenNothing();
  });

  it('adds up to what the shipment costs, in whatever portions and order its units are delivered, each perhaps told twice', () =>
    fc.assert(
      fc.property(
        fc.nat(12),
        fc.nat(3),
        fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 5 }).chain((portions) =>
          fc.tuple(
            fc.constant(portions),
            fc.shuffledSubarray(
              portions.map((_, i) => i),
              { minLength: portions.length },
            ),
          ),
        ),
        (amount, delivery, [portions, order]) => {
          const quantity = portions.reduce((sum, units) => sum + units, 0);
          const cost = {
            amount: amount + delivery,
            cash: amount + delivery,
            delivery,
            deliveries: [{ shipGroupId: '1', amount: delivery }],
          };
          const data = { ...cost, orderId, currency: 'GBP', shipmentId: firstShipment, captures: [], chargedAt: now };
          const start: readonly PaymentEvent[] = [
            ...codPromised,
            { type: 'ShipmentCharged', data: { ...data, lines: [{ lineId: '1', quantity, amount }] } },
          ];
          const events = [...order, ...order].reduce<readonly PaymentEvent[]>((past, i) => {
            const state = past.reduce(payment.evolve, payment.initial);
            return [...past, ...payment.decide(deliver(portions[i] ?? 0, `p${i}`), state)];
          }, start);
          const cash = events.flatMap((event) => (event.type === 'CodCollected' ? [event.data.amount] : []));
          expect(cash.reduce((sum, each) => sum + each, 0)).toBe(amount + delivery);
          expect(cash.every((each) => each > 0)).toBe(true);
        },
      ),
    ));
});

describe('remittance of collected cash', () => {
  const remit = (amount: number, reference = 'R-1'): PaymentCommand => ({
    type: 'RecordRemittance',
    data: { orderId, shipmentId: firstShipment, amount, reference, now, newId: orderId },
  });
  const atDoor = [...codPromised, chargedAtDoor, collected] as const;

  it('is recorded once for each reference', () =>
    given(...atDoor)
      .when(remit(1167))
      .thenOnce(remittedOf(1167)));
  it('may come in parts', () =>
    given(...atDoor, remittedOf(1000))
      .when(remit(167, 'R-2'))
      .thenOnce(remittedOf(167, 'R-2')));
  it('may have any reference that a carrier thinks of', () =>
    given(...atDoor)
      .when(remit(1167, 'constructor'))
      .thenOnce(remittedOf(1167, 'constructor')));
  it('cannot exceed what was collected', () =>
    given(...atDoor, remittedOf(1000))
      .when(remit(168, 'R-2'))
      .thenRefused('REMITTANCE_EXCEEDS_COLLECTED'));
  it('cannot come before the cash was collected', () =>
    given(...codPromised, chargedAtDoor)
      .when(remit(1))
      .thenRefused('REMITTANCE_EXCEEDS_COLLECTED'));
  it('refuses a reference that comes again with another amount', () =>
    given(...atDoor, remittedOf(1000))
      .when(remit(1))
      .thenRefused('REMITTANCE_DIFFERS'));
});
