import { shareOfUnits } from '@cartage/contracts';
import { derivedId, Refused } from '@cartage/eventsourcing';
import fc from 'fast-check';
import { recordOf } from '../app/settling';
import type { PaymentCommand, ProviderAnswer } from './commands';
import { payment } from './decider';
import type { PaymentEvent } from './events';
import { amountIn, received, sumsOf, toCome, unpaid, untakenOf } from './ledger';
import { outstandingCalls } from './outstanding';
import { due, isKnown, isPromised, type Payment } from './payment';
import {
  attemptId,
  authorizationId,
  byCustomer,
  captureId,
  facts,
  firstShipment,
  limits,
  now,
  orderId,
  paidBy,
  paying,
  refundId,
  returnId,
  secondShipment,
  terms,
  voidId,
} from './payment.fixture';
import { refundable } from './refundable';
import { discrepanciesOf } from './reconciliation';
import type { CaptureTime, PaymentTerms } from './terms';

const shipmentId = fc.constantFrom(firstShipment, secondShipment);
/** Ids of what a decision makes: few, so that commands meet. */
const newId = fc.constantFrom(authorizationId, captureId, voidId, attemptId);
const answer: fc.Arbitrary<ProviderAnswer> = fc.constantFrom({ status: 'approved', reference: 'r' }, { status: 'declined', reason: 'no' });
const refund = fc.constantFrom(refundId, returnId, firstShipment);
const at = { orderId, now, newId: authorizationId };
const ways = { card: [4000], cod: [4000], prepaid: [4000], 'gift-card+card': [1500, 2500], 'card+cod': [1234, 2766] } as const;
type Way = keyof typeof ways;

const payingBy = (way: Way, total: number): readonly PaymentTerms[] =>
  way.split('+').map((method, i) => ({
    ...paying,
    ...{ method, paymentId: `${paying.paymentId}${i}`, provider: method === 'gift-card' ? 'credit' : 'simulated' },
    amount: total === 4000 ? (ways[way][i] ?? 0) : i === 0 ? total - (ways[way][1] ?? 0) : (ways[way][1] ?? 0),
  }));
const verifying = (way: Way, { total = 4000, returning = true, capture = 'shipment' as CaptureTime } = {}): PaymentCommand => ({
  type: 'VerifyPayment',
  data: {
    ...at,
    terms: { ...terms, total, capture, deliveries: [{ shipGroupId: '1', amount: total - 3500 }], payments: payingBy(way, total) },
    facts: { ...facts, returning },
    limits,
  },
});

/** A provider answers what it was asked: which of the open calls, and how. */
interface Reply {
  readonly type: 'Reply';
  readonly call: number;
  readonly answer: ProviderAnswer;
  readonly newId: string;
}
type Step = PaymentCommand | Reply;

const lineOf = { '1': 3, '2': 1 } as const;
const lines = fc
  .constantFrom('1' as const, '2' as const)
  .chain((lineId) => fc.integer({ min: 1, max: lineOf[lineId] }).map((quantity) => [{ lineId, sku: 'MUG', quantity }]));
const edit = fc
  .tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 4 }), fc.nat(3000), newId)
  .map(([orderVersion, quantity, total, id]): PaymentCommand => ({
    type: 'EditOrder',
    data: {
      ...{ ...at, newId: id, limits, orderVersion, deliveries: [], total: total + 3000, reason: byCustomer },
      lines: [{ lineId: '1', after: { lineId: '1', sku: 'MUG', quantity, total, shipGroupId: '1' } }],
    },
  }));

const command: fc.Arbitrary<PaymentCommand> = fc.oneof(
  fc
    .tuple(fc.constantFrom<Way>('card', 'cod', 'prepaid', 'gift-card+card'), fc.constantFrom(4000, 200_000), fc.boolean())
    .map(([way, total, returning]) => verifying(way, { total, returning })),
  fc
    .constantFrom('accept', 'reject')
    .map((decision): PaymentCommand => ({ type: 'DecideReview', data: { ...at, decision, note: '', by: 'staff' } })),
  fc.constantFrom('staff-1', 'staff-2').map((assignee): PaymentCommand => ({ type: 'AssignReview', data: { ...at, assignee } })),
  fc.tuple(shipmentId, lines, newId).map(([id, shipped, made]): PaymentCommand => ({
    type: 'ChargeShipment',
    data: { ...at, newId: derivedId(made, id === firstShipment ? 64 : 96), shipmentId: id, lines: shipped },
  })),
  fc.tuple(shipmentId, lines, fc.constantFrom('p1', 'p2')).map(([id, delivered, parcel]): PaymentCommand => ({
    type: 'RecordDelivery',
    data: { ...at, shipmentId: id, parcels: [parcel], lines: delivered },
  })),
  fc
    .tuple(shipmentId, fc.integer({ min: 1, max: 1000 }), fc.constantFrom('R-1', 'constructor'))
    .map(([id, amount, reference]): PaymentCommand => ({ type: 'RecordRemittance', data: { ...at, shipmentId: id, amount, reference } })),
  newId.map((id): PaymentCommand => ({ type: 'CancelPayment', data: { ...at, newId: id, reason: byCustomer } })),
  edit,
  fc.tuple(newId, fc.option(fc.integer({ min: 1, max: 3000 }), { nil: undefined })).map(([id, amount]): PaymentCommand => ({
    type: 'RequestCapture',
    data: {
      ...at,
      newId: id,
      captureId: derivedId(id, 1_000_000 * Number.parseInt(id.slice(-2), 16)),
      ...(amount === undefined ? {} : { amount }),
    },
  })),
  fc
    .tuple(refund, fc.integer({ min: 1, max: 3000 }), fc.constantFrom('return' as const, 'goodwill' as const), newId)
    .map(([id, amount, cause, made]): PaymentCommand => ({
      type: 'RequestRefund',
      data: { ...at, newId: made, refundId: id, currency: 'GBP', amount, tender: 'original', cause },
    })),
  fc
    .tuple(refund, fc.constantFrom('transfer', 'store-credit'))
    .map(([id, tender]): PaymentCommand => ({ type: 'PayOutRefund', data: { ...at, refundId: id, tender, reference: 'T-1' } })),
);

