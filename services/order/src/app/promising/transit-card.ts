import { learnedMethod } from '../../domain/lead-times/learned';
import type { PromiseBook } from '../../domain/promising/promise-book';
import type { PromisesCompared } from '../promises-compared';
import type { TransitShelf } from './transit-shelf';

export interface TransitCardNeeds {
  readonly transit: Pick<TransitShelf, 'learner'>;
  readonly book: () => Promise<Pick<PromiseBook, 'looksAtLearned' | 'decidesByLearned'>>;
  /** Month by month. */
  readonly compared: () => Promise<readonly PromisesCompared[]>;
  /** Day of the first delivery that was learned from; null: there is none. */
  readonly since: () => Promise<string | null>;
}

const notes = [
  'Learned online, as deliveries end: of each lane what it typically takes, and above that what others took longer than was typical for them. A lane that is new leans on the wider ones.',
  'The share that is asked for moves by itself, so that the share that was promised is kept though lanes change (adaptive conformal inference).',
  'Foretold and happened are shares that were to be late at most, and that were late, of promises whose outcome is known.',
];
const notFor = [
  'What is longer than what a location needs before it hands a parcel over: cut-off and processing stay as the policy has them.',
  'Carriers that are paid by what they promised: what was foretold to customers is no service level that a carrier agreed to.',
  'Lanes on which nothing was ever delivered: they lean on other lanes, and say so.',
];

const share = (part: number, of: number): number => Number((of === 0 ? 0 : part / of).toFixed(4));

const sumsOf = (months: readonly PromisesCompared[]) => {
  const promised = months.reduce((sum, each) => sum + each.promised, 0);
  const mean = (of: (each: PromisesCompared) => number): number =>
    share(
      months.reduce((sum, each) => sum + of(each), 0),
      promised,
    );
  return { promised, mean };
};

const errorOf = (months: readonly PromisesCompared[]) => {
  const { promised, mean } = sumsOf(months);
  if (promised === 0) return [];
  return [
    { measure: 'share late', value: mean(({ learned }) => learned.late), baseline: mean(({ baseline }) => baseline.late) },
    { measure: 'share late that was allowed', value: mean(({ lateAllowed }) => lateAllowed), baseline: null },
    {
      measure: 'mean days promised',
      value: mean(({ learned, promised: count }) => learned.days * count),
      baseline: mean(({ baseline, promised: count }) => baseline.days * count),
    },
  ];
};

const standingOf = ({ looksAtLearned, decidesByLearned }: Pick<PromiseBook, 'looksAtLearned' | 'decidesByLearned'>) => {
  if (!looksAtLearned) return 'off' as const;
  return decidesByLearned ? ('decides' as const) : ('shadow' as const);
};

/** What is known of what was learned of carriers' days. */
export const transitCard = ({ transit, book, compared, since }: TransitCardNeeds) => ({
  card: async () => {
    const [learner, standing, months, from] = [transit.learner(), standingOf(await book()), await compared(), await since()];
    const [{ today, shares }, isLearned] = [learner.model, learner.deliveries > 0];
    return {
      ...{ name: 'transit', title: 'Days that carriers need', ...learnedMethod, model: learner.position, standing },
      data: {
        about: 'Shipments of the own log, from when carriers got them to when the last parcel was there; in working days of the carrier.',
        ...{ from: isLearned ? from : null, to: isLearned ? today : null, learnedFrom: learner.deliveries },
        counts: { 'promises on their way': shares.reduce((sum, { open }) => sum + open, 0) },
      },
      error: errorOf(months),
      drift: months.map(({ value, promised, lateAllowed, learned }) => ({
        ...{ period: value ?? '', decisions: promised },
        ...{ foretold: share(lateAllowed, promised), happened: share(learned.late, promised) },
      })),
      ...{ madeOf: [], notes, notFor },
    };
  },
});

export type TransitCard = ReturnType<typeof transitCard>;
