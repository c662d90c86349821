import { derivedId, fold, memoryStore, type StoredEvent } from '@cartage/eventsourcing';
import { rowsAfter } from '@cartage/views';
import fc from 'fast-check';
import { linesOf } from '../../domain/books/journal';
import type { SettlementLine } from '../../domain/settlements/line';
import type { Expectation } from '../../domain/settlements/matching';
import { isOpen, settlement, settlementStream, type SettlementEvent } from '../../domain/settlements/settlement';
import { expected, line, now, orderId } from '../../domain/settlements/settlement.fixture';
import { settlementPosting } from '../views/settlement-posting';
import { Reconciliation } from './reconciliation';

const meta = (n: number) => ({ commandId: derivedId(orderId, n), correlationId: orderId, actor: 'spec' });
const cash = { kind: 'cod-remittance', currency: 'INR' } as const;

/** A courier’s line; in dollars it says how many rupees those were. */
const remittance = (name: string, rupees: number, { of, dollars }: { readonly of: string; readonly dollars?: number }): SettlementLine =>
  line(name, dollars ?? rupees, {
    ...cash,
    ...{ fee: 0, net: dollars ?? rupees, references: [`ref-${of}`], settledAt: `2026-11-2${name.length}T10:00:00.000Z` },
    ...(dollars === undefined ? {} : { currency: 'USD', customer: { currency: 'INR', gross: rupees } }),
  });

type Step =
  | { readonly file: readonly SettlementLine[] }
  | { readonly collected: Expectation }
  | { readonly recorded: string; readonly amount: number }
  | 'sweep';

/** The cash of one order: what was collected at doors, what lines of files handed over of it, and what a person recorded. */
class Cash {
  readonly collected: Expectation[] = [];
  private readonly remitted = new Map<string, Map<string, number>>();

  private open(subject: string): number {
    const sum = (amounts: Iterable<number>): number => [...amounts].reduce((total, each) => total + each, 0);
    const owed = this.collected.filter((each) => each.subject === subject).map(({ amount }) => amount);
    return sum(owed) - sum(this.remitted.get(subject)?.values() ?? []);
  }

  /** Never more than is open; answers how much it is by now. */
  hand(subject: string, by: string, amount: number): number {
    const of = this.remitted.get(subject) ?? new Map<string, number>();
    const before = of.get(by) ?? 0;
    const more = Math.max(0, Math.min(amount - before, this.open(subject)));
    this.remitted.set(subject, of.set(by, before + more));
    return before + more;
  }

  byHand(): readonly Expectation[] {
    return [...this.remitted].flatMap(([subject, of]) =>
      [...of].flatMap(([by, amount]) =>
        by.startsWith('person') && amount > 0
          ? [
              {
                ...expected('h', 0 - amount, cash),
                id: derivedId(orderId, Number(by.slice(6)) + 500),
                subject,
                names: [],
                byHand: true as const,
              },
            ]
          : [],
      ),
    );
  }
}

