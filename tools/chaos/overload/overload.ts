// Twice what Cartage can take: it must turn away at the entrance, complete what it took, and recover without help. `npm run overload [-- --seconds 15 …]`.
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'pg';
import { orderBody, skus } from '../../bench/bodies';
import { parsed } from '../../client/client';
import { meanwhile } from '../../simulator/actors';
import { carrier } from '../../simulator/carriers';
import { cartageOver, type Cartage } from '../../simulator/cartage';
import { httpTo } from '../../simulator/http';
import { standing } from '../../simulator/settled';
import { say } from '../../simulator/terminal';
import { warehouseStaff } from '../../simulator/warehouse';
import { settle, type Check, type Looked } from '../judge/check';
import { deadLettersIn, eventsIn, lineOf } from '../judge/dead-letters';
import { unsettledOrders } from '../judge/books';
import { wholeIn } from '../options';
import { runInterruptible, unlessInterrupted, withFolder } from '../../simulator/interruptible';
import { originsOf, startChaosSystem, type ChaosSystem } from '../system';
import { atRate, flatOut, keptConnections, openConnections, posting, type Outcome, type Post } from './load';
import { countsOf, overloadText, sheds, wrongAnswers, type Overload } from './report';

const usage = 'Usage: npm run overload [-- --seconds 15 --times 2 --max-requests 200 --report overload.json --keep]';
const LOCATION = 'LDN-1';
/** For each request that may be in hand at once. */
const CONNECTIONS = 4;
const WARM_UP_MS = 3_000;
const COMPLETE_WITHIN_MS = 600_000;
const UNITS = 1_000_000;

interface Options {
  readonly seconds: number;
  readonly times: number;
  readonly maxRequests: number;
  readonly report: string | undefined;
  readonly keep: boolean;
}

