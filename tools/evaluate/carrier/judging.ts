import type { ChoiceReason, LearnedTerms } from '@cartage/shipping/carrier-learning';
import { dateOf } from '../input/cells';
import type { Comparison, Drift, JudgedMethod, Judgement, Measure, Slice } from '../judgement';
import { Bootstrap, type Share } from '../statistics/interval';
import { periodsOf } from '../statistics/periods';
import { FIXED, lossOf } from './methods';
import type { Chosen } from './replay';

/** All that one method chose. */
export interface Choices {
  readonly name: string;
  readonly version: string;
  readonly isBaseline: boolean;
  readonly chosen: readonly Chosen[];
  readonly reasons: ReadonlyMap<ChoiceReason, number>;
}

export interface CarrierFindings {
  readonly choices: readonly Choices[];
  /** Of the same decisions, what the best fixed service of each lane came to, known only afterwards. */
  readonly hindsight: readonly number[];
  readonly terms: LearnedTerms;
  readonly seed: number;
  readonly blockDays: number;
  readonly facts: Readonly<Record<string, string | number>>;
}

type CarrierMeasure = 'loss' | 'regret' | 'onTime' | 'lost' | 'cost';

const measures: readonly (Measure & { readonly key: CarrierMeasure })[] = [
  { key: 'loss', label: 'cost with lateness and loss', better: 'less', digits: 3 },
  { key: 'regret', label: 'regret against the best in hindsight', better: 'less', digits: 3 },
  { key: 'onTime', label: 'in time', better: 'more', digits: 4 },
  { key: 'lost', label: 'lost or came back', better: 'less', digits: 4 },
  { key: 'cost', label: 'cost of carriers', better: 'less', digits: 3 },
];
const excess: Measure = { key: 'excess', label: 'dearer than the fixed best, as a share', better: 'less', digits: 4 };

type Valued = (chosen: Chosen, place: number) => number;

const valuesOf = ({ terms, hindsight }: CarrierFindings): Readonly<Record<CarrierMeasure, Valued>> => {
  const loss: Valued = ({ way, outcome }) => lossOf(way.cost, outcome, terms);
  return {
    loss,
    regret: (chosen, place) => loss(chosen, place) - (hindsight[place] ?? Number.NaN),
    onTime: ({ outcome: { end, daysLate } }) => (end === 'delivered' && daysLate === 0 ? 1 : 0),
    lost: ({ outcome: { end } }) => (end === 'lost' ? 1 : 0),
    cost: ({ way }) => way.cost,
  };
};

const sharesBy = (chosen: readonly Chosen[], value: Valued, blockOf: (each: Chosen) => number): readonly Share[] => {
  const blocks: { top: number; bottom: number }[] = [];
  chosen.forEach((each, place) => {
    while (blocks.length <= blockOf(each)) blocks.push({ top: 0, bottom: 0 });
    const block = blocks[blockOf(each)] ?? { top: 0, bottom: 0 };
    block.top += value(each, place);
    block.bottom += 1;
  });
  return blocks;
};

const LANES_SHOWN = 12;

const mean = (values: readonly number[]): string =>
  values.length === 0 ? '-' : (values.reduce((sum, each) => sum + each, 0) / values.length).toFixed(3);

const laneSlice = (findings: CarrierFindings): Slice => {
  const { choices } = findings;
  const { loss } = valuesOf(findings);
  const places = new Map<string, number[]>();
  choices[0]?.chosen.forEach(({ handover: { lane } }, place) => {
    const of = places.get(lane);
    if (of === undefined) places.set(lane, [place]);
    else of.push(place);
  });
  const busiest = [...places].toSorted(([, a], [, b]) => b.length - a.length).slice(0, LANES_SHOWN);
  const lossAt = ({ chosen }: Choices, of: readonly number[]): string =>
    mean(of.flatMap((place) => chosen[place] ?? []).map((each) => loss(each, 0)));
  return {
    title: 'Cost with lateness and loss by lane, the busiest ones',
    head: ['lane', 'parcels', ...choices.map(({ name }) => name)],
    rows: busiest.map(([lane, of]) => [lane, of.length, ...choices.map((each) => lossAt(each, of))]),
  };
};

const serviceSlice = ({ choices }: CarrierFindings): Slice => {
  const services = [...new Set(choices.flatMap(({ chosen }) => chosen.map(({ way }) => way.service)))].toSorted();
  const times = ({ chosen }: Choices, service: string): number => chosen.filter(({ way }) => way.service === service).length;
  return {
    title: 'Parcels by the service that was chosen',
    head: ['service', ...choices.map(({ name }) => name)],
    rows: services.map((service) => [service, ...choices.map((each) => times(each, service))]),
  };
};

const why: Readonly<Record<ChoiceReason, string>> = {
  'lowest-draw': 'least in the world that was drawn',
  floor: 'left to chance, by the floor',
  bound: 'the fixed best, for the bound',
  'only-offer': 'nobody else',
};

const reasonSlice = ({ choices }: CarrierFindings): Slice => ({
  title: 'Why it was chosen',
  head: ['method', 'because', 'parcels'],
  rows: choices.flatMap(({ name, reasons }) => [...reasons].map(([reason, times]) => [name, why[reason], times])),
});

