import { featureKinds, type Feature, type FeatureKind, type FeatureValues } from '@cartage/payment-verification/risk-learning';
import { Trouble } from '../../client/client';
import { BadCell, type Cells, dayNumber } from '../input/cells';

/** By what an order may be looked at, so that nobody is wronged unseen. */
export const groups = ['method', 'country', 'channel'] as const;
export type Group = (typeof groups)[number];

/** An order, and what became of it. */
export interface JudgedOrder {
  readonly day: number;
  readonly wentWrong: boolean;
  /** When that was known, where the file says it. */
  readonly knownOn: number | undefined;
  readonly amount: number | undefined;
  readonly score: number | undefined;
  readonly features: readonly Feature[];
  readonly values: FeatureValues;
  readonly groups: Readonly<Record<Group, string | undefined>>;
}

export const featureForm = /^(up|down|number|category):./;
const isKind = (text: string): text is FeatureKind => (featureKinds as readonly string[]).includes(text);

/** The same for all rows of a file; by name, so that the order of the columns changes nothing. */
const known = new WeakMap<readonly string[], readonly Feature[]>();
const featuresIn = (names: readonly string[]): readonly Feature[] => {
  const before = known.get(names);
  if (before) return before;
  const found = names
    .filter((name) => featureForm.test(name))
    .toSorted()
    .flatMap((name) => {
      const kind = name.slice(0, name.indexOf(':'));
      return isKind(kind) ? [{ name: name.slice(kind.length + 1), kind }] : [];
    });
  known.set(names, found);
  return found;
};

const outcomes: Readonly<Record<string, boolean>> = {
  ...{ '1': true, bad: true, true: true, yes: true },
  ...{ '0': false, good: false, false: false, no: false },
};

const outcomeOf = (cells: Cells): boolean => {
  const text = cells.text('outcome');
  const outcome = outcomes[text.toLowerCase()];
  if (outcome === undefined) throw new BadCell('outcome', `is neither bad (1, true, yes) nor good (0, false, no): ${text.slice(0, 40)}`);
  return outcome;
};

const optionalNumber = (cells: Cells, column: string): number | undefined =>
  cells.optional(column) === undefined ? undefined : cells.number(column);

const knownOnOf = (cells: Cells, day: number): number | undefined => {
  const at = cells.optionalInstant('outcome_at');
  if (at !== undefined && dayNumber(at) < day) throw new BadCell('outcome_at', 'is before ordered_at');
  return at === undefined ? undefined : dayNumber(at);
};

export const orderOf = (cells: Cells): JudgedOrder => {
  const features = featuresIn(cells.names);
  const day = dayNumber(cells.instant('ordered_at'));
  return {
    ...{ day, wentWrong: outcomeOf(cells), knownOn: knownOnOf(cells, day), features },
    amount: cells.optional('amount') === undefined ? undefined : cells.number('amount', { least: 0 }),
    score: optionalNumber(cells, 'score'),
    values: features.map(({ name, kind }) =>
      kind === 'category' ? cells.optional(`${kind}:${name}`) : optionalNumber(cells, `${kind}:${name}`),
    ),
    groups: { method: cells.optional('method'), country: cells.optional('country'), channel: cells.optional('channel') },
  };
};

const MOST_ROWS = 3_000_000;
const LEAST_ROWS = 200;

/** By the day of the order; what is equal stays in the order of the file. */
export const ordersIn = async (rows: AsyncIterable<JudgedOrder>): Promise<readonly JudgedOrder[]> => {
  const orders: JudgedOrder[] = [];
  for await (const order of rows) {
    orders.push(order);
    if (orders.length > MOST_ROWS) throw new Trouble(`More than ${MOST_ROWS} rows: take a part of them, such as --only channel=^web$.`);
  }
  if (orders.length < LEAST_ROWS) throw new Trouble(`${orders.length} orders are too few to judge anything: ${LEAST_ROWS} are the least.`);
  if (orders[0]?.features.length === 0)
    throw new Trouble(
      'No column is a feature: head them up:…, down:…, number:… or category:…, or name them, such as --feature up:orders_within_hour.',
    );
  return orders.sort((a, b) => a.day - b.day);
};
