import { learnedLeadTimes, lookupTable, type LeadTimeMethod } from '@cartage/order/lead-times';
import { Trouble } from '../../client/client';
import { dateOf } from '../input/cells';
import type { Judgement } from '../judgement';
import type { Judging, Kind } from '../kind';
import { promiseJudgement } from './judging';
import { madeUpDeliveries } from './made-up';
import type { Promises } from './promises';
import { deliveriesIn, deliveryOf, type Delivery } from './reading';
import { lived } from './replay';

const targets = [0.8, 0.9, 0.95];
/** Shares by which the curve of the table is drawn: what it promises at whatever late share. */
const curveShares = [0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.825, 0.85, 0.875, 0.9, 0.92, 0.94, 0.96, 0.98, 0.99, 0.999];

interface History {
  readonly deliveries: readonly Delivery[];
  /** Those before are learned from only. */
  readonly from: number;
}

const promisedBy = (method: LeadTimeMethod, share: number, { deliveries, from }: History): Promises => {
  const days = new Float64Array(deliveries.length - from);
  const levels = new Map<string, number>();
  let n = 0;
  lived(deliveries, method.begin(share), (_, quote) => {
    if (n >= from) {
      days[n - from] = quote.days ?? Number.NaN;
      levels.set(quote.from.level, (levels.get(quote.from.level) ?? 0) + 1);
    }
    n += 1;
  });
  const { name, version } = method;
  return { name: `${name}, ${share * 100} %`, version, isBaseline: method === lookupTable, share, days, levels };
};

/** Of one life of the table, what it would have promised for each share: it learns the same, whatever it promises. */
const tableCurve = ({ deliveries, from }: History): readonly Float64Array[] => {
  const curve = curveShares.map(() => new Float64Array(deliveries.length - from));
  let n = 0;
  lived(deliveries, lookupTable.begin(0.9), (_, quote) => {
    if (n >= from) curveShares.forEach((share, s) => curve[s]?.fill(quote.within(share) ?? Number.NaN, n - from, n - from + 1));
    n += 1;
  });
  return curve;
};

/** What the file says was promised, where it says so of most. */
const promisedInFile = ({ deliveries, from }: History): readonly Promises[] => {
  const days = Float64Array.from(deliveries.slice(from), ({ promised }) => promised ?? Number.NaN);
  const said = days.filter((each) => !Number.isNaN(each)).length;
  if (said < days.length / 2) return [];
  return [{ name: 'promised in the file', version: '-', isBaseline: true, share: undefined, days, levels: new Map() }];
};

const judge = async ({ rows, seed, option }: Judging<Delivery>): Promise<Judgement> => {
  const deliveries = await deliveriesIn(rows);
  const [first = 0, last = 0] = [deliveries[0]?.ordered, deliveries.at(-1)?.ordered];
  if (last - first > 36_600) throw new Trouble('The first and the last order lie more than a century apart: is one of them mistyped?');
  const history = { deliveries, from: Math.floor(deliveries.length * option('learn')) };
  const promises = [
    ...promisedInFile(history),
    ...[lookupTable, learnedLeadTimes].flatMap((method) => targets.map((share) => promisedBy(method, share, history))),
  ];
  const judged = deliveries.slice(history.from);
  return promiseJudgement({
    ...{ judged, promises, curve: tableCurve(history), seed, blockDays: option('block-days') },
    facts: { ...{ from: dateOf(first), to: dateOf(last), deliveries: deliveries.length }, judgedFrom: dateOf(judged[0]?.ordered ?? 0) },
  });
};

export const promise: Kind<Delivery> = {
  name: 'promise',
  title: 'Promise of delivery',
  columns: [
    { name: 'ordered_at', required: true, about: 'when it was ordered: 2026-11-28, or with a time' },
    { name: 'origin', required: true, about: 'whence: GB, or GB-LS1; what stands before the first hyphen is the country' },
    { name: 'destination', required: true, about: 'whither, as origin' },
    { name: 'service', required: false, about: 'by which carrier or service' },
    { name: 'delivered_at', required: true, about: 'when it was delivered' },
    { name: 'promised_at', required: false, about: 'until when that had been promised' },
  ],
  options: [
    {
      name: 'learn',
      usual: 0.3,
      least: 0.05,
      most: 0.95,
      about: 'share of the orders, the first ones, that are learned from and not judged',
    },
    {
      name: 'block-days',
      usual: 28,
      least: 1,
      most: 366,
      about: 'days that are drawn together for intervals: longer than what one delay lasts',
    },
  ],
  rowOf: deliveryOf,
  judge,
  sample: madeUpDeliveries,
};
