/** How far one table is with one topic that feeds it. */
export interface TableFreshness {
  readonly table: string;
  readonly topic: string;
  /** When the newest event that it shows was recorded; null before the first. */
  readonly heardUntil: string | null;
  readonly events: number;
  readonly missing: number;
}

export interface Freshness {
  /** The star that this program fills. */
  readonly generation: string;
  /** Whether it is the one that the plain names show. */
  readonly shown: boolean;
  /** Of the star that is shown. */
  readonly tables: readonly TableFreshness[];
}

export type ReadFreshness = () => Promise<Freshness>;
