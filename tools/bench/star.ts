import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Envelope } from '@cartage/contracts';
import { reportingService } from '@cartage/reporting';
import { compose, type Composition } from './composition';
import type { Figure } from './figure';
import { usageOf } from './machine';
import { onFreshDatabase, say, type Database } from './places';
import { rateOf } from './rate';
import { lived } from './star-events';
import { storiesOf, type Lived } from './star-stories';

type Take = (envelope: Envelope) => Promise<unknown>;

/** Orders that lived once, of which all others are told. */
const LIVED = 60;
/** So many events are in hand at once, as a consumer of a topic has them. */
const IN_HAND = 2_000;
/** What is looked at when a tenth, a half and all of it is done. */
const LOOKS = [0.1, 0.5, 1];

/** What a listener of the service does with an event, whatever its topic. */
const takingOf = (composition: Composition): Take => {
  const handlers = new Map(composition.listenersOf(reportingService.name).flatMap(({ on }) => Object.entries(on)));
  return async (envelope) => {
    const handle = handlers.get(envelope.type) as ((data: unknown, meta: object, envelope: Envelope) => Promise<unknown>) | undefined;
    await handle?.(envelope.data, {}, envelope);
  };
};

const countIn = async ({ kits }: Composition, sql: string): Promise<number> =>
  Number((await kits.get(reportingService.name)?.pool.query<{ readonly n: string }>(sql))?.rows[0]?.n ?? 0);

const DISK = `select sum(pg_total_relation_size(c.oid)) as n from pg_class c where relkind = 'r' and relnamespace = current_schema()::regnamespace`;

/** How it stands after so many orders. */
interface Look {
  readonly orders: number;
  readonly events: number;
  readonly seconds: number;
  readonly nodeMb: number;
  /** What of it is in use: the rest is what nobody has collected yet. */
  readonly heapMb: number;
  readonly postgresMb: number;
  readonly diskMb: number;
}

const figuresOf = (look: Look, before: Look): readonly Figure[] => {
  const at = `star, ${look.orders.toLocaleString('en')} orders`;
  const { perSecond } = rateOf(look.orders - before.orders, (look.seconds - before.seconds) * 1_000);
  return [
    {
      name: `${at}: written`,
      value: perSecond,
      unit: 'orders/s',
      note: `${Math.round(perSecond * (look.events / look.orders))} events/s, the last part of them`,
    },
    {
      name: `${at}: memory of Node`,
      value: look.nodeMb,
      unit: 'MB',
      note: `of them ${look.heapMb.toFixed(1)} in use; Postgres ${look.postgresMb.toFixed(0)} MB`,
    },
    { name: `${at}: on disk`, value: look.diskMb, unit: 'MB', note: `${((look.diskMb * 1_000) / look.orders).toFixed(1)} kB an order` },
  ];
};

/** After what nobody needs any more is collected, megabytes: whether anything is kept of each order. */
const inUse = (): number => {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed / 1e6;
};

/** Tells the star everything, so much at once; calls back after each order with how many events it were. */
const tell = async (stories: Iterable<readonly Envelope[]>, take: Take, told: (events: number) => Promise<void>): Promise<void> => {
  let inHand: Promise<unknown>[] = [];
  for (const story of stories) {
    inHand.push(...story.map(take));
    if (inHand.length >= IN_HAND) {
      await Promise.all(inHand);
      inHand = [];
    }
    await told(story.length);
  }
  await Promise.all(inHand);
};

const requireWhole = async (composition: Composition, { orders }: Lived, many: number): Promise<void> => {
  const lines = (story: readonly Envelope[]): number =>
    story.flatMap(({ type, data }) => (type === 'OrderPlaced' ? (data as { readonly lines: readonly unknown[] }).lines : [])).length;
  const wanted = Array.from({ length: many }, (_, n) => lines(orders[(n + 1) % orders.length] ?? [])).reduce((sum, each) => sum + each, 0);
  const [kept, missing] = [
    await countIn(composition, 'select count(*) as n from fact_order_line'),
    await countIn(composition, 'select count(*) as n from missing_event'),
  ];
  if (kept !== wanted || missing !== 0) throw new Error(`The star has ${kept} lines of ${wanted}, and misses ${missing} events.`);
};

const measured = async ({ url, postmaster }: Database, story: Lived, many: number): Promise<readonly Figure[]> => {
  const composition = await compose(url, [reportingService]);
  const began = performance.now();
  const looks: Look[] = [{ orders: 0, events: 0, seconds: 0, nodeMb: 0, heapMb: 0, postgresMb: 0, diskMb: 0 }];
  let [orders, events] = [-1, 0];
  const look = async (): Promise<void> => {
    const nodeMb = process.memoryUsage().rss / 1e6;
    const memory = { nodeMb, heapMb: inUse(), postgresMb: usageOf([postmaster]).rssMb };
    const diskMb = (await countIn(composition, DISK)) / 1e6;
    looks.push({ orders, events, seconds: (performance.now() - began) / 1_000, ...memory, diskMb });
    say(`${orders.toLocaleString('en')} orders …`);
  };
  const points = new Set(LOOKS.map((part) => Math.ceil(many * part)));
  try {
    await tell(storiesOf(story, many), takingOf(composition), async (count) => {
      [orders, events] = [orders + 1, events + count];
      if (points.has(orders)) await look();
    });
    await requireWhole(composition, story, many);
    return looks.slice(1).flatMap((each, i) => figuresOf(each, looks[i] ?? each));
  } finally {
    await composition.running.close();
  }
};

/** So many orders told to the star of reporting, in the shapes in which a Cartage has published them: how fast, and in how much memory. */
export const fillingStar = async (orders: number): Promise<readonly Figure[]> => {
  const story = await lived(Math.min(LIVED, orders));
  return onFreshDatabase((database) => measured(database, story, orders));
};
