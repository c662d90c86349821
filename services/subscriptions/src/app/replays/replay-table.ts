import type { Replay } from '../../domain/replay';

/** A replay, and what has become of what it sent. */
export interface CountedReplay extends Replay {
  readonly waiting: number;
  readonly delivered: number;
  readonly givenUp: number;
}

/** One to a topic. */
export type TopicReplay = Replay & { readonly topic: string };

export interface ReplayPage {
  readonly endpointId?: string | undefined;
  readonly after?: readonly [askedAt: string, replayId: string] | undefined;
  readonly limit: number;
}

export interface AddTerms {
  readonly fingerprint: string;
  /** So many run, at most. */
  readonly most: number;
}

export interface ReplayTable {
  /** `there`: by the same request before; `other`: by another request with the same key; `full`: as many run as may. It is counted and added in one step, however many are asked for at once. */
  add(replay: Replay, terms: AddTerms): Promise<'added' | 'there' | 'other' | 'full'>;
  find(replayId: string): Promise<CountedReplay | undefined>;
  /** Newest first. */
  list(page: ReplayPage): Promise<readonly CountedReplay[]>;
  /** What waits is not sent any more. One that has ended stays as it is. */
  cancel(replayId: string, now: Date): Promise<void>;
  /** The places of the first event that was recorded from then on, and of the last that was recorded before that; nothing where there is none. */
  span(from: string | undefined, to: string | undefined): Promise<{ readonly first?: number; readonly last?: number }>;
  /** Of which its endpoint is told alone. */
  channelsOf(replayId: string): Promise<readonly string[] | undefined>;
  /** Those to endpoints that may enter more now. */
  due(now: Date): Promise<readonly string[]>;
  /** Enters what its rate allows, of which it may go this share, and ends it when all was taken; in one transaction, and by one process at a time. */
  step(replayId: string, now: Date, share: number): Promise<void>;
  /** Those to topics that may be sent more now. */
  dueTopics(now: Date): Promise<readonly string[]>;
  /** Takes it, so that nobody else does until then; nothing where somebody has it in hand, or it has ended. */
  claim(replayId: string, now: Date, until: Date): Promise<TopicReplay | undefined>;
  /** Keeps how far it is, and when it goes on, unless it was cancelled or somebody else has sent the same meanwhile: then it answers false. */
  sent(before: Replay, after: Replay, nextAt: Date): Promise<boolean>;
  /** Keeps why it does not go on, and when it is tried again. */
  failed(replayId: string, failure: string, nextAt: Date): Promise<void>;
  /** Forgets so many that ended before then. */
  forget(before: string, limit: number): Promise<number>;
}
