import { fold } from '@cartage/eventsourcing';
import { payment } from './decider';
import type { PaymentEvent } from './events';
import { sumsOf } from './ledger';
import { isPromised } from './payment';
import {
  captured,
  captureId,
  charged,
  chargedAtDoor,
  codPromised,
  collected,
  promised,
  refundIssued,
  refundRequested,
  remittedOf,
  secondShipment,
  voided,
  voidId,
} from './payment.fixture';
import { discrepanciesOf } from './reconciliation';

const shownBy = (events: readonly PaymentEvent[]) => {
  const state = fold(payment, events);
  if (!isPromised(state)) throw new Error('There is no money in it.');
  return sumsOf(state.ledger);
};
const discrepancies = (...events: readonly PaymentEvent[]) => discrepanciesOf(events, shownBy(events));
const changed = (event: PaymentEvent, changes: object): PaymentEvent => ({ ...event, data: { ...event.data, ...changes } }) as PaymentEvent;
const taking = (amount: number, of: string = captureId) => ({ amount, captures: [{ captureId: of, amount }] });

const whole = [...promised, charged, captured, refundRequested, refundIssued, voided(4000 - 1167)] as const;
const cash = [...codPromised, chargedAtDoor, collected, remittedOf(1167)] as const;

describe('the sums of a payment, recomputed from its facts', () => {
  it('agree where all is well', () => expect([...discrepancies(...whole), ...discrepancies(...cash)]).toEqual([]));

  it.each(['promised', 'captured', 'collected', 'remitted', 'refunded', 'voided'] as const)(
    'do not depend on the fold: a wrong %s is told with both figures',
    (name) => {
      const sums = shownBy(whole);
      expect(discrepanciesOf(whole, { ...sums, [name]: sums[name] + 1 })).toEqual([
        `${name} is shown as ${sums[name] + 1}, and its facts say ${sums[name]}`,
      ]);
    },
  );

  it.each<[string, readonly PaymentEvent[]]>([
    ['nothing is promised, captured, refunded or voided twice', [...whole, captured]],
    ['no more comes in or goes back than was promised', [...promised, charged, captured, voided(4000)]],
    ['each capture is what was asked for', [...promised, charged, changed(captured, { amount: 1168 })]],
    ['no more is collected for a shipment than it was charged', [...codPromised, chargedAtDoor, collected, collected]],
    ['no more is remitted for a shipment than was collected', [...cash, remittedOf(1, 'R-2')]],
    [
      'no line is charged more than it costs',
      [...promised, changed(charged, { amount: 1501, lines: [{ lineId: '1', quantity: 2, amount: 1001 }] })],
    ],
    [
      'delivery is charged once',
      [...promised, charged, changed(charged, { shipmentId: secondShipment, captureId: voidId, lines: [], amount: 500 })],
    ],
    ['each charge is the sum of its parts', [...promised, changed(charged, { amount: 1168 })]],
    ['no more is refunded than came in', [...promised, charged, captured, changed(refundIssued, taking(1168))]],
    ['each refund is the sum of what it takes of captures', [...promised, charged, captured, changed(refundIssued, { amount: 299 })]],
    ['no capture is refunded more than it was', [...promised, charged, captured, changed(refundIssued, taking(300, voidId))]],
  ])('name what should never be: %s', (rule, events) => expect(discrepancies(...events)).toContain(rule));
});