const run = async (steps: readonly Step[]) => {
  const [store, desk] = [memoryStore({ now: () => new Date(now) }), new Cash()];
  let ids = 1_000;
  const events = async () => (await store.readMany([settlementStream(orderId)]))[0]?.events as readonly StoredEvent<SettlementEvent>[];
  const standings = async () => fold(settlement, await events()).standings;
  const reconciliation = new Reconciliation({
    store,
    newId: () => derivedId(orderId, (ids += 1)),
    idFor: (...parts) => parts.join('/'),
    now: () => new Date(now),
    isPublic: () => false,
    channelsOf: () => Promise.resolve([]),
    hearReturn: () => Promise.resolve(),
    settleClaim: () => Promise.resolve(0),
    recorded: () => Promise.resolve(desk.byHand().reduce((sum, { amount }) => sum - amount, 0)),
    remit: ({ shipmentId, reference, amount }) => Promise.resolve(desk.hand(shipmentId, reference, amount)),
    lookups: {
      ordersOf: (sought) => Promise.resolve(new Map(sought.map((each) => [each.line.lineId, orderId]))),
      expectationsOf: () => Promise.resolve(new Map([[orderId, [...desk.collected, ...desk.byHand()]]])),
      known: () => Promise.resolve(new Map()),
      open: async () => [...(await standings()).values()].filter(isOpen).map((each) => ({ line: each.line, orderId })),
    },
  });
  for (const [n, step] of steps.entries()) {
    if (step === 'sweep') await reconciliation.sweep();
    else if ('collected' in step) desk.collected.push(...(desk.collected.includes(step.collected) ? [] : [step.collected]));
    else if ('recorded' in step) desk.hand(step.recorded, `person${n}`, step.amount);
    else {
      const known = await standings();
      await reconciliation.take(
        step.file.filter(({ lineId }) => !known.has(lineId)),
        meta(n + 1),
      );
    }
  }
  return balancesOf(await events(), desk);
};

/** Each account of the books, in each currency: what was collected, what a person recorded, and what the lines put there. */
const balancesOf = (events: readonly StoredEvent<SettlementEvent>[], desk: Cash): Readonly<Record<string, number>> => {
  const own = [
    ...desk.collected.map(({ amount }) => ({ kind: 'collected', currency: 'INR', amount, part: 0 })),
    ...desk.byHand().map(({ amount }) => ({ kind: 'remitted', currency: 'INR', amount: 0 - amount, part: 0 })),
  ];
  const rows = rowsAfter(settlementPosting, events).map((row) => ({
    ...{ kind: String(row['kind']), currency: String(row['currency']), amount: Number(row['amount']), part: Number(row['part']) },
  }));
  const balances: Record<string, number> = {};
  for (const money of [...own, ...rows])
    for (const { role, debit, credit } of linesOf({ entryId: '', at: now, orderId, source: '', ...money })) {
      const account = `${money.currency} ${role}`;
      balances[account] = (balances[account] ?? 0) + debit - credit;
    }
  return Object.fromEntries(Object.entries(balances).filter(([, balance]) => balance !== 0));
};

const door = (name: string, amount: number, subject = `shipment-${name}`): Expectation => ({
  ...expected(name, amount, cash),
  subject,
  names: [`ref-${subject.slice('shipment-'.length)}`],
});
const [first, second] = [door('a', 100_00), door('b', 50_00)];
const lineOfFirst = remittance('1', 100_00, { of: 'a' });
const lineOfSecond = remittance('22', 50_00, { of: 'b' });
const recorded = (amount: number, { subject }: Expectation): Step => ({ recorded: subject, amount });

describe('what a person recorded of a carrier’s line that was booked', () => {
  it('is taken back when another file makes the comparison, and the line itself is not looked at again', async () =>
    expect(
      await run([
        { file: [lineOfFirst] },
        { collected: first },
        { collected: second },
        recorded(100_00, first),
        { file: [lineOfSecond] },
        'sweep',
      ]),
    ).toEqual({ 'INR bank': 150_00, 'INR receivable': -150_00 }));

  it('stays where another line of the same cash came first: what it handed over is not the person’s', async () => {
    const again = remittance('333', 100_00, { of: 'a' });
    expect(await run([{ collected: first }, { file: [again] }, { file: [lineOfFirst] }, 'sweep'])).toEqual({
      ...{ 'INR bank': 200_00, 'INR carrier-clearing': -100_00, 'INR receivable': -100_00 },
    });
  });

  it('leaves the bank in the customer’s currency: the carrier paid in another one', async () => {
    const dollars = remittance('1', 100_00, { of: 'a', dollars: 1_20 });
    const books = { 'USD bank': 1_20, 'USD exchange': -1_20, 'INR exchange': 100_00, 'INR receivable': -100_00 };
    expect(await run([{ collected: first }, { file: [dollars] }])).toEqual(books);
    expect(await run([{ collected: first }, recorded(100_00, first), { file: [dollars] }, 'sweep'])).toEqual(books);
    expect(await run([{ file: [dollars] }, { collected: first }, recorded(100_00, first), 'sweep', 'sweep'])).toEqual(books);
    expect(await run([{ file: [dollars] }, { collected: first }, recorded(30_00, first), { file: [dollars] }, 'sweep'])).toEqual(books);
  });

  it('is nothing of lines that no carrier sent: they are booked once, whole', async () => {
    const charge = line('4', 70_00, { currency: 'INR', fee: 0, net: 70_00 });
    const payout = line('5', -70_00, { kind: 'payout', currency: 'INR', fee: 0, net: -70_00 });
    const steps: Step[] = [{ file: [charge, payout] }, 'sweep', { collected: first }, recorded(100_00, first), { file: [lineOfFirst] }];
    expect(await run([...steps, 'sweep'])).toMatchObject({ 'INR bank': 170_00, 'INR provider-clearing': -70_00 });
  });
});

