import { derivedId, Refused } from '@cartage/eventsourcing';
import fc from 'fast-check';
import { recordOf } from '../app/settling';
import type { OutcomeByHand, PaymentCommand, ProviderAnswer } from './commands';
import { payment } from './decider';
import type { PaymentEvent } from './events';
import { amountIn, isUnknown, sumsOf } from './ledger';
import { outstandingCalls, type CaptureCall, type RefundCall, type VoidCall } from './outstanding';
import { isKnown, type Known, type Payment } from './payment';
import {
  attemptId,
  authorizationId,
  byCustomer,
  captured,
  captureId,
  charged,
  firstShipment,
  now,
  orderId,
  paymentId,
  promised,
  refundId,
  returnId,
  secondShipment,
} from './payment.fixture';
import { discrepanciesOf } from './reconciliation';
import { silentCalls } from './silence';

type Call = CaptureCall | VoidCall | RefundCall;

/** What the provider has in its own books of a call that reached it; who asks twice with a key moves money once. */
interface Kept {
  readonly call: Call;
  readonly answer: Exclude<ProviderAnswer, { readonly status: 'pending' }>;
}

interface World {
  readonly events: readonly PaymentEvent[];
  readonly state: Payment;
  /** By the key of the call. */
  readonly provider: ReadonlyMap<string, Kept>;
  /** Every call that was ever made: an answer to it may be on its way still. */
  readonly made: readonly Call[];
}

const stepNames = ['ship', 'give back', 'give back more', 'cancel', 'call', 'lose', 'answer', 'notice', 'give up', 'retry', 'say'] as const;
interface Step {
  readonly name: (typeof stepNames)[number];
  readonly which: number;
  readonly refuses: boolean;
}

const knownOf = ({ state }: World): Known => {
  if (!isKnown(state)) throw new Error('It was verified.');
  return state;
};

/** No two decisions make the same ids. */
const at = ({ events }: World) => ({ orderId, now, newId: derivedId(attemptId, 4096 * (events.length + 1)) });

const told = (world: World, command: PaymentCommand | undefined): World => {
  if (!command) return world;
  try {
    const next = payment.decide(command, world.state);
    return { ...world, events: [...world.events, ...next], state: next.reduce(payment.evolve, world.state) };
  } catch (error) {
    if (error instanceof Refused) return world;
    throw error;
  }
};

const callsOf = (world: World): readonly Call[] =>
  outstandingCalls(world.state).filter((call): call is Call => call.operation !== 'authorize' && call.operation !== 'inquire');

const nth = <Thing>(things: readonly Thing[], n: number): Thing | undefined => things[n % Math.max(1, things.length)];

/** The call reaches its provider, which has answered it for ever. */
const reached = (world: World, call: Call, refuses: boolean): World => {
  if (world.provider.has(call.key)) return world;
  const answer = refuses
    ? ({ status: 'declined', reason: 'no', final: true } as const)
    : ({ status: 'approved', reference: `p-${call.key}` } as const);
  const kept = { call, answer };
  return { ...world, provider: new Map(world.provider).set(call.key, kept) };
};

const answeringTo = (world: World, call: Call | undefined): PaymentCommand | undefined => {
  const kept = call && world.provider.get(call.key);
  return kept && recordOf(kept.call, kept.answer, { newId: () => at(world).newId, now: () => new Date(now), pauses: [] });
};

const noticeOf = (world: World, { call, answer }: Kept): PaymentCommand | undefined => {
  const of = { ...at(world), authorizationId };
  if (answer.status === 'declined') return undefined;
  if (call.operation === 'void') return { type: 'HearAuthorizationEnded', data: of };
  const moved = { ...of, currency: call.currency, amount: call.amount, reference: answer.reference, attemptId: call.key };
  return call.operation === 'capture'
    ? { type: 'HearCapture', data: moved }
    : { type: 'HearRefund', data: { ...moved, outcome: 'issued' } };
};

