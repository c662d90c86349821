import type { Schemas } from '../api/client';

/** A figure of the past, and what it would have been. */
export interface Figure {
  readonly id: FigureId;
  readonly before: number;
  readonly now: number;
  /** Of amounts of money. */
  readonly currency?: string;
}

export const figureIds = [
  'fulfillments',
  'split',
  'unfilled',
  'short',
  'unfilledUnits',
  'km',
  'cost',
  'late',
  'daysLate',
  'daysToBegin',
  'refunds',
  'labelCost',
  'daysSaid',
  'onTimePercent',
  'unplaced',
] as const;
export type FigureId = (typeof figureIds)[number];

/** What would be decided otherwise: so many, and what they came to. */
export interface Shift {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly money: readonly { readonly currency: string; readonly amount: number }[];
}

export interface Example {
  readonly id: string;
  /** Absent: nobody says which order it was of. */
  readonly orderId?: string;
  readonly before: string;
  readonly now: string;
}

/** What rules would have done to the past. */
export interface Trial {
  /** Decisions, orders or lines that were looked at. */
  readonly checked: number;
  readonly unchanged: number;
  readonly figures: readonly Figure[];
  readonly shifts: readonly Shift[];
  readonly examples: readonly Example[];
}

const figuresIn = <Name extends FigureId>(
  names: readonly Name[],
  before: Readonly<Record<Name, number>>,
  now: Readonly<Record<Name, number>>,
): readonly Figure[] => names.map((id) => ({ id, before: before[id], now: now[id] }));

/** `currency`: the one that the rules count costs in; where they count none, a cost says nothing. */
export const routingTrial = ({ decisions, unchanged, before, now, examples }: Schemas['RoutingTrial'], currency?: string): Trial => ({
  checked: decisions,
  unchanged,
  figures: [
    ...figuresIn(['fulfillments', 'split', 'unfilled', 'km', 'late'], before, now),
    ...(currency === undefined ? [] : [{ id: 'cost' as const, before: before.cost, now: now.cost, currency }]),
  ],
  shifts: [],
  examples: examples.map((each) => ({
    ...{ id: each.decisionId, orderId: each.orderId },
    ...{ before: each.before.join(', '), now: each.now.join(', ') },
  })),
});

export const verificationTrial = ({ orders, unchanged, shifts, examples }: Schemas['VerificationTrial']): Trial => ({
  checked: orders,
  unchanged,
  figures: [],
  shifts: shifts.map(({ from, to, orders: count, money }) => ({ from, to, count, money })),
  examples: examples.map(({ orderId, from, to, scoreBefore, scoreNow }) => ({
    ...{ id: orderId, orderId },
    ...{ before: `${from} (${scoreBefore})`, now: `${to} (${scoreNow})` },
  })),
});

export const returnsTrial = ({ lines, unchanged, shifts, refunds, examples }: Schemas['ReturnPolicyTrial']): Trial => ({
  checked: lines,
  unchanged,
  figures: refunds.map(({ currency, before, now }) => ({ id: 'refunds', before, now, currency })),
  shifts: shifts.map(({ from, to, lines: count }) => ({ from, to, count, money: [] })),
  examples: examples.map(({ returnId, lineId, orderId, from, to }) => ({ id: `${returnId} ${lineId}`, orderId, before: from, now: to })),
});

type Totals = Schemas['CarrierPolicyTrial']['totals'][number];

/** Means of days and of what is expected to be in time are of one currency: those of several cannot be added up. */
const meansOf = ({ was, would }: Totals): readonly Figure[] =>
  (
    [
      ['daysSaid', was.days, would.days],
      ['onTimePercent', was.onTimePercent, would.onTimePercent],
    ] as const
  ).flatMap(([id, before, now]) => (before === null || now === null ? [] : [{ id, before, now }]));

const goesBy = (choice: { readonly carrier: string; readonly service: string } | undefined): string =>
  choice ? `${choice.carrier} ${choice.service}` : '–';

/** Whom a policy would have bought labels from. What nobody may take would wait for a person. */
export const carriersTrial = ({ labels, changed, unplaced, totals, examples }: Schemas['CarrierPolicyTrial']): Trial => ({
  checked: labels,
  unchanged: labels - changed - unplaced,
  figures: [
    ...totals.map(({ currency, was, would }) => ({ id: 'labelCost' as const, before: was.cost, now: would.cost, currency })),
    ...(totals.length === 1 ? totals.flatMap(meansOf) : []),
    ...(labels === 0 ? [] : [{ id: 'unplaced' as const, before: 0, now: unplaced }]),
  ],
  shifts: [],
  examples: examples.map(({ labelId, was, would }) => ({ id: labelId, before: goesBy(was), now: goesBy(would) })),
});

type Played = NonNullable<Schemas['RoutingFork']['result']>;

/** What came of a fork beside what was. Costs of each currency by itself. */
export const forkFigures = ({ before, now }: Played): readonly Figure[] => [
  ...figuresIn(['fulfillments', 'split', 'short', 'unfilledUnits', 'km', 'late', 'daysLate', 'daysToBegin'], before, now),
  ...[...new Set([...before.costs, ...now.costs].map(({ currency }) => currency))].map((currency) => {
    const costIn = (costs: Played['now']['costs']): number => costs.find((each) => each.currency === currency)?.amount ?? 0;
    return { id: 'cost' as const, before: costIn(before.costs), now: costIn(now.costs), currency };
  }),
];

/** How long two bars are beside one another, of 100. */
export const barsOf = ({ before, now }: Pick<Figure, 'before' | 'now'>): readonly [before: number, now: number] => {
  const most = Math.max(before, now, 0);
  return most === 0 ? [0, 0] : [Math.max(0, (100 * before) / most), Math.max(0, (100 * now) / most)];
};
