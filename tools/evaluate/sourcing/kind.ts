import { highsSolver, type ExpectedOrder } from '@cartage/fulfillment-routing/sourcing';
import { chanceOf } from '../../simulation/random';
import { dayNumber } from '../input/cells';
import type { Judgement } from '../judgement';
import type { Judging, Kind } from '../kind';
import { BatchGaps } from './gaps';
import { sourcingJudgement } from './judging';
import { destinationsFile, locationsFile, stockFile, tariffsFile } from './files';
import { madeUpOrders } from './made-up';
import {
  batches,
  cheapestFirst,
  lookingAhead,
  nearestFirst,
  type ExpectedFrom,
  type KmOf,
  type Solver,
  type SourcingMethod,
} from './methods';
import { kmBetween, orderLineOf, type OrderLine } from './reading';
import { allAtOnce, bestOf, boundOf, lived, type History } from './trial';
import { LEAST_PAST, preparedFor, spanOf, type Split } from './prepared';
import { sourcingOrderOf, type World } from './world';

/** Days before the judged ones from which is told what may come. */
const PAST_DAYS = 56;
/** Generous: what the solver does is bounded by its work, so that the same file gives the same result on a slow machine. */
const SOLVER_SECONDS = 300;

/** Orders of the last weeks before, of which a few stand for all: as many as then came in a day, for as long as the stock must last. */
const expectedOf = (
  { past, judged }: Split,
  world: World,
  { known, seed }: { readonly known: number; readonly seed: number },
): ExpectedFrom => {
  const [begin, end] = [dayNumber(judged[0]?.at ?? 0), dayNumber(judged.at(-1)?.at ?? 0)];
  const recent = past.filter(({ at }) => dayNumber(at) >= begin - PAST_DAYS);
  const few = recent.length < LEAST_PAST ? past.slice(-LEAST_PAST) : recent;
  const perDay = few.length / Math.max(1, begin - dayNumber(few[0]?.at ?? 0));
  const chance = chanceOf(seed, 'expected');
  const ranked = few.map((order) => ({ order, rank: chance.whole(0, 1_000_000_000) })).toSorted((a, b) => a.rank - b.rank);
  const sample = ranked.slice(0, known).map(({ order }) => sourcingOrderOf(world, order));
  return (day) => {
    const times = (perDay * Math.max(0, end - day + 1)) / sample.length;
    return sample.map((order): ExpectedOrder => ({ order, times }));
  };
};

/** Those that really come. */
const foreseen = ({ orders }: History): ExpectedFrom => {
  const last = orders.map(({ order, day }) => ({ day, expected: { order, times: 1 } }));
  return (day) => last.filter((one) => one.day >= day).map(({ expected }) => expected);
};

interface Trying {
  readonly history: History;
  readonly expectedFrom: ExpectedFrom;
  readonly solver: Solver;
}

const results = async ({ history, expectedFrom, solver }: Trying) => {
  const { kmOf, unfilledCost } = history;
  const plain: readonly SourcingMethod[] = [nearestFirst(kmOf), cheapestFirst];
  const gaps = new BatchGaps(plain, unfilledCost);
  const seen: Promise<void>[] = [];
  const ways = [
    ...plain,
    batches(solver, (problem, sourced) => void seen.push(gaps.add(problem, sourced))),
    lookingAhead({ name: 'batches, looking ahead', solver, expectedFrom, unfilledCost }),
  ];
  const found = [];
  for (const way of ways) found.push(await lived(history, way));
  await Promise.all(seen);
  const knowing = lookingAhead({ name: 'knowing', solver, expectedFrom: foreseen(history), unfilledCost });
  const best = bestOf([allAtOnce(history), await lived(history, knowing), ...found]);
  return { found: [...found, best], slices: [gaps.slice] };
};

const judge = async (judging: Judging<OrderLine>): Promise<Judgement> => {
  const { seed, option } = judging;
  const { world, ...split } = await preparedFor(judging);
  const [places, destinations] = [
    new Map(world.places.map((place) => [place.location, place])),
    new Map(split.judged.map((order) => [order.id, order.destination])),
  ];
  const kmOf: KmOf = ({ id }, location) => {
    const [from, to] = [places.get(location), destinations.get(id)];
    return from && to ? kmBetween(from, to) : 0;
  };
  const history: History = {
    orders: split.judged.map((order) => ({ order: sourcingOrderOf(world, order), day: dayNumber(order.at) })),
    ...{ stock: world.stock, batchSize: option('batch'), unfilledCost: option('unfilled-cost'), kmOf },
  };
  const solver = highsSolver(SOLVER_SECONDS);
  try {
    const expectedFrom = expectedOf(split, world, { known: option('expected'), seed });
    const { found, slices } = await results({ history, expectedFrom, solver });
    return sourcingJudgement({ results: found, bound: boundOf(history), slices, seed, facts: spanOf(split, world) });
  } finally {
    await solver.close();
  }
};

export const sourcing: Kind<OrderLine> = {
  name: 'sourcing',
  title: 'Sourcing of orders',
  columns: [
    { name: 'ordered_at', required: true, about: 'when: 2026-11-28, or with a time' },
    { name: 'order', required: true, about: 'which order this is a line of' },
    { name: 'sku', required: true, about: 'what was ordered' },
    { name: 'quantity', required: true, about: 'whole units, 1 or more' },
    { name: 'latitude', required: false, about: 'of where it goes, degrees' },
    { name: 'longitude', required: false, about: 'of where it goes, degrees' },
  ],
  files: [locationsFile, stockFile, tariffsFile, destinationsFile],
  options: [
    {
      name: 'judged',
      usual: 1_000,
      least: 20,
      most: 20_000,
      about: 'the last so many orders are sourced, half of all at the most; what came before is learned from',
    },
    { name: 'batch', usual: 25, least: 1, most: 500, about: 'at most so many orders of a day are decided together' },
    { name: 'max-split', usual: 3, least: 1, most: 5, about: 'at most so many locations ship one order' },
    { name: 'unfilled-cost', usual: 5_000, least: 0, most: 1_000_000_000, about: 'what it costs not to ship an order, in minor units' },
    { name: 'locations-used', usual: 20, least: 1, most: 200, about: 'so many of the locations, evenly through their file' },
    {
      name: 'stock-share',
      usual: 1.1,
      least: 0.1,
      most: 100,
      about: 'without --stock: so many units for each that the judged orders ask for',
    },
    { name: 'kept-at', usual: 4, least: 1, most: 200, about: 'without --stock: at so many locations, drawn for each SKU, in equal lots' },
    { name: 'expected', usual: 400, least: 50, most: 5_000, about: 'orders of the eight weeks before that stand for those that may come' },
  ],
  rowOf: orderLineOf,
  judge,
  sample: madeUpOrders,
};
