import { join } from 'node:path';
import { fold, specFor } from '@cartage/eventsourcing';
import { goldenSamples } from '@cartage/testkit';
import fc from 'fast-check';
import type { SettlementLine } from './line';
import type { Expectation } from './matching';
import type { RecordedByHand } from './posting';
import { publishedOfSettlements } from './published';
import { settlement, type Resolution, type Settlement, type SettlementCommand, type SettlementEvent } from './settlement';
import { expected, line, naming, now, orderId } from './settlement.fixture';

const { given } = specFor(settlement);
const capture = expected('a', 100);
const reason = { code: 'bank-charges', by: 'operator' };
const reconcile = (
  lines: readonly SettlementLine[],
  expectations: readonly Expectation[] = [capture],
  recorded: readonly RecordedByHand[] = [],
): SettlementCommand => ({ type: 'Reconcile', data: { orderId, lines, expectations, recorded, now } });
const byHand = (kind: RecordedByHand['kind'], amount: number): readonly RecordedByHand[] => [{ kind, currency: 'GBP', amount }];
const resolve = (lineId: string, resolution: Resolution): SettlementCommand => ({
  type: 'ResolveMismatch',
  data: { lineId, resolution, reason, now },
});
const after = (...commands: readonly SettlementCommand[]): readonly SettlementEvent[] =>
  commands.reduce<readonly SettlementEvent[]>(
    (events, command) => [...events, ...settlement.decide(command, fold(settlement, events))],
    [],
  );
const told = (events: readonly SettlementEvent[]) =>
  events.map(({ type, data }) => [type, 'outcome' in data ? data.outcome.code : undefined]);

const whole = line('1', 100, 'a');
const short = line('1', 60, 'a');

describe('the settlements of an order', () => {
  it('tell once of a line that agrees, with what it answers and what goes into the books', () =>
    given()
      .when(reconcile([whole]))
      .thenOnce({
        type: 'PaymentSettled',
        data: {
          ...{ line: whole, orderId, settles: [capture], complete: [capture.id], at: now, posted: { gross: 100, fee: 10 } },
          outcome: { code: 'matched', settles: [capture.id], expected: 100, covered: 100 },
        },
      }));

  it('park a line until what it speaks of has moved, and book it once', () => {
    const events = after(reconcile([whole], []), reconcile([]), reconcile([whole]));
    expect(told(events)).toEqual([
      ['SettlementLineParked', 'unmatched'],
      ['PaymentSettled', 'matched'],
    ]);
    expect(events.map(({ data }) => 'posted' in data)).toEqual([true, false]);
  });

  it('close what is missing of another currency in that currency', () => {
    const euros = expected('a', 100, { currency: 'EUR' });
    const less = line('1', 77, { ...naming('a'), customer: { currency: 'EUR', gross: 90 } });
    const [told, closed] = after(reconcile([less], [euros]), resolve(less.lineId, 'write-off'));
    expect(told).toMatchObject({ type: 'SettlementMismatch', data: { outcome: { code: 'short', expected: 100 }, posted: { gross: 77 } } });
    expect(closed).toMatchObject({ type: 'SettlementMismatchResolved', data: { expectedCurrency: 'EUR' } });
  });

  it('find a short line whole when the rest comes', () =>
    expect(told(after(reconcile([short]), reconcile([line('2', 40, 'a')])))).toEqual([
      ['SettlementMismatch', 'short'],
      ['PaymentSettled', 'matched'],
      ['PaymentSettled', 'matched'],
    ]));

  it('book of collected cash only what was not recorded as handed over before', () => {
    const cash = expected('c', 100, { kind: 'cod-remittance' });
    const remitted = line('1', 100, { references: ['ref-c'], kind: 'cod-remittance', remitted: 30 });
    expect(after(reconcile([remitted], [cash], byHand('cod-remittance', 70)))).toMatchObject([
      { data: { posted: { gross: 30, fee: 10 } } },
    ]);
  });
});

