/** A movement of what is on hand near the instant of a statement. */
export interface NearMovement {
  readonly eventId: string;
  /** Type of the event. */
  readonly kind: string;
  readonly units: number;
  readonly reference: string | null;
}

/** What is known of a difference. */
export interface Evidence {
  readonly theirs: number;
  readonly ours: number;
  /** Whether the statement names the SKU; a whole one says of what it does not name that there is none. */
  readonly named: boolean;
  /** Whether we ever heard of the SKU. */
  readonly known: boolean;
  /** At the location, at that instant. */
  readonly allocated: number;
  readonly unavailable: number;
  /** What counts and other corrections took away or added since. */
  readonly corrected: number;
  /** Recorded before and after the instant, the nearest first. */
  readonly before: readonly NearMovement[];
  readonly after: readonly NearMovement[];
  /** What a channel was told before and after, the nearest first. */
  readonly updates: readonly number[];
}

/** Why they likely differ, and the movements that say so. Codes are an open vocabulary, listed in the answers. */
export interface LikelyCause {
  readonly code: string;
  readonly movements: readonly NearMovement[];
}

type Rule = (evidence: Evidence, difference: number) => LikelyCause | undefined;

const because = (code: string, is: boolean, movements: readonly NearMovement[] = []): LikelyCause | undefined =>
  is ? { code, movements } : undefined;

/** The nearest of them that come to so many units together. */
const summingTo = (units: number, movements: readonly NearMovement[]): readonly NearMovement[] => {
  let sum = 0;
  for (const [i, movement] of movements.entries()) {
    sum += movement.units;
    if (sum === units) return movements.slice(0, i + 1);
  }
  return [];
};

const names: Readonly<Record<string, string>> = {
  StockIssued: 'issue',
  StockReceived: 'receipt',
  StockRestocked: 'return',
  StockTransferred: 'transfer',
  StockAdjusted: 'adjustment',
};

/** `issue` where they all are issues, else `movements`. */
const nameOf = (movements: readonly NearMovement[]): string => {
  const kinds = [...new Set(movements.map(({ kind }) => kind))];
  return (kinds.length === 1 ? names[kinds[0] ?? ''] : undefined) ?? 'movements';
};

/** One delivery note, booked twice with the same units. */
const twiceHere: Rule = ({ before }, difference) => {
  const receipts = before.filter(({ kind, units, reference }) => kind === 'StockReceived' && reference !== null && units === -difference);
  const again = receipts.filter(({ reference }, i) => receipts.findIndex((each) => each.reference === reference) < i);
  return again.length === 0 ? undefined : { code: 'received-twice', movements: receipts };
};

/** The likeliest first: what is said of the SKU as a whole, then what moved around the instant, then what is often counted otherwise. */
const rules: readonly Rule[] = [
  ({ known }) => because('unknown-sku', !known),
  ({ named }) => because('not-listed', !named),
  ({ theirs, updates }) => because('update-in-flight', updates.includes(theirs)),
  ({ corrected }, difference) => because('corrected-since', corrected !== 0 && difference === -corrected),
  twiceHere,
  ({ before }, difference) => {
    const late = summingTo(-difference, before);
    return because(`${nameOf(late)}-not-there-yet`, late.length > 0, late);
  },
  ({ after }, difference) => {
    const early = summingTo(difference, after);
    return because(`${nameOf(early)}-there-first`, early.length > 0, early);
  },
  ({ theirs, ours, allocated }) => because('allocated-left-out', allocated > 0 && theirs === ours - allocated),
  ({ theirs, ours, unavailable }) => because('unavailable-counted', unavailable > 0 && theirs === ours + unavailable),
  ({ before }, difference) => {
    const receipt = before.find(({ kind, units }) => kind === 'StockReceived' && units === difference);
    return receipt && { code: 'received-twice-there', movements: [receipt] };
  },
];

export const likelyCause = (evidence: Evidence): LikelyCause => {
  const difference = evidence.theirs - evidence.ours;
  for (const rule of rules) {
    const cause = rule(evidence, difference);
    if (cause) return cause;
  }
  return { code: 'unexplained', movements: [] };
};
