import type { InventoryEvent as Public } from '@cartage/contracts';

export type DemandExpected = Extract<Public, { readonly type: 'DemandExpected' }>;

/** Units that are expected to leave in the coming days together: on average, and in one, five and nine of ten cases at the most. */
export interface ExpectedUnits {
  readonly days: number;
  readonly units: number;
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** What was told of a SKU at a location, and when. */
export interface ToldDemand extends ExpectedUnits {
  readonly at: string;
}

export interface SaidDemand extends ToldDemand {
  readonly sku: string;
  readonly location: string;
}

const DAY_MS = 86_400_000;
/** Told again after so long, though nothing else is expected: whoever listens knows that it still holds. */
const AGAIN_MS = 3 * DAY_MS;
/** Less is not worth an event: a unit, or this share. */
const SHARE = 0.05;

const isApart = (one: number, other: number): boolean => Math.abs(one - other) >= Math.max(1, SHARE * Math.max(one, other));

/** Whether it is worth telling; never what is older than what was told. */
export const isNews = (said: ToldDemand, told: ToldDemand | undefined): boolean => {
  if (!told) return true;
  const age = Date.parse(said.at) - Date.parse(told.at);
  if (age < 0) return false;
  const figures = ['units', 'low', 'median', 'high'] as const;
  return said.days !== told.days || age >= AGAIN_MS || figures.some((figure) => isApart(said[figure], told[figure]));
};

const hundredths = (units: number): number => Math.round(units * 100) / 100;

/** By location and instant; who says it says few at a time. */
export const demandExpected = (said: readonly SaidDemand[]): readonly DemandExpected[] => {
  const groups = new Map<string, readonly [SaidDemand, ...SaidDemand[]]>();
  for (const one of said) {
    const key = JSON.stringify([one.location, one.at, one.days]);
    const [first = one, ...others] = groups.get(key) ?? [];
    groups.set(key, first === one ? [one] : [first, ...others, one]);
  }
  return [...groups.values()].map(([first, ...others]) => ({
    type: 'DemandExpected',
    data: {
      ...{ location: first.location, madeAt: first.at, days: first.days },
      items: [first, ...others].map(({ sku, units, low, median, high }) => ({ sku, units: hundredths(units), low, median, high })),
    },
  }));
};
