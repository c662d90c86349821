import { messageOf, type Clock, type Tracing } from '@cartage/eventsourcing';
import { recordOf, sendingSpans, type TopicWriter } from '@cartage/messaging';
import type { Kit } from '@cartage/service-kit';
import type { TopicReplay } from '../../app/replays/replay-table';
import type { SendEntries } from '../../app/replays/topic-replaying';
import type { Entry } from '../../domain/journaling';

export interface TopicSendingNeeds {
  readonly writer: () => TopicWriter;
  readonly clock: Clock;
  readonly log: Kit['log'];
  /** Ends what is being sent. */
  readonly signal: AbortSignal;
  /** Absent: nobody wants traces. */
  readonly tracing?: Tracing | undefined;
}

/** Less than a process may have a replay in hand. */
const PATIENCE_MS = 20_000;

/** As it was published on its own topic, but flagged; where it stood, and in which journal, is said beside it. */
export const replayRecordOf = ({ replayId }: Pick<TopicReplay, 'replayId'>, { fact, position, orderId, sequence, channel }: Entry) => {
  const { headers, value } = recordOf({ ...fact, replay: true });
  const beside = {
    ...{ ce_replayid: replayId, ce_topic: fact.topic, ce_position: String(position) },
    ...(orderId === undefined ? {} : { ce_orderid: orderId }),
    ...(sequence === undefined ? {} : { ce_journalsequence: String(sequence) }),
    ...(channel === undefined ? {} : { ce_channel: channel }),
  };
  return { key: fact.key, headers: { ...headers, ...beside }, value };
};

/** One writer for all topics, made when there is something to send; each topic is made once where it is missing. */
class Writing {
  private writer: TopicWriter | undefined;
  private readonly made = new Set<string>();

  constructor(private readonly open: () => TopicWriter) {}

  /** Nothing when `ending` ended it. */
  async write(replay: TopicReplay, entries: readonly Entry[], ending: AbortSignal): ReturnType<SendEntries> {
    const writer = (this.writer ??= this.open());
    if (!this.made.has(replay.topic)) await writer.ensure(replay.topic, ending);
    if (ending.aborted) return undefined;
    this.made.add(replay.topic);
    const records = entries.map((entry) => replayRecordOf(replay, entry));
    const refused = await writer.send(replay.topic, records, ending);
    return refused && { refused: refused.length };
  }

  async close(): Promise<void> {
    await this.writer?.close();
  }
}

/** Sent once more, each event is part of the trace that it was part of when it happened. */
const traced =
  (tracing: Tracing | undefined, send: SendEntries): SendEntries =>
  async (replay, entries) => {
    if (!tracing) return send(replay, entries);
    const envelopes = entries.map(({ fact }) => ({ ...fact, topic: replay.topic, replay: true }));
    const end = sendingSpans({ tracing, system: 'kafka' }, envelopes, { 'cartage.replay_id': replay.replayId });
    const outcome = await send(replay, entries);
    end(new Set(), outcome && 'refused' in outcome ? undefined : 'not-sent');
    return outcome;
  };

export interface TopicSending {
  readonly send: SendEntries;
  readonly close: () => Promise<void>;
}

export const topicSending = ({ writer, clock, log, signal, tracing }: TopicSendingNeeds): TopicSending => {
  const writing = new Writing(writer);
  return {
    send: traced(tracing, async (replay, entries) => {
      const over = new AbortController();
      const ending = AbortSignal.any([signal, over.signal]);
      void clock.pause(PATIENCE_MS, ending).then(() => over.abort());
      try {
        const outcome = await writing.write(replay, entries, ending);
        return outcome ?? (signal.aborted ? undefined : { failure: `Kafka has not taken it within ${PATIENCE_MS / 1_000} s.` });
      } catch (error) {
        log.warn(
          { err: error, topic: replay.topic, replayId: replay.replayId },
          'a replay cannot be sent to its topic, which is tried again',
        );
        return { failure: messageOf(error) };
      } finally {
        over.abort();
      }
    }),
    close: () => writing.close(),
  };
};
