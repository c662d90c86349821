import { Trouble } from '../../client/client';
import { dateOf } from '../input/cells';
import type { Judgement } from '../judgement';
import type { Judging, Kind, KindOption } from '../kind';
import { Figures, measures } from './figures';
import { madeUpOrders, sampleFeatures } from './made-up';
import { foretoldBy } from './methods';
import { featureForm, orderOf, ordersIn, type JudgedOrder } from './reading';
import { slicesOf } from './slices';
import { foldsOf } from './walk';

const requireOneTime = (orders: readonly JudgedOrder[]): readonly [number, number] => {
  const [first = 0, last = 0] = [orders[0]?.day, orders.at(-1)?.day];
  if (last - first > 36_600) throw new Trouble('The first and the last order lie more than a century apart: is one of them mistyped?');
  return [first, last];
};

const judge = async ({ rows, seed, option }: Judging<JudgedOrder>): Promise<Judgement> => {
  const all = await ordersIn(rows);
  const [first, last] = requireOneTime(all);
  const folds = foldsOf(all, {
    ...{ learn: option('learn'), matureDays: option('mature-days') },
    ...{ refitDays: option('refit-days'), halfLifeDays: option('half-life') },
  });
  const { methods, model, ridge } = foretoldBy(all.flatMap(({ features }) => [features]).at(0) ?? [], folds);
  const orders = folds.flatMap(({ judged }) => judged);
  const costs = {
    ...{ loss: option('loss'), fee: option('fee'), margin: option('margin') },
    ...{ review: option('review-cost'), amount: option('amount') },
  };
  const figures = new Figures({ orders, costs, seed, blockDays: option('block-days') });
  const [learned, baselines] = [methods.filter(({ isBaseline }) => !isBaseline), methods.filter(({ isBaseline }) => isBaseline)];
  return {
    facts: {
      ...{ from: dateOf(first), to: dateOf(last), orders: all.length, judged: orders.length, judgedFrom: dateOf(folds[0]?.day ?? 0) },
      ...{ wentWrong: orders.filter(({ wentWrong }) => wentWrong).length, timesLearned: folds.length, ridge },
    },
    ...{ measures, headline: 'cost' },
    methods: methods.map((each) => figures.methodOf(each)),
    comparisons: learned.flatMap((own) => baselines.flatMap((other) => figures.compared(own, other))),
    drift: [figures.drift(methods, 'cost'), figures.drift(methods, 'gap')],
    slices: learned.flatMap((own) => slicesOf({ orders, learned: own, model, costs, figures })),
    ...{ notes, notFor },
  };
};

const notes = [
  'Walks forward in time: each order is judged by what had been learned before it, from orders that had matured by then; of a chargeback that came later nothing was known.',
  'Orders that have not matured when the file ends are not judged: what has not gone wrong yet may still do.',
  'Of orders that were declined it is not known what would have become of them; they are not in such a file, or stand in it as what somebody took them for. What is learned holds for orders like those that went through.',
  'A person who reviews is taken to decide rightly; if yours do not, a review is worth less than is counted here.',
  'Intervals are of 95 %, from blocks of days drawn with replacement.',
];

const notFor = [
  'Decisions about people by what they cannot help: a country or a method is shown here so that it is seen whom it flags, and is no feature unless you make it one.',
  'Declining without a person: that is for whoever answers for it to switch on.',
  'Fraud that changes as soon as it is caught: watch the drift, and learn anew.',
];

const share = { least: 0, most: 1 } as const;
const money = { least: 0, most: 1e9 } as const;

const options: readonly KindOption[] = [
  { name: 'mature-days', usual: 60, least: 0, most: 3660, about: 'days after which an order of which nothing bad was heard is good' },
  { name: 'half-life', usual: 365, least: 1, most: 36_600, about: 'days after which what became of an order counts half' },
  { name: 'refit-days', usual: 30, least: 1, most: 3660, about: 'days after which it is learned anew, twelve times at most' },
  {
    name: 'learn',
    usual: 0.4,
    least: 0.05,
    most: 0.95,
    about: 'share of the orders, the first ones, that are learned from and not judged',
  },
  { name: 'loss', usual: 1, ...share, about: 'share of the amount that is lost with an order that goes wrong' },
  { name: 'fee', usual: 15, ...money, about: 'what it costs besides, such as the fee of a chargeback' },
  { name: 'margin', usual: 0.3, ...share, about: 'share of the amount that is not earned with a good order that is declined' },
  { name: 'review-cost', usual: 3, ...money, about: 'what it costs that a person looks at an order' },
  { name: 'amount', usual: 50, ...money, about: 'amount of an order where the file does not say it' },
  { name: 'block-days', usual: 14, least: 1, most: 366, about: 'days that are drawn together for intervals' },
];

export const risk: Kind<JudgedOrder> = {
  name: 'risk',
  title: 'Risk of orders',
  columns: [
    { name: 'ordered_at', required: true, about: 'when it was ordered: 2026-11-28, or with a time' },
    {
      name: 'outcome',
      required: true,
      about: 'bad (1, true, yes) or good (0, false, no): whether it was charged back, refused at the door …',
    },
    { name: 'outcome_at', required: false, about: 'when that was known; of a bad one without it, once it is mature' },
    { name: 'amount', required: false, about: 'what it was worth' },
    { name: 'score', required: false, about: 'what your rules, or somebody else, gave it then; higher is riskier' },
    { name: 'method', required: false, about: 'how it was paid, to look at; no feature' },
    { name: 'country', required: false, about: 'whither, to look at; no feature' },
    { name: 'channel', required: false, about: 'where it was sold, to look at; no feature' },
  ],
  open: {
    form: featureForm,
    about: 'Features are headed up:… (risk never falls as it rises), down:… (never rises), number:… (either way) or category:… (words).',
    sample: sampleFeatures,
  },
  options,
  rowOf: orderOf,
  judge,
  sample: madeUpOrders,
};
