import type { Clock } from '@cartage/eventsourcing';
import { forgetting, idFor, ownedBy, sweeping, type Kit, type Owner, type Parts } from '@cartage/service-kit';
import type { FactLog } from './app/fact-log';
import type { ReplayTable } from './app/replays/replay-table';
import { Pacing } from './app/replays/pacing';
import { Replays, unknownReplay, type ReplaysNeeds } from './app/replays/replays';
import { TopicReplaying } from './app/replays/topic-replaying';
import type { SubscriptionsSettings } from './config';
import { faultOfTopic } from './domain/replay-topic';
import { replayTable } from './edge/replays/replay-rows';
import { REPLAYS, ReplaysController } from './edge/replays/replays.controller';
import { servedCommands } from './edge/replays/served-commands';
import { topicSending } from './edge/replays/topic-sending';
import type { Nudge } from './edge/nudge';

const LOOK_EVERY_MS = 500;
/** As often as a slice of a replay goes on. */
const SLICE_MS = 100;
const SECOND_MS = 1_000;

export interface ReplayParts extends Required<Pick<Parts, 'controllers' | 'providers' | 'start' | 'stop'>> {
  readonly owner: Owner;
}

export interface ReplayPartsNeeds extends Pick<ReplaysNeeds, 'endpoint'> {
  readonly facts: Pick<FactLog, 'head' | 'read'>;
  readonly nudge: Nudge;
}

interface Sending {
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Nothing where there is no Kafka. */
const topicReplaysOf = (
  { topicWriter: writer, clock, log, tracing }: Kit<SubscriptionsSettings>,
  table: ReplayTable,
  { facts, share }: { readonly facts: Pick<FactLog, 'read'>; readonly share: () => number },
): Sending | undefined => {
  if (!writer) return undefined;
  const ending = new AbortController();
  const { send, close } = topicSending({ writer, clock, log, signal: ending.signal, tracing });
  const replaying = new TopicReplaying({ table, facts, send, clock, share });
  const stepping = sweeping(() => replaying.step(), { clock, log, everyMs: LOOK_EVERY_MS, trouble: 'replays to topics do not go on' });
  return {
    start: stepping.start,
    stop: async () => {
      ending.abort();
      await stepping.stop();
      await close();
    },
  };
};

interface Stepping {
  readonly table: Pick<ReplayTable, 'due' | 'step'>;
  readonly clock: Clock;
  readonly share: () => number;
  readonly nudge: Nudge;
}

const stepAll = async ({ table, clock, share, nudge }: Stepping): Promise<void> => {
  const part = share();
  if (part === 0) return;
  const due = await table.due(clock.now());
  for (const replayId of due) await table.step(replayId, clock.now(), part);
  if (due.length > 0) nudge.give();
};

/** Slice by slice, as long as there is one that will be due soon. */
const stepsOf = async (stepping: Stepping, stopping: AbortSignal): Promise<void> => {
  const { table, clock } = stepping;
  const soon = (): Promise<readonly string[]> => table.due(new Date(clock.now().getTime() + SECOND_MS));
  while (!stopping.aborted && (await soon()).length > 0) {
    await stepAll(stepping);
    await clock.pause(SLICE_MS, stopping);
  }
};

const WITHOUT_KAFKA =
  'There is no Kafka here (KAFKA_BROKERS): everything runs in one process. Name a webhook endpoint, or follow GET /stream from `lastEventId`.';

/** Everything that sends past events to webhook endpoints and topics once more. */
export const replayParts = (kit: Kit<SubscriptionsSettings>, { endpoint, facts, nudge }: ReplayPartsNeeds): ReplayParts => {
  const { pool, now, clock, log, settings } = kit;
  const table = replayTable(pool);
  const idOf: ReplaysNeeds['idOf'] = ({ commandId }) => idFor('replay', commandId);
  const commands = servedCommands();
  const { share } = new Pacing({ clock, served: commands });
  const stepping = sweeping((_, stopping) => stepsOf({ table, clock, share, nudge }, stopping), {
    ...{ clock, log, everyMs: LOOK_EVERY_MS, trouble: 'replays do not go on' },
  });
  const topics = topicReplaysOf(kit, table, { facts, share });
  const topicFault = (topic: string) => (topics ? faultOfTopic(topic, settings.REPLAY_TOPIC_PREFIXES) : WITHOUT_KAFKA);
  const forgets = forgetting([{ what: 'replays', days: settings.WEBHOOK_LOG_DAYS, forget: table.forget }], kit);
  return {
    controllers: [ReplaysController],
    providers: [{ provide: REPLAYS, useValue: new Replays({ table, endpoint, faultOfTopic: topicFault, head: facts.head, idOf, now }) }],
    owner: { ...ownedBy({ channel: table.channelsOf }, unknownReplay), isWhole: true },
    start: async () => void (await Promise.all([stepping.start(), topics?.start(), forgets.start()])),
    stop: async () => {
      await Promise.all([stepping.stop(), topics?.stop(), forgets.stop()]);
      commands.stop();
    },
  };
};