/** What changes with every time that it is said: the handling tells a repeat of it by the id of its command. */
const once: fc.Arbitrary<PaymentCommand> = fc.oneof(
  fc
    .tuple(lines, newId)
    .map(([cancelled, id]): PaymentCommand => ({ type: 'CancelLines', data: { ...at, newId: id, lines: cancelled, reason: byCustomer } })),
  fc.tuple(shipmentId, lines, fc.constantFrom('p1', 'p2'), newId).map(([id, back, parcel, made]): PaymentCommand => ({
    type: 'CancelLines',
    data: { ...at, newId: made, lines: back, reason: byCustomer, undelivered: { shipmentId: id, parcels: [parcel] } },
  })),
  fc.tuple(refund, newId).map(([id, made]): PaymentCommand => ({ type: 'RetryRefund', data: { ...at, newId: made, refundId: id } })),
);

const reply: fc.Arbitrary<Reply> = fc.record({ type: fc.constant('Reply' as const), call: fc.nat(3), answer, newId });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: command },
  { weight: 1, arbitrary: once },
  { weight: 3, arbitrary: reply },
);

/** Most histories begin with an order and a promise; without that bias hardly any would get as far as money. */
const opening: fc.Arbitrary<readonly Step[]> = fc
  .tuple(fc.constantFrom(...(Object.keys(ways) as readonly Way[])), fc.constantFrom<CaptureTime>('shipment', 'placement', 'hand'))
  .map(([way, capture]) => [verifying(way, { capture }), yes, yes]);
const yes: Reply = { type: 'Reply', call: 0, answer: { status: 'approved', reference: 'auth' }, newId: attemptId };
const history = fc
  .tuple(fc.option(opening, { nil: [], freq: 6 }), fc.array(step, { maxLength: 24, size: 'max' }))
  .map(([first, more]) => [...first, ...more]);

interface Past {
  readonly events: readonly PaymentEvent[];
  readonly state: Payment;
}
const nothing: Past = { events: [], state: payment.initial };

const decided = (asked: PaymentCommand, { state }: Past): readonly PaymentEvent[] => {
  try {
    return payment.decide(asked, state);
  } catch (error) {
    if (error instanceof Refused) return [];
    throw error;
  }
};

/** The answer of one of the open calls, as it is recorded. */
const commandFor = (asked: Step, { state }: Past): PaymentCommand | undefined => {
  if (asked.type !== 'Reply') return asked;
  const calls = outstandingCalls(state);
  const call = calls[asked.call % Math.max(1, calls.length)];
  return call && recordOf(call, asked.answer, { newId: () => asked.newId, now: () => new Date(now), pauses: [] });
};

const after = (steps: readonly Step[], past = nothing): Past =>
  steps.reduce((before: Past, asked) => {
    const wanted = commandFor(asked, before);
    const fresh = wanted && asked.type !== 'VerifyPayment' ? withFreshIds(wanted, before) : wanted;
    const next = fresh ? decided(fresh, before) : [];
    return { events: [...before.events, ...next], state: next.reduce(payment.evolve, before.state) };
  }, past);

/** No two decisions make the same ids. */
const withFreshIds = (asked: PaymentCommand, { events }: Past): PaymentCommand =>
  ({ ...asked, data: { ...asked.data, newId: derivedId(asked.data.newId, 4096 * (events.length + 1)) } }) as PaymentCommand;

const discrepancies = ({ events, state }: Past): readonly string[] => (isKnown(state) ? discrepanciesOf(events, sumsOf(state.ledger)) : []);

/** A provider that says yes to whatever it is asked, until nothing is asked any more. */
const atRest = (past: Past): Past => {
  let rested = past;
  for (let i = 0; i < 50 && outstandingCalls(rested.state).length > 0; i += 1) rested = after([yes], rested);
  return rested;
};