/** Of those that went the way that the method would have taken, nothing is drawn: another look at the same (replay by rejection: Li et al. 2011). */
const agreementSlice = (findings: CarrierFindings): Slice => {
  const { loss, onTime } = valuesOf(findings);
  const shown = findings.choices.map(({ name, chosen }) => {
    const agreed = chosen.filter(({ way, handover }) => way.service === handover.service);
    const meanOf = (value: Valued): string => mean(agreed.map((each) => value(each, 0)));
    return [name, agreed.length, meanOf(loss), meanOf(onTime)];
  });
  return {
    title: 'Only where it was shipped as the method chooses, by what became of it',
    head: ['method', 'parcels', 'cost with lateness and loss', 'in time'],
    rows: shown,
  };
};

/** Figures by block, and how they differ on the same blocks. */
class Figures {
  private readonly values: Readonly<Record<CarrierMeasure, Valued>>;
  private readonly bootstrap: Bootstrap;
  private readonly first: number;

  constructor(private readonly findings: CarrierFindings) {
    const { choices, blockDays, seed } = findings;
    const days = choices[0]?.chosen.map(({ handover }) => handover.day) ?? [];
    this.first = days[0] ?? 0;
    this.values = valuesOf(findings);
    this.bootstrap = new Bootstrap(Math.floor(((days.at(-1) ?? this.first) - this.first) / blockDays) + 1, seed);
  }

  methodOf(choices: Choices): JudgedMethod {
    const { name, version, isBaseline } = choices;
    const figures = measures.map(({ key }) => [key, this.bootstrap.measured(this.shares(choices, key))] as const);
    return { name, version, isBaseline, figures: Object.fromEntries(figures) };
  }

  against(own: Choices): readonly Comparison[] {
    const others = this.findings.choices.filter(({ isBaseline }) => isBaseline);
    return others.flatMap((other) =>
      (['loss', 'onTime'] as const).map((measure) => ({
        ...{ method: own.name, baseline: other.name, measure },
        difference: this.bootstrap.difference(this.shares(own, measure), this.shares(other, measure)),
      })),
    );
  }

  excess(own: Choices, fixed: Choices): Comparison {
    const [mine, other] = [this.shares(own, 'loss'), this.shares(fixed, 'loss')];
    const difference = this.bootstrap.statistic((summed) => summed(mine) / summed(other) - 1);
    return { method: own.name, baseline: fixed.name, measure: excess.key, difference };
  }

  drift(measure: CarrierMeasure): Drift {
    const { choices } = this.findings;
    const { names, placeOf } = periodsOf(choices[0]?.chosen.map(({ handover }) => handover.day) ?? []);
    const by = ({ chosen }: Choices): readonly number[] =>
      sharesBy(chosen, this.values[measure], ({ handover }) => placeOf(handover.day)).map(({ top, bottom }) => top / bottom);
    return { measure, periods: names, byMethod: Object.fromEntries(choices.map((each) => [each.name, by(each)])) };
  }

  private shares({ chosen }: Choices, measure: CarrierMeasure): readonly Share[] {
    return sharesBy(chosen, this.values[measure], ({ handover }) => Math.floor((handover.day - this.first) / this.findings.blockDays));
  }
}

export const carrierJudgement = (findings: CarrierFindings): Judgement => {
  const { choices, facts, terms } = findings;
  const figures = new Figures(findings);
  const fixed = choices.find(({ name }) => name === FIXED);
  const learned = choices.filter(({ isBaseline }) => !isBaseline);
  const excesses = fixed === undefined ? [] : learned.map((each) => figures.excess(each, fixed));
  const isKept = excesses.every(({ difference: { value } }) => value <= terms.bound);
  return {
    facts: {
      ...facts,
      judgedFrom: dateOf(choices[0]?.chosen[0]?.handover.day ?? 0),
      bound: `${isKept ? 'kept' : 'not kept'}: at most ${terms.bound} dearer than the fixed best`,
    },
    ...{ measures, compared: [excess], headline: 'loss' },
    methods: choices.map((each) => figures.methodOf(each)),
    comparisons: [...excesses, ...learned.flatMap((each) => figures.against(each))],
    drift: [figures.drift('loss'), figures.drift('onTime')],
    slices: [laneSlice(findings), serviceSlice(findings), reasonSlice(findings), agreementSlice(findings)],
    ...{ notes, notFor },
  };
};

const notes = [
  'What would have become of a parcel by another service is in no file: it is drawn, by the seed, from parcels that went by that service on the same lane in the same period, the same for every method. Where fewer than two services have enough of them, there is nothing to judge: see how many decisions were.',
  'That is fair if parcels of a lane are alike. If the heavy ones, or the urgent ones, went by one service, put weight and urgency into the lane.',
  'Lived through day by day: a method hears of a parcel on the day after it ended; of what is on its way nothing is known, however soon it comes.',
  'The best in hindsight is the one service of each lane that came out cheapest over all that was judged: no method can know it, but one that changes its mind in time may beat it.',
  'Intervals are of 95 %, from blocks of days drawn with replacement: they do not cover what chance does in drawing outcomes; try other seeds.',
];

const notFor = [
  'Prices that nobody was asked for: costs are means of what was paid on the lane, not offers for the parcel.',
  'Capacity: what would happen to a carrier that is given many more parcels than it had is not in the file.',
  'Blame of a carrier for single parcels: what is learned holds over many.',
];
