import { fold, specFor } from '@cartage/eventsourcing';
import fc from 'fast-check';
import { discrepanciesOf } from './reconciliation';
import { payment } from './decider';
import type { PaymentCommand } from './commands';
import type { PaymentEvent } from './events';
import { sumsOf, toCollectIn, type ShortWayOut } from './ledger';
import { isKnown, requireCharge } from './payment';
import { chargedAtDoor, codPromised, collected, firstShipment, money, now, orderId } from './payment.fixture';

const { given } = specFor(payment);
const reason = { code: 'customer-had-less', by: 'operator' };
const at = { orderId, shipmentId: firstShipment, reason, now, newId: orderId };
const short = (taken: number): PaymentCommand => ({ type: 'RecordCodShort', data: { ...at, collected: taken } });
const resolve = (resolution: ShortWayOut, amount?: number): PaymentCommand => ({
  type: 'ResolveCodShort',
  data: { ...at, resolution, ...(amount === undefined ? {} : { amount }) },
});
const delivered = [...codPromised, chargedAtDoor, collected];
const wasShort = (amount: number, taken: number): PaymentEvent => ({
  type: 'CodShort',
  data: { ...money, shipmentId: firstShipment, amount, due: 1167, collected: taken, reason, shortAt: now },
});
const resolved = (resolution: ShortWayOut, amount: number): PaymentEvent => ({
  type: 'CodShortResolved',
  data: { ...money, shipmentId: firstShipment, amount, resolution, reason, resolvedAt: now },
});
const after = (amount: number): PaymentEvent => ({
  type: 'CodCollected',
  data: { ...money, shipmentId: firstShipment, amount, lines: [], delivery: 0, parcels: [], collectedAt: now },
});

describe('cash that a carrier did not take at the door', () => {
  it('is told once: some of it, or all', () => {
    given(...delivered)
      .when(short(1000))
      .thenOnce(wasShort(167, 1000));
    given(...delivered)
      .when(short(0))
      .thenOnce(wasShort(1167, 0));
  });

  it('cannot be more than was to be collected, or have been handed over', () => {
    given(...delivered)
      .when(short(1168))
      .thenRefused('COD_NOT_SHORT');
    given(...delivered, {
      type: 'CodRemitted',
      data: { ...money, amount: 1100, shipmentId: firstShipment, reference: 'R', remittedAt: now },
    })
      .when(short(1000))
      .thenRefused('COD_REMITTED_MORE');
    given(...codPromised)
      .when(short(0))
      .thenRefused('SHIPMENT_UNKNOWN');
  });

  it('is collected again, or owed by the carrier: then it counts as collected', () => {
    for (const way of ['collected', 'claim'] as const)
      given(...delivered, wasShort(167, 1000))
        .when(resolve(way))
        .then(resolved(way, 167), after(167));
  });

  it('is written off, in parts if need be, and never more than is missing', () => {
    given(...delivered, wasShort(167, 1000))
      .when(resolve('write-off', 100))
      .then(resolved('write-off', 100));
    given(...delivered, wasShort(167, 1000))
      .when(resolve('write-off', 168))
      .thenRefused('COD_RESOLVES_TOO_MUCH');
    given(...delivered)
      .when(resolve('write-off'))
      .thenRefused('NOTHING_SHORT');
  });

  it('adds up whatever is told of it: collected, missing and forgone are what was to be collected, and the facts agree', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.nat(1300).map(short),
            fc
              .tuple(fc.constantFrom('collected', 'claim', 'write-off'), fc.option(fc.integer({ min: 1, max: 600 }), { nil: undefined }))
              .map((asked) => resolve(...asked)),
          ),
          { maxLength: 8 },
        ),
        (commands) => {
          let events: readonly PaymentEvent[] = delivered;
          for (const command of commands) {
            try {
              events = [...events, ...payment.decide(command, fold(payment, events))];
            } catch {
              // Refused: nothing was written.
            }
          }
          const state = fold(payment, events);
          if (!isKnown(state)) throw new Error('The payment is known.');
          const { collected: taken, short: missing, forgone, cash } = requireCharge(state, firstShipment);
          expect(taken + missing + forgone).toBe(1167);
          expect(toCollectIn(state.ledger)).toBe(cash - 1167 + missing);
          expect(discrepanciesOf(events, sumsOf(state.ledger))).toEqual([]);
        },
      ),
    ));
});
