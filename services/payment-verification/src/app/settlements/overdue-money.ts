import type { Ageing, OutstandingMoney } from './outstanding';

/** Money of one source that is late. */
export interface OverdueMoney {
  readonly source: string;
  readonly currency: string;
  readonly amount: number;
}

export interface OverdueNeeds {
  readonly ageing: OutstandingMoney['ageing'];
  /** Sources whose files are taken here: others settle elsewhere, and nothing of theirs is late. */
  readonly inUse: () => Promise<ReadonlySet<string>>;
  readonly now: () => Date;
}

/** It is asked at every scrape, and changes by the day. */
const FRESH_MS = 60_000;

const sumsOf = (ageing: readonly Ageing[], inUse: ReadonlySet<string>): readonly OverdueMoney[] => {
  const sums = new Map<string, OverdueMoney>();
  for (const { settlementSource: source, currency, overdue } of ageing) {
    if (source === null || !inUse.has(source)) continue;
    const key = `${source} ${currency}`;
    sums.set(key, { source, currency, amount: (sums.get(key)?.amount ?? 0) + overdue });
  }
  return [...sums.values()];
};

/** What is late, as it was known within the last minute. */
export const overdueMoney = ({ ageing, inUse, now }: OverdueNeeds): (() => Promise<readonly OverdueMoney[]>) => {
  let kept: { readonly at: number; readonly sums: Promise<readonly OverdueMoney[]> } | undefined;
  const summed = async (): Promise<readonly OverdueMoney[]> => {
    const sources = await inUse();
    return sources.size === 0 ? [] : sumsOf(await ageing(), sources);
  };
  return () => {
    const at = now().getTime();
    if (kept && at - kept.at < FRESH_MS) return kept.sums;
    const mine = { at, sums: summed() };
    kept = mine;
    mine.sums.catch(() => {
      if (kept === mine) kept = undefined;
    });
    return mine.sums;
  };
};
