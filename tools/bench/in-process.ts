import type { Figure } from './figure';
import { measureLifecycles, type Lifecycles } from './lifecycles';
import { onFreshDatabase } from './places';
import type { Written } from './written';

const writtenFigures = (where: string, { commits, walBytes, eventBytes, logBytes, databaseBytes }: Written): readonly Figure[] => [
  { name: `${where}: commits an order`, value: commits, unit: '' },
  { name: `${where}: write-ahead log an order`, value: walBytes / 1_000, unit: 'kB' },
  {
    name: `${where}: logs on disk an order`,
    value: logBytes / 1_000,
    unit: 'kB',
    note: `${(eventBytes / 1_000).toFixed(1)} kB of data and meta`,
  },
  { name: `${where}: all on disk an order`, value: databaseBytes / 1_000, unit: 'kB' },
];

const figuresOf = (inFlight: number, { completed, eventsAnOrder, cpuMs, durationMs, written }: Lifecycles): readonly Figure[] => {
  const many = inFlight > 100;
  const where = `in process, ${inFlight} in flight`;
  return [
    {
      name: `${where}: completed`,
      value: completed.perSecond,
      unit: 'orders/s',
      goal: many ? { must: 280, aim: 600, better: 'more' } : { must: 160, better: 'more' },
      note: `${eventsAnOrder.toFixed(1)} events an order`,
    },
    {
      name: `${where}: capture to completed, p50`,
      value: durationMs.p50,
      unit: 'ms',
      ...(many ? {} : { goal: { must: 250, better: 'less' as const } }),
      note: `p99 ${durationMs.p99.toFixed(0)} ms`,
    },
    {
      name: `${where}: CPU an order`,
      value: cpuMs.node + cpuMs.postgres,
      unit: 'ms',
      ...(many ? { goal: { must: 6, aim: 3.5, better: 'less' as const } } : {}),
    },
    { name: `  Node, ${where}`, value: cpuMs.node, unit: 'ms' },
    { name: `  Postgres, ${where}`, value: cpuMs.postgres, unit: 'ms' },
    ...writtenFigures(where, written),
  ];
};

/** With a full pipeline, and with so few orders in it that nothing gathers by itself. */
export const inProcess = async (orders: number): Promise<readonly Figure[]> => {
  const many = await onFreshDatabase((database) => measureLifecycles(database, { orders, warmUp: 400, inFlight: 800 }));
  const few = await onFreshDatabase((database) =>
    measureLifecycles(database, { orders: Math.ceil(orders / 2), warmUp: 200, inFlight: 40 }),
  );
  return [...figuresOf(800, many), ...figuresOf(40, few)];
};