describe('a mismatch', () => {
  it('that is written off is closed: nothing is expected any more, and what still comes is too much', () => {
    const events = after(reconcile([short]), resolve(short.lineId, 'write-off'), reconcile([line('2', 40, 'a')]));
    expect(events.slice(1)).toMatchObject([
      { type: 'SettlementMismatchResolved', data: { orderId, resolution: 'write-off', complete: [capture.id], expectedCurrency: 'GBP' } },
      { type: 'SettlementMismatch', data: { outcome: { code: 'double' } } },
    ]);
  });

  it('that is claimed stays open: it may be paid, or written off after all', () => {
    const claimed = [reconcile([short]), resolve(short.lineId, 'claim')];
    expect(told(after(...claimed, reconcile([line('2', 40, 'a')])).slice(2))).toEqual([
      ['PaymentSettled', 'matched'],
      ['PaymentSettled', 'matched'],
    ]);
    expect(after(...claimed, resolve(short.lineId, 'write-off')).at(-1)).toMatchObject({ data: { resolution: 'write-off' } });
  });

  it('is resolved once, and in one way', () => {
    const closed = after(reconcile([short]), resolve(short.lineId, 'accept'));
    given(...closed)
      .when(resolve(short.lineId, 'accept'))
      .thenNothing();
    given(...closed)
      .when(resolve(short.lineId, 'write-off'))
      .thenRefused('MISMATCH_RESOLVED');
  });

  it('is none where a line agrees, or is not known', () => {
    given(...after(reconcile([whole])))
      .when(resolve(whole.lineId, 'accept'))
      .thenRefused('NOTHING_TO_RESOLVE');
    given().when(resolve(whole.lineId, 'accept')).thenRefused('SETTLEMENT_LINE_UNKNOWN');
  });
});

describe('a line that pays a claim on a carrier', () => {
  it('is told with the claim, which is of no payment', () => {
    const { paymentId: _, ...owed } = expected('a', 100);
    const claim: Expectation = { ...owed, kind: 'carrier-claim' };
    const [settled] = after(reconcile([{ ...whole, kind: 'carrier-claim' }], [claim]));
    const about = {
      id: 'e',
      stream: 's',
      version: 1,
      position: '1',
      recordedAt: '',
      meta: { commandId: 'c', correlationId: 'c', actor: 'spec' },
    };
    expect(publishedOfSettlements.PaymentSettled?.({ ...settled, ...about } as never)).toMatchObject({
      data: { kind: 'carrier-claim', settles: [], claims: [{ claimId: claim.subject, currency: claim.currency }] },
    });
  });
});

describe('a carrier’s money that its file and a person tell of', () => {
  const owed: Expectation = { ...expected('a', 100), kind: 'carrier-claim' };
  const paidByHand: Expectation = { ...owed, id: expected('h', 1).id, amount: -100, byHand: true };
  const paying: SettlementLine = { ...whole, kind: 'carrier-claim', fee: 0, net: 100 };
  /** Whoever comes first settles the claim; until it is owed a line settles nothing. */
  const books = (steps: readonly ('file' | 'owed' | 'hand' | 'sweep')[]) => {
    let [events, heard, remitted]: [readonly SettlementEvent[], readonly Expectation[], number] = [[], [], 0];
    const compare = () => {
      if (heard.length === 1) remitted = 100;
      events = [
        ...events,
        ...settlement.decide(
          reconcile([{ ...paying, remitted }], heard, byHand('carrier-claim', heard.length === 2 ? 100 : 0)),
          fold(settlement, events),
        ),
      ];
    };
    const acts = {
      file: compare,
      sweep: compare,
      owed: () => (heard = [owed]),
      hand: () => (heard = remitted > 0 ? heard : [owed, paidByHand]),
    };
    for (const step of steps) acts[step]();
    const posted = events.reduce((sum, { data }) => sum + ('posted' in data ? (data.posted?.gross ?? 0) : 0), 0);
    return { bank: posted + (heard.length === 2 ? 100 : 0), last: events.at(-1)?.type };
  };

  it.each([
    [['file', 'owed', 'hand', 'sweep']],
    [['file', 'owed', 'sweep', 'hand', 'sweep']],
    [['file', 'sweep', 'owed', 'hand', 'sweep', 'sweep']],
    [['owed', 'file', 'hand', 'sweep']],
    [['owed', 'hand', 'file', 'sweep']],
  ] as const)('is in the bank once: %j', (steps) => expect(books(steps)).toEqual({ bank: 100, last: 'PaymentSettled' }));

  it('is in the bank once, too, where no order was known at first', () => {
    const arriving = { ...paying, posted: true };
    expect(after(reconcile([{ ...arriving, remitted: 0 }], [owed, paidByHand], byHand('carrier-claim', 100)))).toMatchObject([
      { data: { posted: { gross: -100, fee: 0 } } },
    ]);
    expect(after(reconcile([{ ...arriving, remitted: 100 }], [owed])).map(({ data }) => 'posted' in data)).toEqual([false]);
  });

  it('stays booked where another line of the same claim handed it over', () => {
    const other: SettlementLine = {
      ...paying,
      ...line('2', 50, { ...naming('a'), kind: 'carrier-claim', fee: 0, net: 50 }),
      settledAt: now,
    };
    const half = { ...owed, amount: 50 };
    const rest = { ...owed, id: expected('r', 1).id, amount: 50 };
    const events = after(
      reconcile([{ ...paying, remitted: 50 }], [half]),
      reconcile([{ ...other, remitted: 0 }], [half]),
      reconcile(
        [
          { ...other, remitted: 50, posted: true },
          { ...paying, remitted: 50, posted: true },
        ],
        [half, rest],
      ),
    );
    expect(events.flatMap(({ data }) => ('posted' in data ? [data.posted?.gross] : []))).toEqual([100, 50]);
  });
});

