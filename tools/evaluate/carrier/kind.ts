import type { LearnedTerms } from '@cartage/shipping/carrier-learning';
import { Trouble } from '../../client/client';
import { dateOf } from '../input/cells';
import type { Judgement } from '../judgement';
import type { Judging, Kind, KindOption } from '../kind';
import { carrierJudgement, type Choices } from './judging';
import { madeUpHandovers } from './made-up';
import { lossOf, methodsOf, type CarrierMethod, type LearnedChooser } from './methods';
import { handoverOf, handoversIn, type Handover } from './reading';
import { lived, type Chosen } from './replay';
import { World } from './world';

const isLearned = (chooser: object): chooser is LearnedChooser => 'reasons' in chooser;

const chosenBy = ({ name, version, isBaseline, begin }: CarrierMethod, world: World, from: number): Choices => {
  const chooser = begin();
  const chosen: Chosen[] = [];
  lived(world, from, chooser, (each) => void chosen.push(each));
  return { name, version, isBaseline, chosen, reasons: isLearned(chooser) ? chooser.reasons : new Map() };
};

/** Of each lane, the service that came out cheapest over all decisions in which it could be chosen, at what it came to in each. */
const hindsightOf = (world: World, decided: readonly Chosen[], terms: LearnedTerms): readonly number[] => {
  const lossesAt = (n: number): ReadonlyMap<string, number> =>
    new Map(
      world.decision(n)?.ways.map(({ service, cost, fate }) => {
        const handover = world.handovers[n];
        const daysLate = handover === undefined ? 0 : world.daysLate(handover, fate);
        return [service, lossOf(cost, { day: 0, end: fate.end, daysLate }, terms)] as const;
      }),
    );
  const sums = new Map<string, Map<string, { sum: number; count: number }>>();
  for (const { n, handover } of decided) {
    const lane = sums.get(handover.lane) ?? new Map<string, { sum: number; count: number }>();
    sums.set(handover.lane, lane);
    for (const [service, loss] of lossesAt(n)) {
      const before = lane.get(service) ?? { sum: 0, count: 0 };
      lane.set(service, { sum: before.sum + loss, count: before.count + 1 });
    }
  }
  const ranked = new Map(
    [...sums].map(([lane, services]) => [
      lane,
      [...services].toSorted(([, a], [, b]) => a.sum / a.count - b.sum / b.count).map(([service]) => service),
    ]),
  );
  return decided.map(({ n, handover }) => {
    const losses = lossesAt(n);
    const best = ranked.get(handover.lane)?.find((service) => losses.has(service));
    return losses.get(best ?? '') ?? Number.NaN;
  });
};

export const carrierWorldOf = <Parcel extends Handover>(
  all: readonly Parcel[],
  seed: number,
  option: (name: string) => number,
): World<Parcel> => {
  const [first, last] = [all[0], all.at(-1)].map((each) => each?.day ?? 0);
  if ((last ?? 0) - (first ?? 0) > 36_600)
    throw new Trouble('The first and the last parcel lie more than a century apart: is one of them mistyped?');
  return new World(all, {
    ...{ seed, periodDays: option('period-days'), least: option('least'), dueDays: option('due-days'), lostAfter: option('lost-after') },
  });
};

/** What lateness and loss cost, and how much may be left to chance. */
export const lossTermsOf = (option: (name: string) => number): LearnedTerms => ({
  ...{ perDayLate: option('late-cost'), perLost: option('lost-cost'), floor: option('floor'), bound: option('bound') },
});

const NOTHING =
  'There is nothing to judge: on no lane are there two services with enough parcels in one period. Try --period-days, --least or --lost-after.';

const judge = async ({ rows, seed, option }: Judging<Handover>): Promise<Judgement> => {
  const all = await handoversIn(rows);
  const world = carrierWorldOf(all, seed, option);
  const from = Math.floor(world.handovers.length * option('learn'));
  const terms = lossTermsOf(option);
  const methods = methodsOf({ terms, seed, from: world.handovers[from]?.day ?? 0 });
  const choices = methods.map((method) => chosenBy(method, world, from));
  const decided = choices.flatMap(({ chosen }) => chosen).slice(0, choices[0]?.chosen.length);
  if (decided.length === 0) throw new Trouble(NOTHING);
  const [start, end] = [all.slice(0, 1), all.slice(-1)].map((each) => each.map(({ day }) => dateOf(day)).join(''));
  return carrierJudgement({
    ...{ choices, hindsight: hindsightOf(world, decided, terms), terms, seed, blockDays: option('block-days') },
    facts: {
      ...{ from: start ?? '', to: end ?? '', parcels: all.length, tooYoungToJudge: world.tooYoung, learnedFromOnly: from },
      ...{ judged: decided.length, nothingToChoose: world.handovers.length - from - decided.length },
    },
  });
};

const share = { least: 0, most: 1 } as const;

const options: readonly KindOption[] = [
  { name: 'late-cost', usual: 2, least: 0, most: 1e9, about: 'what a day of lateness costs you, in the unit of the costs' },
  {
    name: 'lost-cost',
    usual: 50,
    least: 0,
    most: 1e9,
    about: 'what a parcel costs you that is lost or comes back; lateness never costs more',
  },
  { name: 'due-days', usual: 4, least: 0, most: 366, about: 'days in which a parcel is due of which the file does not say it' },
  {
    name: 'lost-after',
    usual: 30,
    least: 1,
    most: 366,
    about: 'days without an end after which a parcel is lost; younger ones are not judged',
  },
  { name: 'floor', usual: 0.02, ...share, about: 'share of choices that are left to chance, so that nobody is forgotten' },
  { name: 'bound', usual: 0.05, ...share, about: 'how much dearer than the fixed best service it may become, as a share' },
  {
    name: 'learn',
    usual: 0.3,
    least: 0.05,
    most: 0.95,
    about: 'share of the parcels, the first ones, that are learned from and not judged',
  },
  {
    name: 'period-days',
    usual: 56,
    least: 1,
    most: 3660,
    about: 'days in which outcomes of a service on a lane are drawn for one another',
  },
  { name: 'least', usual: 3, least: 1, most: 1e6, about: 'parcels of a service on a lane in a period, from which outcomes are drawn' },
  {
    name: 'block-days',
    usual: 14,
    least: 1,
    most: 366,
    about: 'days that are drawn together for intervals: longer than what one delay lasts',
  },
];

export const carrier: Kind<Handover> = {
  name: 'carrier',
  title: 'Choice of carrier',
  columns: [
    { name: 'lane', required: true, about: 'whence and whither, such as LDN>FR; with the weight class, if parcels are not alike' },
    { name: 'service', required: true, about: 'by which carrier and service it went' },
    { name: 'cost', required: true, about: 'what the carrier was paid, all in one currency' },
    { name: 'handed_over_at', required: true, about: 'when the carrier got it: 2026-11-28, or with a time' },
    { name: 'delivered_at', required: true, about: 'when it was delivered, or came back; empty where it was not' },
    { name: 'outcome', required: false, about: 'delivered, lost, returned or open; where it is empty, delivered_at says it' },
    { name: 'due_at', required: false, about: 'until when it had been promised' },
  ],
  options,
  rowOf: handoverOf,
  judge,
  sample: madeUpHandovers,
};
