/** Why a channel offers another number of a SKU than was published for it, as far as can be seen. */
export const stockCauses = [
  ...(['update-waiting', 'update-refused', 'never-told', 'not-listed', 'never-published'] as const),
  ...(['less-there', 'more-there'] as const),
] as const;
export type StockCause = (typeof stockCauses)[number];

/** A SKU as a channel is to offer it, at one of its places. */
export interface PublishedLevel {
  /** What may be sold; below zero nothing is. */
  readonly published: number;
  /** What the channel took last; null: it never took any. */
  readonly acknowledged: number | null;
  readonly status: 'waiting' | 'told' | 'refused';
}

export interface LevelThere {
  readonly quantity: number;
  /** The channel was asked, or sent all that it has, and does not have it. */
  readonly isMissing?: boolean;
}

const offered = (atp: number): number => Math.max(0, atp);

export interface ComparedLevel {
  readonly published: number;
  readonly acknowledged: number | null;
  /** Null: it offers what it is to offer. */
  readonly cause: StockCause | null;
}

/** What keeps a channel from offering what it is to offer: what it was not told yet, has refused, or took and then changed by itself. */
const causeOf = ({ status, acknowledged }: PublishedLevel, { quantity, isMissing }: LevelThere): StockCause => {
  if (status === 'refused') return 'update-refused';
  if (isMissing) return 'not-listed';
  if (status === 'waiting') return 'update-waiting';
  if (acknowledged === null) return 'never-told';
  return quantity < offered(acknowledged) ? 'less-there' : 'more-there';
};

/** A SKU that was never published may be offered nowhere. */
export const compareLevel = (level: PublishedLevel | undefined, there: LevelThere): ComparedLevel => {
  if (!level) return { published: 0, acknowledged: null, cause: there.quantity === 0 ? null : 'never-published' };
  const [published, acknowledged] = [offered(level.published), level.acknowledged === null ? null : offered(level.acknowledged)];
  return { published, acknowledged, cause: there.quantity === published ? null : causeOf(level, there) };
};