describe('any payment, whatever has happened to it', () => {
  it('takes the repeat of a command quietly or refuses it, and never writes a second fact', () =>
    fc.assert(
      fc.property(history, command, (past, asked) => {
        expect(decided(asked, after([...past, asked]))).toEqual([]);
      }),
      { numRuns: 500 },
    ));

  it('can account for every cent: it never refunds more than came in, and keeps nothing that is not due', () => {
    let withMoney = 0;
    fc.assert(
      fc.property(history, (steps) => {
        const now = after(steps);
        if (isKnown(now.state) && isPromised(now.state)) withMoney += 1;
        expect(discrepancies(now)).toEqual([]);
      }),
      { numRuns: 800 },
    );
    expect(withMoney).toBeGreaterThan(400);
  });

  it('comes to rest: once providers have said yes, nothing is kept that is not due and nothing is promised that is not needed, nor held by captures that failed', () => {
    let unpaidFor = 0;
    fc.assert(
      fc.property(history, (steps) => {
        const { state, events } = atRest(after(steps));
        if (!isKnown(state)) return;
        const { ledger } = state;
        expect(outstandingCalls(state)).toEqual([]);
        expect(discrepanciesOf(events, sumsOf(ledger))).toEqual([]);
        const kept = received(ledger) - amountIn(ledger.refunds.values(), 'issued');
        const failed = amountIn(ledger.refunds.values(), 'failed') + amountIn(ledger.refunds.values(), 'requested');
        expect(kept - failed).toBeLessThanOrEqual(due(state));
        if (toCome(ledger, due(state)) > 0 || amountIn(ledger.voids.values(), 'failed') > 0) return;
        if (unpaid(ledger) > 0) unpaidFor += 1;
        expect([...ledger.authorizations.values()].map((each) => untakenOf(ledger, each)).filter((amount) => amount > 0)).toEqual([]);
      }),
      { numRuns: 500 },
    );
    expect(unpaidFor).toBeGreaterThan(3);
  });

  it('ends in the same money whether units are cancelled before or after the others ship', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 }), fc.constantFrom<Way>('card', 'gift-card+card', 'card+cod'), (cancelled, way) => {
        const ship: PaymentCommand = {
          type: 'ChargeShipment',
          data: {
            ...at,
            newId: captureId,
            shipmentId: firstShipment,
            lines: [
              { lineId: '1', sku: 'MUG', quantity: 3 - cancelled },
              { lineId: '2', sku: 'LAMP', quantity: 1 },
            ],
          },
        };
        const cancel: PaymentCommand = {
          type: 'CancelLines',
          data: { ...at, newId: voidId, lines: [{ lineId: '1', sku: 'MUG', quantity: cancelled }], reason: byCustomer },
        };
        const start = after([verifying(way), yes, yes]);
        const sums = [
          [ship, cancel],
          [cancel, ship],
        ].map((steps) => {
          const { state } = atRest(after(steps, start));
          if (!isKnown(state)) throw new Error('It was verified.');
          return { ...sumsOf(state.ledger), due: due(state) };
        });
        expect(sums[0]).toEqual(sums[1]);
      }),
    ));

  it('gives back what it took, unit for unit, in whatever order units go out and come back', () =>
    fc.assert(
      fc.property(fc.nat(5_000), fc.integer({ min: 1, max: 8 }), fc.infiniteStream(fc.boolean()), (total, of, coins) => {
        const sold = paidBy({}, { total, deliveries: [], lines: [{ lineId: '1', sku: 'MUG', quantity: of, total, shipGroupId: '1' }] });
        const verified: PaymentCommand = { type: 'VerifyPayment', data: { ...at, terms: sold, facts, limits } };
        let past = after([verified, yes]);
        let [out, back] = [0, 0];
        const send = (n: number): readonly Step[] => [
          {
            type: 'ChargeShipment',
            data: { ...at, newId: captureId, shipmentId: `s${n}`, lines: [{ lineId: '1', sku: 'MUG', quantity: 1 }] },
          },
          yes,
        ];
        const takeBack = (n: number): readonly Step[] => {
          const amount = shareOfUnits(total, { before: n, units: 1, of });
          return [
            {
              type: 'RequestRefund',
              data: { ...at, newId: attemptId, refundId: `r${n}`, currency: 'GBP', amount, tender: 'original', cause: 'return' },
            },
            yes,
          ];
        };
        while (back < of) {
          const goesOut = back === out || (out < of && coins.next().value);
          past = after(goesOut ? send(out) : takeBack(back), past);
          if (goesOut) out += 1;
          else back += 1;
          if (!isKnown(past.state)) throw new Error('It was promised.');
          expect(sumsOf(past.state.ledger)).toMatchObject({
            captured: shareOfUnits(total, { before: 0, units: out, of }),
            refunded: shareOfUnits(total, { before: 0, units: back, of }),
          });
          expect(refundable(past.state.ledger)).toBeGreaterThanOrEqual(0);
        }
        expect(discrepancies(past)).toEqual([]);
      }),
      { numRuns: 100 },
    ));
});