describe('a line of which no order was known', () => {
  const assign: SettlementCommand = { type: 'AssignLine', data: { lineId: whole.lineId, orderId, now } };
  const parked = after({ type: 'Reconcile', data: { lines: [whole], expectations: [], recorded: [], now } });

  it('goes to its order once that is known, and is compared there', () => {
    given(...parked)
      .when(assign)
      .thenOnce({ type: 'SettlementLineAssigned', data: { lineId: whole.lineId, orderId, at: now } });
    given(...parked)
      .when(resolve(whole.lineId, 'accept'))
      .then(expect.objectContaining({ type: 'SettlementMismatchResolved' }) as SettlementEvent);
  });

  it('stays where it is once a person has closed it', () =>
    given(...parked, ...settlement.decide(resolve(whole.lineId, 'accept'), fold(settlement, parked)))
      .when(assign)
      .thenNothing());
});

describe('what was stored of settlements', () => {
  it('folds for ever', () => {
    const golden = goldenSamples<SettlementEvent>(join(__dirname, 'golden'));
    expect(golden.types).toEqual([
      'PaymentSettled',
      'SettlementLineAssigned',
      'SettlementLineBooked',
      'SettlementLineParked',
      'SettlementMismatch',
      'SettlementMismatchResolved',
    ]);
    const standings = (...types: readonly SettlementEvent['type'][]) => [
      ...fold(
        settlement,
        types.map((type) => golden.of(type)),
      ).standings.values(),
    ];
    expect(standings('PaymentSettled')).toMatchObject([{ outcome: { code: 'matched' } }]);
    expect(standings('SettlementLineBooked')).toMatchObject([{ outcome: { code: 'alone' } }]);
    expect(standings('SettlementLineParked', 'SettlementLineAssigned')).toMatchObject([{ assignedTo: orderId }]);
    expect(standings('SettlementMismatch', 'SettlementMismatchResolved')).toMatchObject([
      { outcome: { code: 'short' }, resolution: 'write-off' },
    ]);
  });
});

const amount = fc.constantFrom(40, 60, 100, -30);
const files = fc.array(fc.record({ amount, named: fc.constantFrom('0', '1', undefined), day: fc.nat(3) }), { minLength: 1, maxLength: 5 });
const money = fc.array(amount, { maxLength: 4 });

describe('settlements, whatever is told in whatever order, and again', () => {
  it('end in the same, and each line of the file is matched or not: together they are the file', () =>
    fc.assert(
      fc.property(files, money, fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 12 }), (said, moved, steps) => {
        const lines = said.map((each, i) =>
          line(String(i), each.amount, { ...naming(each.named), settledAt: `2026-11-1${each.day}T00:00:00.000Z` }),
        );
        const movements = moved.map((each, i) => expected(String(i), each));
        const told = steps.map(([lineAt, upTo]) => reconcile(lines.slice(lineAt, lineAt + 2), movements.slice(0, upTo)));
        const standing = (events: readonly SettlementEvent[]): Settlement => fold(settlement, events);
        const inSteps = standing(after(...told, ...told.toReversed(), reconcile(lines, movements)));
        const atOnce = standing(after(reconcile(lines, movements)));
        const codes = ({ standings }: Settlement) => [...standings].map(([id, { outcome }]) => [id, outcome]).toSorted();
        expect(codes(inSteps)).toEqual(codes(atOnce));
        const total = (of: readonly SettlementLine[]) => of.reduce((sum, { gross }) => sum + gross, 0);
        const parts = [...inSteps.standings.values()];
        const matched = parts.filter(({ outcome }) => outcome.code === 'matched').map((each) => each.line);
        const others = parts.filter(({ outcome }) => outcome.code !== 'matched').map((each) => each.line);
        expect(total(matched) + total(others)).toBe(total(lines));
      }),
      { numRuns: 300 },
    ));
});
