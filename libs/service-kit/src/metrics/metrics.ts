import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** One value of a gauge at the time that somebody asks. */
export interface Reading {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A gauge that is read when it is asked for, not kept up to date in between. */
export interface Measured {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
}

/** The gauges of every process. Each has a bounded number of label values: services, groups, views, states; never an order or a customer. */
export const gauges = {
  deadLetters: {
    name: 'cartage_dead_letters',
    help: 'Events that a listener could not take, and what waits behind them.',
    labels: ['service'],
  },
  parked: { name: 'cartage_parked_publications', help: 'Events that the broker will never take.', labels: ['service'] },
  followerLag: {
    name: 'cartage_log_follower_lag_positions',
    help: 'Positions between the end of the log and what a follower of it (publisher, listening group) has done: events in Postgres, bytes in KurrentDB.',
    labels: ['service', 'follower'],
  },
  viewLag: {
    name: 'cartage_view_lag_seconds',
    help: 'Age of what a view does not show yet; 0 when it shows everything.',
    labels: ['service', 'view'],
  },
  viewFailing: { name: 'cartage_view_failing', help: '1 while a view stands still for an error.', labels: ['service', 'view'] },
  groupWaiting: {
    name: 'cartage_listener_waiting_seconds',
    help: 'Since when a listening group waits for something that is away, or for the broker; 0 while it listens.',
    labels: ['service', 'group'],
  },
  groupDeadKeys: { name: 'cartage_listener_dead_keys', help: 'Keys that stand behind a dead letter.', labels: ['service', 'group'] },
  groupEarlyKeys: {
    name: 'cartage_listener_early_keys',
    help: 'Keys that wait for what a neighbour has not told yet.',
    labels: ['service', 'group'],
  },
  publishes: { name: 'cartage_publisher_active', help: '1 where this process publishes the log of the service.', labels: ['service'] },
  overdue: { name: 'cartage_deadlines_overdue', help: 'Deadlines that are due and not told yet.', labels: ['service'] },
  overdueSeconds: { name: 'cartage_deadlines_overdue_seconds', help: 'How long the first of them is due.', labels: ['service'] },
  parkedNotices: {
    name: 'cartage_parked_notices',
    help: 'What others told and nothing here fits yet: it waits for what it speaks of, or for a person.',
    labels: ['service', 'state'],
  },
  parkedNoticesSeconds: {
    name: 'cartage_parked_notices_seconds',
    help: 'How long the oldest of them waits; 0 when none does.',
    labels: ['service', 'state'],
  },
  pickupsMissed: {
    name: 'cartage_pickups_missed',
    help: 'Pickups of the last two days that no carrier came to, though shipments waited.',
    labels: ['service'],
  },
  channelUpdates: {
    name: 'cartage_channel_updates',
    help: 'What channels are still to be told of their orders and stock, and what they refused.',
    labels: ['channel', 'state'],
  },
  channelDifferences: {
    name: 'cartage_channel_differences',
    help: 'What channels say otherwise of orders than is known here, and nobody has closed.',
    labels: ['channel', 'kind'],
  },
  channelUpdatesSeconds: {
    name: 'cartage_channel_updates_waiting_seconds',
    help: 'How long the oldest of those that a channel is still to be told waits; 0 when none does.',
    labels: ['channel'],
  },
  supplierOrdersOverdue: {
    name: 'cartage_supplier_orders_overdue',
    help: 'Orders at suppliers that were not answered, or not shipped, by the time that was agreed.',
    labels: ['supplier'],
  },
  partnerOpen: {
    name: 'cartage_partner_open',
    help: 'What partners that fulfil for us are still to be told, have not answered in time, or refused; and what they said that waits, or was refused.',
    labels: ['partner', 'state'],
  },
  partnerOpenSeconds: {
    name: 'cartage_partner_open_seconds',
    help: 'How long the oldest of those is open; 0 when none is.',
    labels: ['partner', 'state'],
  },
  payoutsFailed: {
    name: 'cartage_payouts_failed',
    help: 'Payouts that a bank did not take, whose money has not come with another one yet.',
    labels: ['service', 'provider'],
  },
  personErasures: {
    name: 'cartage_person_erasures',
    help: 'Persons who are to be forgotten: waiting for their orders, asked of the services, or overdue, because one has not answered in time.',
    labels: ['service', 'state'],
  },
  pool: {
    name: 'cartage_database_connections',
    help: 'Connections to Postgres: open, idle, and callers that wait for one.',
    labels: ['service', 'state'],
  },
  moneyOverdue: {
    name: 'cartage_money_overdue_minor_units',
    help: 'Money that came in, and that who has it has not handed over in the time that they take.',
    labels: ['service', 'source', 'currency'],
  },
  up: { name: 'cartage_part_up', help: '0 where a part of the process says that it does not work, as in /health/ready.', labels: ['part'] },
} as const satisfies Readonly<Record<string, Measured>>;

export type GaugeName = keyof typeof gauges;
export type Readings = Partial<Record<GaugeName, readonly Reading[]>>;

/** What a process tells Prometheus. A registry of its own, for several processes' worth of services may be started in one test. */
export interface Metrics {
  readonly contentType: string;
  /** The text of a scrape. What cannot be read in time is left out, and told by `cartage_scrape_failed`. */
  text(): Promise<string>;
  /** Readings that are taken at every scrape. */
  watch(take: () => Promise<Readings>): void;
  readonly requests: Histogram<'method' | 'route' | 'status'>;
  readonly appends: AppendMetrics;
}

export interface AppendMetrics {
  readonly seconds: Histogram<'service'>;
  readonly events: Histogram<'service'>;
  readonly conflicts: Counter<'service'>;
}

const SCRAPE_MS = 5_000;

const within = <Value>(work: Promise<Value>): Promise<Value> => {
  const late = AbortSignal.timeout(SCRAPE_MS);
  return Promise.race([
    work,
    new Promise<never>((_, reject) => {
      late.addEventListener('abort', () => reject(new Error(`no answer within ${SCRAPE_MS} ms`)), { once: true });
    }),
  ]);
};

const appendMetricsIn = (registers: Registry[]): AppendMetrics => ({
  seconds: new Histogram({
    name: 'cartage_append_seconds',
    help: 'How long an append to the log took, commit included.',
    labelNames: ['service'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers,
  }),
  events: new Histogram({
    name: 'cartage_append_batch_events',
    help: 'Events in one append: what was gathered while others were in flight.',
    labelNames: ['service'],
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000],
    registers,
  }),
  conflicts: new Counter({
    name: 'cartage_append_conflicts_total',
    help: 'Writes that lost a race for their stream and were decided again.',
    labelNames: ['service'],
    registers,
  }),
});

export const createMetrics = (): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const known = new Map(
    Object.entries(gauges).map(([key, { name, help, labels }]) => [key, new Gauge({ name, help, labelNames: labels, registers })]),
  );
  const failed = new Counter({ name: 'cartage_scrape_failed_total', help: 'Readings that could not be taken for a scrape.', registers });
  const takers: (() => Promise<Readings>)[] = [];
  const show = (taken: Readings): void => {
    for (const [key, readings] of Object.entries(taken)) for (const { labels, value } of readings) known.get(key)?.set(labels, value);
  };
  const take = async (): Promise<void> => {
    const taken = await Promise.allSettled(takers.map((each) => within(each())));
    for (const gauge of known.values()) gauge.reset();
    for (const result of taken) {
      if (result.status === 'rejected') failed.inc();
      else show(result.value);
    }
  };
  return {
    contentType: registry.contentType,
    text: async () => {
      await take();
      return registry.metrics();
    },
    watch: (taker) => void takers.push(taker),
    requests: new Histogram({
      name: 'cartage_http_request_seconds',
      help: 'How long requests took, by route (never by address) and status.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    appends: appendMetricsIn(registers),
  };
};
