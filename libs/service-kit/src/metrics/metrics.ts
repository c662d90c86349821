import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { familiesOf, type Family } from './families';
import { gauges, type Readings } from './gauges';

/** What a process tells Prometheus. A registry of its own, for several processes' worth of services may be started in one test. */
export interface Metrics {
  readonly contentType: string;
  /** The text of a scrape. What cannot be read in time is left out, and told by `cartage_scrape_failed`. */
  text(): Promise<string>;
  /** What can stand in a scrape, whether or not it does now. */
  families(): readonly Family[];
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
    families: () => familiesOf(registry),
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