const optionsOf = (args: readonly string[]): Options => {
  const { values } = parsed(
    args,
    {
      seconds: { type: 'string', default: '15' },
      times: { type: 'string', default: '2' },
      'max-requests': { type: 'string', default: '200' },
      report: { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
    usage,
  );
  const whole = wholeIn(usage);
  return {
    seconds: whole('seconds', values.seconds, [1, 600]),
    times: whole('times', values.times, [1, 20]),
    maxRequests: whole('max-requests', values['max-requests'], [1, 100_000]),
    report: values.report,
    keep: values.keep,
  };
};

const openShop = async (cartage: Cartage): Promise<void> => {
  const profile = { name: 'London', kind: 'warehouse', country: 'GB', latitude: 51.5, longitude: 0.02, active: true } as const;
  await cartage.putLocation(LOCATION, profile);
  await cartage.receiveStock('opening-stock', { location: LOCATION, lines: skus.map((sku) => ({ sku, quantity: UNITS })) });
};

interface Loaded {
  readonly capacity: number;
  readonly offered: number;
  readonly outcomes: readonly Outcome[];
  readonly recoveredMs: number;
  /** By its id; the orders of the measurement before, too. */
  readonly accepted: ReadonlyMap<string, string>;
}

const isAccepted = ({ status }: Outcome): boolean => status >= 200 && status < 300;

/** Until one is taken again; nobody helps it. */
const untilTaken = async (post: Post, signal: AbortSignal): Promise<{ readonly ms: number; readonly outcome: Outcome }> => {
  const began = performance.now();
  for (let n = 1; ; n += 1) {
    const outcome = await post(n);
    if (isAccepted(outcome) || signal.aborted || performance.now() - began > COMPLETE_WITHIN_MS)
      return { ms: performance.now() - began, outcome };
    await pause(100);
  }
};

const load = async (url: string, { seconds, times, maxRequests }: Options, signal: AbortSignal): Promise<Loaded> => {
  const run = randomUUID();
  // Many at a time are taken in batches: that is where it can take most.
  const atOnce = Math.ceil(maxRequests / 2);
  const agent = keptConnections();
  const post = (name: string): Post => posting({ agent, url, bodyOf: orderBody, series: `${run}-${name}` });
  await openConnections(agent, url, maxRequests * CONNECTIONS);
  await flatOut(post('warm'), { atOnce, ms: WARM_UP_MS });
  const ms = seconds * 1_000;
  const measured = await flatOut(post('flat'), { atOnce, ms: ms / 2 });
  const capacity = measured.filter(isAccepted).length / (seconds / 2);
  say(`It takes ${Math.round(capacity)} orders a second; ${times} times as many are offered for ${seconds} s.`);
  const outcomes = await atRate(post('over'), { perSecond: capacity * times, ms });
  const after = await untilTaken(post('after'), signal);
  agent.destroy();
  const taken = [...measured, ...outcomes, after.outcome].flatMap(({ orderId }) => (orderId === undefined ? [] : [orderId]));
  return { capacity, offered: capacity * times, outcomes, recoveredMs: after.ms, accepted: new Map(taken.map((id) => [id, 'web'])) };
};

const done = ({ status }: { readonly status: string }): boolean => status === 'completed' || status === 'cancelled';

/** Warehouse and carrier work until everything that was placed has come to its end, or time is over; answers with how many seconds that took. */
const carryOn = async (cartage: Cartage, accepted: number, signal: AbortSignal): Promise<number> => {
  const began = performance.now();
  const staff = [
    ...warehouseStaff(cartage, LOCATION),
    carrier(cartage, { journeyOf: async () => [{ code: 'PICKED_UP' }, { code: 'DELIVERED' }] }),
  ];
  await meanwhile(staff, async () => {
    for (let left = accepted; left > 0 && !signal.aborted && performance.now() - began < COMPLETE_WITHIN_MS; await pause(3_000)) {
      left = await standing(cartage, {}, (order) => !done(order));
      say(`${left} orders have not come to their end.`);
    }
  });
  return Math.round((performance.now() - began) / 1_000);
};

const ofOutcomes = (outcomes: readonly Outcome[]): readonly Check[] => [
  {
    name: 'it sheds at the entrance, and goes on taking orders',
    things: 'orders that were offered',
    look: async () => ({ of: outcomes.length, breaches: sheds(outcomes) }),
  },
  {
    name: 'what it does not take it turns away with 503 and Retry-After',
    things: 'orders that were not taken',
    look: async () => ({ of: outcomes.filter((each) => !isAccepted(each)).length, breaches: wrongAnswers(outcomes) }),
  },
];

const endedIn = ({ replicas }: ChaosSystem): Looked => ({
  of: replicas.length,
  breaches: replicas.filter(({ ends }) => ends.length > 0).map(({ name, ends }) => `${name} ended with ${ends.join(', ')}`),
});

const checksOf = (system: ChaosSystem, cartage: Cartage, { outcomes, accepted, recoveredMs }: Loaded, pool: Pool): readonly Check[] => [
  ...ofOutcomes(outcomes),
  {
    name: 'it recovers without help',
    things: 'orders that were offered',
    look: async () => ({
      of: outcomes.length,
      breaches: recoveredMs < 60_000 ? [] : [`the first order was taken after ${recoveredMs} ms`],
    }),
  },
  { name: 'what it accepted completes', things: 'accepted orders', look: () => unsettledOrders(cartage, accepted) },
  {
    name: 'there are no dead letters',
    things: 'events',
    look: async () => ({ of: await eventsIn(pool), breaches: (await deadLettersIn(pool)).map(lineOf) }),
  },
  { name: 'no process ended', things: 'processes', look: async () => endedIn(system) },
];

const overloaded = async (system: ChaosSystem, options: Options, signal: AbortSignal): Promise<Overload> => {
  const [origins = {}] = originsOf(system);
  const cartage = cartageOver(httpTo(origins));
  const pool = new Pool({ connectionString: system.postgres.url, max: 2 });
  try {
    await openShop(cartage);
    const loaded = await load(origins['orders'] ?? '', options, signal);
    const completedSeconds = await carryOn(cartage, loaded.accepted.size, signal);
    const checks = [];
    for (const check of checksOf(system, cartage, loaded, pool)) checks.push(await settle(check, { withinMs: 0, everyMs: 1 }));
    const { capacity, offered, outcomes, recoveredMs, accepted } = loaded;
    const { seconds, maxRequests } = options;
    return { maxRequests, capacity, offered, seconds, outcomes, recoveredMs, completedSeconds, accepted: accepted.size, checks };
  } finally {
    cartage.close();
    await pool.end();
  }
};

const main = async (signal: AbortSignal): Promise<number> => {
  const options = optionsOf(process.argv.slice(2));
  return withFolder(options.keep, async (folder) => {
    const environment = { MAX_REQUESTS: String(options.maxRequests) };
    const system = await startChaosSystem({ ...{ folder, say, environment, replicas: 1, brokers: 1 }, orders: 0, toxiproxy: undefined });
    const result = await unlessInterrupted(overloaded(system, options, signal), signal).finally(() => system.stop());
    if (options.report !== undefined) writeFileSync(options.report, `${JSON.stringify(result, undefined, 2)}\n`);
    say(overloadText(result));
    return countsOf(result).failed === 0 ? 0 : 1;
  });
};

runInterruptible(usage, main);