const unknownIn = ({ ledger }: Known): readonly (Pick<OutcomeByHand, 'operation' | 'subject'> & { readonly key: string })[] => [
  ...[...ledger.captures].flatMap(([id, each]) =>
    isUnknown(each) ? [{ operation: 'capture' as const, subject: id, key: each.attemptId ?? '' }] : [],
  ),
  ...[...ledger.voids].flatMap(([id, each]) =>
    isUnknown(each) ? [{ operation: 'void' as const, subject: id, key: each.attemptId ?? '' }] : [],
  ),
  ...[...ledger.refunds.values()].flatMap((each) =>
    isUnknown(each) ? [{ operation: 'refund' as const, subject: each.refundId, key: each.attemptId ?? '' }] : [],
  ),
];

/** A person says what the provider has in its books. */
const sayingTruly = (world: World, which: number): PaymentCommand | undefined => {
  const lost = nth(unknownIn(knownOf(world)), which);
  if (!lost) return undefined;
  const { key, ...of } = lost;
  const answer = world.provider.get(key)?.answer;
  const outcome =
    answer?.status === 'approved' ? ({ outcome: 'done', reference: answer.reference } as const) : ({ outcome: 'not-done' } as const);
  return { type: 'RecordOutcome', data: { ...at(world), ...of, ...outcome } };
};

const retrying = (world: World, which: number): PaymentCommand | undefined => {
  const { captures, voids, refunds } = knownOf(world).ledger;
  const ways: readonly PaymentCommand[] = [
    ...[...captures.keys()].map((captureId) => ({ type: 'RetryCapture' as const, data: { ...at(world), captureId } })),
    ...[...voids.keys()].map((voidId) => ({ type: 'RetryVoid' as const, data: { ...at(world), voidId } })),
    ...[...refunds.values()].map(({ refundId: id }) => ({ type: 'RetryRefund' as const, data: { ...at(world), refundId: id } })),
  ];
  return nth(ways, which);
};

const refunding = (world: World, id: string, amount: number): PaymentCommand => ({
  type: 'RequestRefund',
  data: { ...at(world), refundId: id, currency: 'GBP', amount, tender: 'original', cause: 'goodwill' },
});

const after: { readonly [Name in Step['name']]: (world: World, step: Step) => World } = {
  ship: (world) =>
    told(world, {
      type: 'ChargeShipment',
      data: { ...at(world), shipmentId: secondShipment, lines: [{ lineId: '2', sku: 'LAMP', quantity: 1 }] },
    }),
  'give back': (world) => told(world, refunding(world, refundId, 400)),
  'give back more': (world) => told(world, refunding(world, returnId, 700)),
  cancel: (world) => told(world, { type: 'CancelPayment', data: { ...at(world), reason: byCustomer } }),
  /** It is made, and its answer gets lost; or it never arrives. */
  call: (world, { which, refuses }) => {
    const call = nth(callsOf(world), which);
    return call ? { ...reached(world, call, refuses), made: [...world.made, call] } : world;
  },
  lose: (world, { which }) => {
    const call = nth(callsOf(world), which);
    return call ? { ...world, made: [...world.made, call] } : world;
  },
  answer: (world, { which }) => told(world, answeringTo(world, nth(world.made, which))),
  notice: (world, { which }) => {
    const kept = nth([...world.provider.values()], which);
    return kept ? told(world, noticeOf(world, kept)) : world;
  },
  'give up': (world, { which }) => {
    const silent = nth(silentCalls(knownOf(world)), which);
    return silent ? told(world, { type: 'GiveUpCall', data: { ...at(world), key: silent.key, silentSince: silent.since } }) : world;
  },
  retry: (world, { which }) => told(world, retrying(world, which)),
  say: (world, { which }) => told(world, sayingTruly(world, which)),
};

