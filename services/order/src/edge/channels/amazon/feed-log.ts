import type { FieldError } from '@cartage/eventsourcing';

/** What Amazon takes in feeds only: a kind of them, of one channel. */
export interface FeedLane {
  readonly channel: string;
  readonly feedType: string;
}

/** One message for a feed. */
export interface FeedMessage extends FeedLane {
  readonly updateId: string;
  /** As it stands in the document, without its number. */
  readonly message: string;
  /** Of a refund: what is given with it, minor units. */
  readonly given?: number | undefined;
}

/** How far it has come: kept, handed over in a document, in a feed, answered. */
export interface FeedEntry extends FeedMessage {
  readonly documentId: string | undefined;
  /** Its number in the document. */
  readonly place: number | undefined;
  readonly feedId: string | undefined;
  /** What Amazon found wrong with it, once it has answered. */
  readonly answer: readonly FieldError[] | undefined;
}

/** A document that is there, and may have been made a feed by somebody who did not live to note it. */
export interface BegunFeed {
  readonly documentId: string;
  readonly begunAt: string;
}

/** What was handed over in feeds, by the update that it tells: nothing is handed over twice. Every implementation passes `feedLogContract`. */
export interface FeedLog {
  /** Nothing where it is there. */
  add(message: FeedMessage): Promise<void>;
  find(updateId: string): Promise<FeedEntry | undefined>;
  /** What was said under this id is said anew, should it be added again; a feed that it was in stays known. */
  remove(updateId: string): Promise<void>;
  /** In no document yet, the first first. */
  waiting(lane: FeedLane, limit: number): Promise<readonly FeedEntry[]>;
  /** The one document of the lane whose feed is not known. */
  begun(lane: FeedLane): Promise<BegunFeed | undefined>;
  /** They stand in this document, in this order. */
  begin(updateIds: readonly string[], feed: BegunFeed): Promise<void>;
  /** The document was made this feed. */
  name(documentId: string, feedId: string): Promise<void>;
  /** Of these feeds, those that are known. */
  known(lane: FeedLane, feedIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** By their numbers what is wrong with them; nothing is wrong with the others. */
  settle(documentId: string, answers: ReadonlyMap<number, readonly FieldError[]>, all?: readonly FieldError[]): Promise<void>;
  /** One process at a time of each lane; nothing is done where another is at it. */
  inTurn(lane: FeedLane, work: () => Promise<void>): Promise<void>;
}
