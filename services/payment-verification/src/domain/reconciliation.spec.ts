import { fold } from '@cartage/eventsourcing';
import { payment } from './decider';
import type { PaymentEvent } from './events';
import { sumsOf } from './ledger';
import { isKnown } from './payment';
import {
  byCustomer,
  captured,
  captureId,
  charged,
  chargedAtDoor,
  codPromised,
  collected,
  now,
  orderId,
  promised,
  refundIssued,
  refundRequested,
  remittedOf,
  voided,
  voidId,
} from './payment.fixture';
import { discrepanciesOf } from './reconciliation';

const shownBy = (events: readonly PaymentEvent[]) => {
  const state = fold(payment, events);
  if (!isKnown(state)) throw new Error('There is no money in it.');
  return sumsOf(state.ledger);
};
const discrepancies = (...events: readonly PaymentEvent[]) => discrepanciesOf(events, shownBy(events));
const changed = (event: PaymentEvent, changes: object): PaymentEvent => ({ ...event, data: { ...event.data, ...changes } }) as PaymentEvent;
const taking = (amount: number, of: string = captureId) => ({ amount, captures: [{ captureId: of, amount }] });

const whole = [...promised, charged, captured, refundRequested, refundIssued, voided(4000 - 1167)] as const;
const cash = [...codPromised, chargedAtDoor, collected, remittedOf(1167)] as const;

const ended: PaymentEvent = {
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
};

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
    ['nothing is captured, refunded or voided twice', [...whole, captured]],
    ['no way of paying takes in or gives back more than it promised', [...promised, charged, captured, voided(4000)]],
    ['each capture is what was asked for', [...promised, charged, changed(captured, { amount: 1168 })]],
    ['no more is collected for a shipment than is to be paid at its door', [...codPromised, chargedAtDoor, collected, collected]],
    ['no more is remitted for a shipment than was collected', [...cash, remittedOf(1, 'R-2')]],
    ['nothing is kept that is not due', [...promised, charged, captured, ended]],
    ['each charge is the sum of its parts', [...promised, changed(charged, { amount: 1168 })]],
    ['no more is refunded than came in', [...promised, charged, captured, changed(refundIssued, taking(1168))]],
    ['each refund is the sum of what it takes of captures', [...promised, charged, captured, changed(refundIssued, { amount: 299 })]],
    ['no capture is refunded more than it was', [...promised, charged, captured, changed(refundIssued, taking(300, voidId))]],
  ])('name what should never be: %s', (rule, events) => expect(discrepancies(...events)).toContain(rule));
});