const firstCall: CaptureCall = {
  ...{ operation: 'capture', key: captureId, captureId, provider: 'simulated', authorization: 'auth-1', failures: 0 },
  ...{ orderId, paymentId, currency: 'GBP', amount: 1167, shipmentId: firstShipment },
};
const facts = [...promised, charged, captured] as const;
/** The first shipment is paid for: its money can be given back. */
const begun: World = {
  events: facts,
  state: facts.reduce(payment.evolve, payment.initial),
  provider: new Map([[captureId, { call: firstCall, answer: { status: 'approved', reference: 'cap-1' } }]]),
  made: [],
};
const often = ['ship', 'give back', 'call', 'call', 'give up', 'give up', 'retry', 'retry'] as const;
const step: fc.Arbitrary<Step> = fc.record({ name: fc.constantFrom(...stepNames, ...often), which: fc.nat(7), refuses: fc.boolean() });

/** Everything that a provider did is told at last, and what is asked for still is done. */
const atRest = (world: World): World => {
  let rested = world;
  for (let round = 0; round < 12; round += 1) {
    for (const call of callsOf(rested)) rested = told(reached(rested, call, false), answeringTo(reached(rested, call, false), call));
    for (const { call } of rested.provider.values()) rested = told(rested, answeringTo(rested, call));
    for (const kept of rested.provider.values()) rested = told(rested, noticeOf(rested, kept));
  }
  return rested;
};

const doneAt = ({ provider }: World, operation: Call['operation']): readonly Call[] =>
  [...provider.values()].flatMap(({ call, answer }) => (call.operation === operation && answer.status === 'approved' ? [call] : []));
const sum = (calls: readonly Call[]): number => calls.reduce((total, { amount }) => total + amount, 0);
const idOf = (call: Call): string =>
  call.operation === 'capture' ? call.captureId : call.operation === 'void' ? call.voidId : call.refundId;

describe('money whose provider is silent, in any order of its answers, their loss, and what people do', () => {
  it('is in our books as it is in the provider’s, was moved once for each thing that was wanted, and nothing stays unknown that was told', () => {
    let [lost, retried] = [0, 0];
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => {
        const world = steps.reduce((past, each) => after[each.name](past, each), begun);
        if (isKnown(world.state) && unknownIn(world.state).length > 0) lost += 1;
        if (world.events.filter(({ type }) => type === 'CaptureRequested' || type === 'RefundRequested').length > 2) retried += 1;
        for (const operation of ['capture', 'refund'] as const) {
          const done = doneAt(world, operation).map(idOf);
          expect(new Set(done).size).toBe(done.length);
        }
        const rested = atRest(world);
        const { ledger } = knownOf(rested);
        expect(amountIn(ledger.captures.values(), 'captured')).toBe(sum(doneAt(rested, 'capture')));
        expect(amountIn(ledger.refunds.values(), 'issued')).toBe(sum(doneAt(rested, 'refund')));
        expect(unknownIn(knownOf(rested)).filter(({ key }) => rested.provider.has(key))).toEqual([]);
        expect(callsOf(rested)).toEqual([]);
        expect(discrepanciesOf(rested.events, sumsOf(ledger))).toEqual([]);
      }),
      { numRuns: 800 },
    );
    expect(lost).toBeGreaterThan(100);
    expect(retried).toBeGreaterThan(100);
  });

  it('takes each command quietly that comes a second time', () =>
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30, size: 'max' }), fc.nat(7), (steps, which) => {
        const world = steps.reduce((past, each) => after[each.name](past, each), begun);
        const heard = [
          answeringTo(world, nth(world.made, which)),
          sayingTruly(world, which),
          ...silentCalls(knownOf(world)).map(({ key, since }): PaymentCommand => ({
            type: 'GiveUpCall',
            data: { ...at(world), key, silentSince: since },
          })),
        ];
        for (const command of heard) {
          const once = told(world, command);
          expect(told(once, command).events.length).toBe(once.events.length);
        }
      }),
      { numRuns: 300 },
    ));
});
