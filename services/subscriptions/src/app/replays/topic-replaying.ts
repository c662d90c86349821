import type { Clock } from '@cartage/eventsourcing';
import type { Entry } from '../../domain/journaling';
import { advanced, piecesOf, settled } from '../../domain/replay';
import type { FactLog } from '../fact-log';
import type { ReplayTable, TopicReplay } from './replay-table';

/** Sends entries to a topic, in their order. Answers how many of them Kafka will never take, or why it takes nothing now; with nothing when it was told to stop. */
export type SendEntries = (
  replay: TopicReplay,
  entries: readonly Entry[],
) => Promise<{ readonly refused: number } | { readonly failure: string } | undefined>;

export interface TopicReplayingNeeds {
  readonly table: Pick<ReplayTable, 'dueTopics' | 'claim' | 'sent' | 'failed'>;
  readonly facts: Pick<FactLog, 'read'>;
  readonly send: SendEntries;
  readonly clock: Clock;
  /** How much of what they may go replays go now; 0 while they rest. */
  readonly share: () => number;
}

/** Longer than an attempt to send takes: whoever has said nothing after this long is taken for dead. */
const HELD_MS = 60_000;
const STEP_MS = 1_000;
/** A topic that takes nothing holds all others up for as long as an attempt takes, which is a third of this. */
const AFTER_FAILURE_MS = 60_000;
/** So many facts are looked through at once. */
const LOOKED_THROUGH = 50_000;

/**
 * Sends past events to topics, each replay in the hands of one process at a time. At least once, in their order: how far it is is kept after each piece that every replica in sync has acknowledged,
 * so that after a crash another process goes on with that piece.
 */
export class TopicReplaying {
  constructor(private readonly needs: TopicReplayingNeeds) {}

  /** Sends what may be sent in this second. */
  async step(): Promise<void> {
    const { table, clock, share } = this.needs;
    if (share() === 0) return;
    for (const replayId of await table.dueTopics(clock.now())) await this.stepOf(replayId);
  }

  private async stepOf(replayId: string): Promise<void> {
    const { table, clock, share } = this.needs;
    const began = clock.now();
    let replay = await table.claim(replayId, began, later(began, HELD_MS));
    if (!replay) return;
    const pieces = piecesOf(Math.max(1, Math.floor(replay.rate * share())));
    for (const [i, limit] of pieces.entries()) {
      replay = await this.piece(replay, limit, i === pieces.length - 1 ? later(began, STEP_MS) : later(clock.now(), HELD_MS));
      if (replay?.status !== 'running') return;
    }
  }

  /** Answers with how far it is then; nothing where it does not go on now. */
  private async piece(replay: TopicReplay, limit: number, nextAt: Date): Promise<TopicReplay | undefined> {
    const { table, facts, send, clock } = this.needs;
    const upTo = Math.min(replay.upTo, replay.position + LOOKED_THROUGH);
    const { entries, more } = await facts.read({ ...replay.filter, after: replay.position, upTo, limit });
    const outcome = entries.length === 0 ? { refused: 0 } : await send(replay, entries);
    if (outcome === undefined) return undefined;
    if ('failure' in outcome) {
      await table.failed(replay.replayId, outcome.failure, later(clock.now(), AFTER_FAILURE_MS));
      return undefined;
    }
    const { failure: _, ...sent } = advanced(replay, { positions: entries.map(({ position }) => position), more, upTo });
    const after = settled({ ...sent, refused: (replay.refused ?? 0) + outcome.refused }, 0, clock.now());
    return (await table.sent(replay, after, nextAt)) ? { ...after, topic: replay.topic } : undefined;
  }
}

const later = (from: Date, ms: number): Date => new Date(from.getTime() + ms);
