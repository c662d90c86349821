import { Away, type Clock, type Meta } from '@cartage/eventsourcing';
import type { ChannelSource, ChannelSources } from './channel-source';
import type { ChannelEnvelope } from './connector';

/** How far each channel has been asked. */
export interface PollLog {
  /** Takes the channel's turn until then, whatever process asks: from when on it is to be asked; nothing where it is not time, or another has the turn. */
  take(channel: string, turn: { readonly now: Date; readonly until: Date }): Promise<string | undefined>;
  /** It is time, whenever it was to be: somebody wants to know now. Nothing where somebody has the turn. */
  due(channel: string, now: Date): Promise<void>;
  /** Keeps the turn. */
  keep(channel: string, until: Date): Promise<void>;
  /** It was asked up to `askedTo`; nothing where it could not be. */
  end(channel: string, next: { readonly at: Date; readonly askedTo?: string }): Promise<void>;
}

export interface PollingNeeds {
  readonly sources: ChannelSources;
  readonly log: PollLog;
  readonly take: (channel: string, envelope: ChannelEnvelope, meta: Meta) => Promise<unknown>;
  readonly newId: () => string;
  readonly clock: Clock;
}

/** A page may wait for its turn at the channel for minutes. */
const TURN_MS = 15 * 60_000;
const EVERY_MS = 180_000;
const AGAIN_MS = 30_000;
/** What the channel's own servers have not agreed on yet is asked for again: an order that came before says nothing new. */
const OVERLAP_MS = 10 * 60_000;

const later = (clock: Clock, ms: number): Date => new Date(clock.now().getTime() + ms);

/** Whoever is stopped leaves the rest to the next process: it gives the turn back, which else nobody has until it is over. */
export const requireGoing = (stopping: AbortSignal | undefined): void => {
  if (stopping?.aborted) throw new Away('It is being stopped.');
};

/** One that cannot be taken keeps no other back; but the channel is asked for it again. */
const takeEach = async ({ take, newId }: PollingNeeds, channel: string, orders: readonly ChannelEnvelope[]): Promise<void> => {
  const faults: unknown[] = [];
  for (const order of orders) {
    const id = newId();
    await take(channel, order, { commandId: id, correlationId: id, actor: `channel ${channel}` }).catch((error: unknown) =>
      faults.push(error),
    );
  }
  if (faults.length > 0) throw faults[0];
};

/** Waits for all of them: one that fails keeps no other back, and is told in the end. */
export const allEnded = async (work: readonly Promise<unknown>[]): Promise<void> => {
  const failed = (await Promise.allSettled(work)).find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
};

/** What a channel is asked for, from where it was asked last. */
interface Question {
  readonly channel: string;
  /** Of the place where it is kept how far. */
  readonly log: string;
  readonly everyMs: number;
  readonly overlapMs: number;
  readonly since: (since: string) => AsyncIterable<{ readonly words: readonly ChannelEnvelope[]; readonly until: string }>;
  readonly stopping: AbortSignal | undefined;
}

const asked = async (needs: PollingNeeds, { channel, overlapMs, ...question }: Question, since: string): Promise<string> => {
  const { log, clock } = needs;
  let askedTo = since;
  for await (const { words, until } of question.since(new Date(Date.parse(since) - overlapMs).toISOString())) {
    await takeEach(needs, channel, words);
    await log.keep(question.log, later(clock, TURN_MS));
    if (until > askedTo) askedTo = until;
    requireGoing(question.stopping);
  }
  return askedTo;
};

const poll = async (needs: PollingNeeds, question: Question): Promise<void> => {
  const { log, clock } = needs;
  const since = await log.take(question.log, { now: clock.now(), until: later(clock, TURN_MS) });
  if (since === undefined) return;
  try {
    const askedTo = await asked(needs, question, since);
    await log.end(question.log, { at: later(clock, question.everyMs), askedTo });
  } catch (error) {
    await log.end(question.log, { at: later(clock, AGAIN_MS) });
    throw error;
  }
};

async function* ordersOf(source: ChannelSource, since: string, stopping?: AbortSignal) {
  for await (const { orders, until } of source.changedSince(since, stopping)) yield { words: orders, until };
}

type Entry = readonly [channel: string, source: ChannelSource];

const aboutOrders = ([channel, source]: Entry, stopping?: AbortSignal): Question => ({
  ...{ channel, log: channel, everyMs: EVERY_MS, overlapMs: OVERLAP_MS, stopping },
  since: (since) => ordersOf(source, since, stopping),
});

const aboutAfterSale = ([channel, { afterSale = [] }]: Entry, stopping?: AbortSignal): readonly Question[] =>
  afterSale.map((source) => ({
    ...{ channel, log: `${channel}#${source.name}`, everyMs: source.everyMs, overlapMs: source.overlapMs, stopping },
    since: (since) => source.changedSince(since, stopping),
  }));

/** Asks each channel for what has changed since it was asked last. What fails is asked for again; one channel keeps no other back. */
export const polling =
  (needs: PollingNeeds) =>
  async (stopping?: AbortSignal): Promise<void> =>
    allEnded([...needs.sources].filter(([, { isAsked }]) => isAsked).map((entry) => poll(needs, aboutOrders(entry, stopping))));

/** Likewise for what it did after it had sold: apart, so that a report that takes long keeps no order back. */
export const pollingAfterSale =
  (needs: PollingNeeds) =>
  async (stopping?: AbortSignal): Promise<void> =>
    allEnded([...needs.sources].flatMap((entry) => aboutAfterSale(entry, stopping)).map((question) => poll(needs, question)));