const parts = fc.record({
  cut: fc.integer({ min: 0, max: 99 }),
  dollars: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
  isTwice: fc.boolean(),
});
interface InParts {
  readonly cut: number;
  readonly dollars: readonly boolean[];
  readonly isTwice: boolean;
}

/** Lines that hand over all of it, in one or two parts and perhaps once too often, some of them in dollars. */
const linesFor = (of: string, total: number, { cut, dollars, isTwice }: InParts) => {
  const amounts = [...(cut === 0 ? [total] : [cut * 10, total - cut * 10]), ...(isTwice ? [total] : [])];
  return amounts.map((rupees, i) => remittance(`${of}${'x'.repeat(i)}`, rupees, { of, ...(dollars[i] ? { dollars: rupees / 10 } : {}) }));
};
describe('files of carriers and records of persons, in whatever order and however often', () => {
  it('come to the same books: the bank has what the files say, once', () =>
    fc.assert(
      fc.asyncProperty(parts, parts, fc.array(fc.nat(999), { maxLength: 14 }), async (ofFirst, ofSecond, order) => {
        const lines = [...linesFor('a', 100_00, ofFirst), ...linesFor('b', 50_00, ofSecond)];
        const doors = [door('p', 60_00, first.subject), door('q', 40_00, first.subject), second];
        const all: Step[] = [
          ...lines.map((each) => ({ file: [each] })),
          ...doors.map((collected) => ({ collected })),
          ...[recorded(30_00, first), recorded(100_00, first), recorded(50_00, second), 'sweep' as const],
        ];
        const steps = order.flatMap((n) => all[n % all.length] ?? []);
        const rest: Step[] = [...doors.map((collected) => ({ collected })), { file: lines }, 'sweep', 'sweep'];
        const { 'INR receivable': receivable, ...books } = await run([...steps, ...rest]);
        const total = (of: readonly number[]): number => of.reduce((sum, each) => sum + each, 0);
        const [rupees, dollars] = [lines.filter(({ customer }) => !customer), lines.filter(({ customer }) => customer)];
        const exchanged = total(dollars.map(({ customer }) => customer?.gross ?? 0));
        const inDollars = total(dollars.map(({ gross }) => gross));
        const clearing = 150_00 - total(rupees.map(({ gross }) => gross)) - exchanged;
        const balances: Readonly<Record<string, number>> = {
          ...{ 'INR bank': total(rupees.map(({ gross }) => gross)), 'INR carrier-clearing': clearing, 'INR exchange': exchanged },
          ...{ 'USD bank': inDollars, 'USD exchange': 0 - inDollars },
        };
        expect(receivable).toBe(-150_00);
        expect(books).toEqual(Object.fromEntries(Object.entries(balances).filter(([, balance]) => balance !== 0)));
      }),
      { numRuns: 200 },
    ));
});
