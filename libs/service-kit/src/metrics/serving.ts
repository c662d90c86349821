import type { EventStore, Outcome, Write } from '@cartage/eventsourcing';
import type { FastifyInstance } from 'fastify';
import { isLongLived } from '../http/long-lived';
import type { AppendMetrics, Metrics } from './metrics';

export const METRICS_PATH = '/metrics';

/** Measures every request, and answers Prometheus: the only route that is no JSON and stands in no OpenAPI document. */
export const serveMetrics = (server: FastifyInstance, metrics: Metrics): void => {
  server.addHook('onResponse', (request, reply, done) => {
    const { method, routeOptions } = request;
    const route = routeOptions.url ?? 'none';
    if (route !== METRICS_PATH && !isLongLived(request))
      metrics.requests.observe({ method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1_000);
    done();
  });
  server.get(METRICS_PATH, { config: { publicFor: 'probe' } }, async (_, reply) =>
    reply.header('Content-Type', metrics.contentType).send(await metrics.text()),
  );
};

const conflictsIn = (outcomes: readonly Outcome[]): number => outcomes.filter(({ status }) => status === 'conflict').length;
const eventsIn = (writes: readonly Write[]): number => writes.reduce((sum, { events }) => sum + events.length, 0);

/** The same store, its appends measured. Those inside a transaction of a ledger are measured by nobody: their time is the ledger's. */
export const measuredStore = <Store extends EventStore>(
  store: Store,
  service: string,
  { seconds, events, conflicts }: AppendMetrics,
): Store => ({
  ...store,
  appendMany: async (writes) => {
    const done = seconds.startTimer({ service });
    const outcomes = await store.appendMany(writes);
    done();
    events.observe({ service }, eventsIn(writes));
    const lost = conflictsIn(outcomes);
    if (lost > 0) conflicts.inc({ service }, lost);
    return outcomes;
  },
});
