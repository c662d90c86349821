import type { Report } from './report';

type Line = readonly [what: string, figure: string, ratio: string];

const whole = (value: number): string => Math.round(value).toLocaleString('en');
const ratio = (value: number, limit: number, name: string): string => `${(value / limit).toFixed(2)} of ${name}`;

const linesOf = ({ limits, appends, bareRoute, accept, lifecycles, idle }: Report): readonly Line[] => [
  ['limit: one-row inserts/s, 1 connection', whole(limits.oneRowAlone.perSecond), ''],
  ['limit: one-row inserts/s, 16 connections', whole(limits.oneRow.perSecond), ''],
  ['limit: rows/s in 100-row inserts', whole(limits.hundredRows.perSecond), ''],
  ['limit: bare Fastify + one insert, orders/s', whole(bareRoute.perSecond), `p50 ${bareRoute.p50} ms, p99 ${bareRoute.p99} ms`],
  [
    'append, 1 event, 1 caller: events/s',
    whole(appends.alone.perSecond),
    ratio(appends.alone.perSecond, limits.oneRowAlone.perSecond, 'one-row inserts'),
  ],
  [
    'append, 1 event, 16 callers: events/s',
    whole(appends.one.perSecond),
    ratio(appends.one.perSecond, limits.oneRow.perSecond, 'one-row inserts'),
  ],
  [
    'append, 100 events: events/s',
    whole(appends.hundred.perSecond),
    ratio(appends.hundred.perSecond, limits.hundredRows.perSecond, '100-row inserts'),
  ],
  ['accepted orders/s over HTTP', whole(accept.perSecond), ratio(accept.perSecond, bareRoute.perSecond, 'Fastify + one insert')],
  ['  latency', `p50 ${accept.p50} ms`, `p97.5 ${accept.p97} ms, p99 ${accept.p99} ms, ${accept.refused} refused`],
  [
    'complete lifecycles/s',
    lifecycles.completed.perSecond.toFixed(0),
    `${lifecycles.completed.count} orders in ${lifecycles.completed.seconds.toFixed(1)} s, Node ${lifecycles.nodeCores.toFixed(2)} cores`,
  ],
  [
    '  events/s, all logs',
    whole(lifecycles.events.perSecond),
    ratio(lifecycles.events.perSecond, limits.hundredRows.perSecond, '100-row inserts'),
  ],
  ['  capture to completed', `p50 ${whole(lifecycles.durationMs.p50)} ms`, `p95 ${whole(lifecycles.durationMs.p95)} ms`],
  ['start to ready', `${whole(idle.coldStartMs)} ms cold`, `${whole(idle.warmStartMs)} ms warm`],
  ['memory of the Node process', `${whole(idle.nodeRssMb)} MB idle`, `${whole(lifecycles.rssMb)} MB after the lifecycles`],
  ['CPU while nothing happens', `${(idle.idleCores * 100).toFixed(1)} % of a core`, 'Node and Postgres together'],
];

/** The report as a person reads it. */
export const table = (report: Report): string => {
  const lines = linesOf(report);
  const width = (column: 0 | 1): number => Math.max(...lines.map((line) => line[column].length));
  return lines.map(([what, figure, more]) => `${what.padEnd(width(0))}  ${figure.padStart(width(1))}  ${more}`.trimEnd()).join('\n');
};
