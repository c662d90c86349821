import { pairOf, type Lane } from './lane';
import type { LeadTimeMethod, LeadTimeModel, LeadTimeQuote } from './method';
import { DayTable } from './day-table';

const NAME = 'lookup table';
const VERSION = '1';
/** A pair that was seen less often says nothing: then all of them are asked. */
const LEAST_DELIVERIES = 5;

class LookupTable implements LeadTimeModel {
  private readonly pairs = new Map<string, DayTable>();
  private readonly all = new DayTable();

  constructor(private readonly share: number) {}

  quote(lane: Lane): LeadTimeQuote {
    const pair = this.pairs.get(pairOf(lane));
    const isKnown = pair !== undefined && pair.size >= LEAST_DELIVERIES;
    const known = isKnown ? pair : this.all;
    const within = (share: number): number | undefined => known.atMost(share);
    const level = isKnown ? 'places' : known.size > 0 ? 'all' : 'nothing';
    return { days: within(this.share), within, from: { method: NAME, version: VERSION, level, deliveries: known.size, share: this.share } };
  }

  delivered(lane: Lane, days: number): void {
    const pair = this.pairs.get(pairOf(lane)) ?? new DayTable();
    for (const each of [pair, this.all]) each.add(days);
    this.pairs.set(pairOf(lane), pair);
  }

  promised(): void {
    // Nor does it count them.
  }

  settled(): void {
    // A table does not learn from its promises.
  }
}

/** The plain way: a quantile of what a pair of places took so far, or of everything where the pair is hardly known. */
export const lookupTable: LeadTimeMethod = { name: NAME, version: VERSION, begin: (share) => new LookupTable(share) };
