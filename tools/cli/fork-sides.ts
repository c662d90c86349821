import type { Shown } from '../client/client';

/** One figure of both sides. */
export interface Figure {
  readonly measure: string;
  /** As it really was; absent: it was one of the two. */
  readonly was?: number;
  readonly without: number;
  readonly with: number;
}

/** The same past without and with one thing that was learned. */
export interface Sides {
  readonly method: string;
  /** How both are known. */
  readonly about: string;
  readonly figures: readonly Figure[];
}

const listOf = (value: unknown): readonly Shown[] => (Array.isArray(value) ? (value as readonly Shown[]) : []);
const shownIn = (of: Shown, field: string): Shown => (of[field] ?? {}) as Shown;
const numberIn = (of: Shown, field: string): number => Number(of[field] ?? 0);
const hundredths = (value: number): number => Math.round(value * 100) / 100;

const played: readonly (readonly [field: string, measure: string])[] = [
  ['fulfillments', 'fulfilments'],
  ['split', 'split: orders from more than one location'],
  ['short', 'short: orders of which something waits at the end'],
  ['unfilledUnits', 'units that nobody ships at the end'],
  ['late', 'late: fulfilments begun after the promised hand-over'],
  ['daysLate', 'days late, of all of them'],
  ['daysToBegin', 'days from decision to beginning, of all of them'],
  ['km', 'kilometres'],
];

const costsIn = (totals: Shown): ReadonlyMap<string, number> =>
  new Map(listOf(totals['costs']).map((cost) => [String(cost['currency']), numberIn(cost, 'amount')]));

/** Two forks of the same time: what was stands in both. */
export const playedSides = (without: Shown, ahead: Shown): Sides => {
  const [none, some] = [shownIn(without, 'result'), shownIn(ahead, 'result')];
  const [was, a, b] = [shownIn(none, 'before'), shownIn(none, 'now'), shownIn(some, 'now')];
  const money = [was, a, b].map(costsIn);
  const currencies = [...new Set(money.flatMap((each) => [...each.keys()]))].sort();
  const [before, one, other] = [money[0], money[1], money[2]];
  return {
    method: 'look-ahead',
    about: `Played forward twice, ${String(numberIn(a, 'orders'))} orders and ${String(numberIn(without, 'of'))} decisions each; ${numberIn(some, 'same')} of the orders go with it as they really went.`,
    figures: [
      ...currencies.map((currency) => ({
        measure: `carriage and handling, ${currency}, minor units`,
        ...{ was: before?.get(currency) ?? 0, without: one?.get(currency) ?? 0, with: other?.get(currency) ?? 0 },
      })),
      ...played.map(([field, measure]) => ({
        measure,
        ...{ was: numberIn(was, field), without: numberIn(a, field), with: numberIn(b, field) },
      })),
    ],
  };
};

const bothOf = (of: Shown, measure: string, figure: (side: Shown) => number): Figure => ({
  measure,
  without: hundredths(figure(shownIn(of, 'baseline'))),
  with: hundredths(figure(shownIn(of, 'learned'))),
});

/** By currency, of labels for which both stand in the record. */
export const carrierSides = (report: Shown): Sides => ({
  method: 'carriers',
  about: `As recorded, of ${listOf(report['items']).reduce((sum, each) => sum + numberIn(each, 'labels'), 0)} labels for which both were known.`,
  figures: listOf(report['items']).flatMap((item) => {
    const currency = String(item['currency']);
    return [
      bothOf(item, `offers, ${currency}, minor units`, (side) => numberIn(side, 'cost')),
      bothOf(item, `expected with lateness and loss, ${currency}, minor units`, (side) => numberIn(side, 'expected')),
      bothOf(item, `late or lost, of a hundred that went so (${currency})`, (side) => {
        const ended = numberIn(side, 'ended');
        return ended === 0 ? 0 : (100 * (numberIn(side, 'late') + numberIn(side, 'lost'))) / ended;
      }),
    ];
  }),
});

/** Of all months together; an average day counts as often as it was promised. */
export const promiseSides = (months: readonly Shown[]): Sides => {
  const promised = months.reduce((sum, each) => sum + numberIn(each, 'promised'), 0);
  const all = (name: 'baseline' | 'learned') => ({
    late: months.reduce((sum, each) => sum + numberIn(shownIn(each, name), 'late'), 0),
    days: months.reduce((sum, each) => sum + numberIn(shownIn(each, name), 'days') * numberIn(each, 'promised'), 0),
  });
  const both = { baseline: all('baseline'), learned: all('learned') };
  return {
    method: 'promise',
    about: `As recorded, of ${promised} promises of these months for which both were known and it is known what came of them.`,
    figures:
      promised === 0
        ? []
        : [
            bothOf(both, 'late promises', (side) => numberIn(side, 'late')),
            bothOf(both, 'days promised, on average', (side) => numberIn(side, 'days') / promised),
          ],
  };
};

/** At whom a person would look, by the rules and by what was learned. */
export const riskSides = (report: Shown): Sides => {
  const all = listOf(report['items']).find((item) => item['by'] === 'all') ?? {};
  const known = numberIn(all, 'known');
  return {
    method: 'risk',
    about: `As recorded, of ${numberIn(all, 'orders')} orders; of ${known} it is known by now what became of them, and ${numberIn(all, 'wentWrong')} went wrong: ${numberIn(all, 'flaggedOfWrong')} of these, and ${numberIn(all, 'flaggedOfGood')} of the others, were flagged by what was learned.`,
    figures:
      numberIn(all, 'orders') === 0
        ? []
        : [{ measure: 'orders that are looked at or declined', without: numberIn(all, 'flaggedByRules'), with: numberIn(all, 'flagged') }],
  };
};

/** Months that a time touches; promises are counted by the month in which they were due. */
export const monthsOf = (months: readonly Shown[], { from, to }: { readonly from: string; readonly to: string }): readonly Shown[] =>
  months.filter(({ value }) => typeof value === 'string' && value >= from.slice(0, 7) && value <= to.slice(0, 7));
