import { PROPOSAL_VERSION, proposals, type LearnedReorder, type ReorderPoint } from '@cartage/inventory/replenishing';
import { sumOf, type DemandHistory, type DemandSeries } from '@cartage/inventory/forecasting';
import type { Lead } from './lead-times';
import type { ShelfTerms } from './shelf';

/** What is known, and when numbers are made anew: on the first day that is lived through, and every so many days after it. */
export interface Standing {
  readonly history: DemandHistory;
  readonly leads: readonly Lead[];
  readonly terms: ShelfTerms;
  /** Days that are known on the first day. */
  readonly known: number;
  readonly spells: number;
  readonly spellDays: number;
}

/** The numbers of a series in one spell. */
export type NumbersOf = (series: number, spell: number) => ReorderPoint | undefined;

/** A way to set reorder points. It can be asked for little and for much stock: how much, is one number whose meaning is its own. */
export interface Policy {
  readonly name: string;
  readonly version: string;
  readonly isBaseline: boolean;
  /** From little to much. */
  readonly settings: readonly number[];
  /** The numbers for each of the settings in turn. */
  prepared(standing: Standing): readonly NumbersOf[];
}

/** As much as until the next occasion, or the minimum: the same for every way, so that they differ in the reorder point alone. */
const withCycle = (reorderPoint: number, perDay: number, { reviewDays, minimumQuantity }: ShelfTerms): ReorderPoint => ({
  reorderPoint,
  orderUpTo: reorderPoint + Math.max(1, Math.ceil(perDay * reviewDays), minimumQuantity),
});

const meanOf = (values: Float64Array): number => (values.length === 0 ? 0 : sumOf(values) / values.length);

/** By what mean demand until the next order is there is multiplied. */
const factors = [0.25, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.35, 1.5, 1.75, 2, 2.25, 2.5, 3, 3.5, 4, 5, 6, 8, 10, 14];

type MeanAt = (series: DemandSeries, standing: Standing, spell: number) => number;

/** reorder point = mean daily demand x (mean lead time + days between reviews) x factor. */
const multiple = (name: string, meanAt: MeanAt): Policy => ({
  ...{ name, version: '1', isBaseline: true, settings: factors },
  prepared: (standing) => {
    const { history, leads, terms } = standing;
    return factors.map((factor) => (n, spell) => {
      const [series, lead] = [history.series[n], leads[n]];
      if (series === undefined || lead === undefined) return undefined;
      const perDay = meanAt(series, standing, spell);
      if (perDay === 0) return undefined;
      return withCycle(Math.ceil(perDay * (lead.meanDays + terms.reviewDays) * factor), perDay, terms);
    });
  },
});

/** A spreadsheet that nobody looks at again. */
export const fixedRule = multiple('fixed rule', ({ demand }, { known }) => meanOf(demand.subarray(0, known)));

/** Eight weeks. */
const RENEWED_FROM = 56;

/** The same, with the mean of the last days made anew as often as the learned numbers. */
export const renewedRule = multiple('fixed rule, mean made anew', ({ demand }, { known, spellDays }, spell) => {
  const now = known + spell * spellDays;
  return meanOf(demand.subarray(Math.max(0, now - RENEWED_FROM), now));
});

const usualLevels = [50, 60, 70, 80, 85, 90, 92.5, 95, 97, 98, 99, 99.5, 99.9];
/** As the service: more of the past says nothing of tomorrow. */
const MOST_DAYS = 400;

/** The last days before `known`, and the weekdays that are to come. */
const lately = ({ weekdays, series }: DemandHistory, known: number): { readonly history: DemandHistory; readonly known: number } => {
  const from = Math.max(0, known - MOST_DAYS);
  return {
    history: { weekdays: weekdays.slice(from), series: series.map((each) => ({ ...each, demand: each.demand.subarray(from) })) },
    known: known - from,
  };
};

const learnedTerms = ({ reviewDays, minimumQuantity, multipleOf }: ShelfTerms, serviceLevel: number, lead: Lead): LearnedReorder => ({
  ...{ serviceLevel, reviewDays, leadDays: Math.max(1, Math.round(lead.meanDays)), decides: true, multipleOf },
  ...(minimumQuantity > 0 ? { minimumQuantity } : {}),
});

const NONE = -1;

/** What the service would propose, with nothing known but what had been sold before; this service level among others. */
export const learnedPoints = (asked: number): Policy => {
  const settings = [...new Set([...usualLevels, asked])].toSorted((a, b) => a - b);
  return {
    ...{ name: 'learned', version: PROPOSAL_VERSION, isBaseline: false, settings },
    prepared: (standing) => learned(standing, settings),
  };
};

const learned = ({ history, leads, terms, known: first, spells, spellDays }: Standing, levels: readonly number[]): readonly NumbersOf[] => {
  const { length } = history.series;
  const kept = levels.map(() => new Int32Array(2 * spells * length).fill(NONE));
  for (let spell = 0; spell < spells; spell += 1) {
    const { history: seen, known } = lately(history, first + spell * spellDays);
    const numbersFor = proposals(seen, known);
    leads.forEach((lead, n) =>
      levels.forEach((level, l) => {
        const { proposal } = numbersFor(n, { terms: learnedTerms(terms, level, lead), receipts: lead.receipts });
        if (proposal) kept[l]?.set([proposal.reorderPoint, proposal.orderUpTo], 2 * (spell * length + n));
      }),
    );
  }
  return kept.map((numbers) => (n, spell) => {
    const at = 2 * (spell * length + n);
    const reorderPoint = numbers[at] ?? NONE;
    return reorderPoint === NONE ? undefined : { reorderPoint, orderUpTo: numbers[at + 1] ?? 0 };
  });
};
