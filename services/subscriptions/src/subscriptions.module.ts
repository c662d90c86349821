import { journalTopic, StateTopics } from '@cartage/contracts';
import { postgresCheckpoints } from '@cartage/messaging';
import { holdsNothing, ownedBy, sweeping, type Kit, type Parts, type Service } from '@cartage/service-kit';
import type { FactLog } from './app/fact-log';
import { hearing } from './app/hearing';
import { Journals, unknownOrder } from './app/journals';
import { Streaming } from './app/streaming';
import { settings, unfitting, type SubscriptionsSettings } from './config';
import { JournalController, JOURNALS } from './edge/journal.controller';
import { JournalPublisher } from './edge/journal-publisher';
import { JOURNAL_PUBLISHER } from './edge/journal-record';
import { HeadWatch } from './edge/head-watch';
import { listenersOf } from './edge/listeners';
import { Facts1764700000000 } from './edge/migrations/1764700000000-facts';
import { Webhooks1764800000000 } from './edge/migrations/1764800000000-webhooks';
import { Replays1764900000000 } from './edge/migrations/1764900000000-replays';
import { States1765100000000 } from './edge/migrations/1765100000000-states';
import { TopicReplays1765000000000 } from './edge/migrations/1765000000000-topic-replays';
import { WebhookTurns1765200000000 } from './edge/migrations/1765200000000-webhook-turns';
import { nudgeOf, type Nudge } from './edge/nudge';
import { factLogIn } from './edge/postgres-fact-log';
import { subscriptionReadings } from './edge/readings';
import { standingsIn } from './edge/states/standing-rows';
import { StatePublisher } from './edge/states/state-publisher';
import { STATE_PUBLISHER } from './edge/states/state-record';
import { STREAM_PACE, StreamController, STREAMING } from './edge/stream.controller';
import { replayParts } from './replays.parts';
import { webhookParts } from './webhooks.parts';

type Given = Kit<SubscriptionsSettings>;

const RELEASE_EVERY_MS = 5_000;

/** Nothing where there is no Kafka: the journal is read over HTTP. */
const publisherOf = ({ topicWriter: writer, lock, pool, clock, log }: Given, facts: FactLog, nudge: Nudge): JournalPublisher | undefined =>
  writer &&
  new JournalPublisher({ facts, writer, lock: lock(JOURNAL_PUBLISHER), checkpoints: postgresCheckpoints(pool), nudge, clock, log });

/** Nothing where there is no Kafka: only a topic keeps one record for each key. */
const statesOf = ({ topicWriter: writer, lock, pool, clock, log }: Given, facts: FactLog, nudge: Nudge): StatePublisher | undefined =>
  writer && new StatePublisher({ facts, writer, lock: lock(STATE_PUBLISHER), standings: standingsIn(pool), nudge, clock, log });

const streamingOf = ({ settings: given, clock, log }: Given, facts: FactLog, nudge: Nudge): Streaming => {
  const watch = new HeadWatch(facts, nudge, { clock, log });
  return new Streaming({
    ...{ facts, wait: watch.wait, clock },
    ...{ most: given.STREAM_CLIENTS, heartbeatMs: given.STREAM_HEARTBEAT_SECONDS * 1_000 },
  });
};

const releasingOf = ({ settings: given, now, clock, log }: Given, facts: FactLog): ReturnType<typeof sweeping> => {
  const patienceMs = given.JOURNAL_WAIT_SECONDS * 1_000;
  return sweeping(() => facts.release(new Date(now().getTime() - patienceMs)), {
    ...{ clock, log, everyMs: RELEASE_EVERY_MS },
    trouble: 'what waits for the beginning of its journal is not entered',
  });
};

const compose = (kit: Given): Parts => {
  const { pool, now, clock } = kit;
  const nudge = nudgeOf(clock);
  const facts = factLogIn(pool, now, nudge.give);
  const publisher = publisherOf(kit, facts, nudge);
  const states = statesOf(kit, facts, nudge);
  const publishers = [publisher, states].flatMap((each) => (each ? [each] : []));
  const streaming = streamingOf(kit, facts, nudge);
  const webhooks = webhookParts(kit, facts, nudge);
  const replays = replayParts(kit, { facts, nudge, endpoint: webhooks.endpoint });
  const running = [releasingOf(kit, facts), ...publishers, webhooks, replays];
  const readings = subscriptionReadings(facts, {
    ...{ behind: async () => publisher?.behind() ?? 0, statesBehind: async () => states?.behind() ?? 0 },
    clients: () => streaming.count,
  });
  return {
    controllers: [JournalController, StreamController, ...webhooks.controllers, ...replays.controllers],
    providers: [
      { provide: JOURNALS, useValue: new Journals(facts) },
      { provide: STREAMING, useValue: streaming },
      ...webhooks.providers,
      ...replays.providers,
      { provide: STREAM_PACE, useValue: { clock, slowMs: kit.settings.STREAM_SLOW_SECONDS * 1_000 } },
    ],
    listeners: listenersOf(hearing(facts)),
    writes: [journalTopic, ...Object.values(StateTopics), ...kit.settings.REPLAY_TOPIC_PREFIXES.map((prefix) => `${prefix}*`)],
    readings: async () => ({ ...(await readings()), ...(await webhooks.readings()) }),
    checks: publishers.map(({ check }) => check),
    owners: {
      orderId: ownedBy({ channel: async (orderId) => (await facts.channelOf(orderId)) ?? undefined }, unknownOrder),
      endpointId: webhooks.owner,
      replayId: replays.owner,
    },
    start: async () => {
      for (const each of running) await each.start();
    },
    stop: async () => void (await Promise.all(running.map((each) => each.stop()))),
  };
};

/** Everything that happens, for other systems: the journal of each order, the stream, webhooks, replays. It decides nothing. */
export const subscriptionsService: Service<SubscriptionsSettings> = {
  name: 'subscriptions',
  schema: 'subscriptions',
  title: 'Cartage subscriptions',
  paths: ['subscriptions', 'stream'],
  area: 'operations',
  port: 3010,
  settings,
  unfitting,
  migrations: [
    ...[Facts1764700000000, Webhooks1764800000000, Replays1764900000000, TopicReplays1765000000000, States1765100000000],
    WebhookTurns1765200000000,
  ],
  views: [],
  compose,
  holdings: () => holdsNothing,
};
