import { Trouble } from '../../client/client';
import { chanceOf } from '../../simulation/random';
import type { SalesHistory } from '../demand/reading';
import { dateOf } from '../input/cells';
import type { Judgement } from '../judgement';
import type { Judging, Kind, KindFile } from '../kind';
import { reorderJudgement } from './judging';
import { leadOf, receiptOf, scaled, type Lead, type LeadTimes, type Receipt } from './lead-times';
import { madeUpReceipts, madeUpSupplied } from './made-up';
import { fixedRule, learnedPoints, renewedRule, type Standing } from './policies';
import { historyOf, leadTimesOf, suppliedSaleOf, type SuppliedHistory, type SuppliedSale } from './reading';
import type { ShelfTerms } from './shelf';
import { runsOf, type Span } from './trial';

const leadTimesFile: KindFile<Receipt> = {
  ...{ name: 'lead-times', required: false, about: 'purchase orders that came, from which lead times are drawn' },
  columns: [
    { name: 'ordered_at', required: true, about: 'when it was ordered' },
    { name: 'delivered_at', required: true, about: 'when it was there' },
    { name: 'supplier', required: false, about: 'from whom' },
    { name: 'sku', required: false, about: 'what was ordered' },
  ],
  rowOf: receiptOf,
  sample: madeUpReceipts,
};

const USUAL_LEAD_DAYS = 14;
/** Before the first day that is judged: of less neither way can be tuned. */
const LEAST_KNOWN = 56;

interface Question {
  readonly supplied: SuppliedHistory;
  readonly leadTimes: LeadTimes | undefined;
  readonly leadDays: number;
  readonly seed: number;
}

/** How long the orders of each series take, drawn once for all methods; `named`: for which days. */
const leadsOf = (
  { supplied, leadTimes, leadDays, seed }: Question,
  history: SalesHistory,
  days: number,
  named: string,
): readonly Lead[] => {
  const factor = leadTimes === undefined || leadDays === 0 ? 1 : leadDays / leadTimes.meanDays;
  return history.series.map(({ sku, location = '' }) => {
    const supplier = supplied.suppliers.get(sku);
    const receipts = leadTimes?.of({ sku, location, supplier }, seed) ?? Array.from({ length: 5 }, () => leadDays || USUAL_LEAD_DAYS);
    return leadOf(scaled(receipts, factor), days, chanceOf(seed, named, sku, location));
  });
};

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Months of the days that count. */
const spanOf = (
  days: readonly number[],
  leads: readonly Lead[],
  { reviewDays }: ShelfTerms,
): Span & { readonly names: readonly string[] } => {
  const warmUp = Math.min(Math.floor(days.length / 2), Math.round(meanOf(leads.map(({ meanDays }) => meanDays)) + reviewDays));
  const months = days.map((day) => dateOf(day).slice(0, 7));
  const names = [...new Set(months.slice(warmUp))];
  return { days: days.length, warmUp, names, periods: names.length, periodOf: (day) => names.indexOf(months[day] ?? '') };
};

/** Series that sold on enough days before the first that is judged. */
const enough = (history: SalesHistory, known: number, least: number): SalesHistory => {
  const series = history.series.filter(({ demand }) => demand.subarray(0, known).filter((units) => units > 0).length >= least);
  if (series.length > 0) return { ...history, series };
  throw new Trouble(`No series sold on ${least} days or more before the days that are judged: take a smaller --least-selling-days.`);
};

/** The least factor by which the fixed rule serves as many cycles as are asked for, in the second half of what is known, set by the first. */
const tunedFactor = (
  question: Question,
  { history, terms, known, spellDays }: Standing & { readonly history: SalesHistory },
  share: number,
) => {
  const first = Math.floor(known / 2);
  const days = history.days.slice(first, known);
  const leads = leadsOf(question, history, days.length, 'tuning');
  const standing = { history, leads, terms, known: first, spellDays, spells: Math.ceil(days.length / spellDays) };
  return (policy: typeof fixedRule): number => {
    const { runs } = runsOf(policy, standing, spanOf(days, leads, terms));
    const served = runs.find(({ byPeriod }) => {
      const [cycles, kept] = ['cycles', 'servedCycles'].map((key) => byPeriod.reduce((sum, one) => sum + one[key as 'cycles'], 0));
      return (cycles ?? 0) > 0 && (kept ?? 0) / (cycles ?? 1) >= share;
    });
    return served?.setting ?? policy.settings.at(-1) ?? 1;
  };
};

const judge = async ({ rows, seed, option, file }: Judging<SuppliedSale>): Promise<Judgement> => {
  const supplied = await historyOf(rows);
  const receipts = file(leadTimesFile);
  const leadTimes = receipts === undefined ? undefined : await leadTimesOf(receipts);
  const question: Question = { supplied, leadTimes, leadDays: option('lead-days'), seed };
  const known = Math.floor(supplied.history.days.length * option('learn'));
  if (known < LEAST_KNOWN)
    throw new Trouble(`${known} days are too few to learn from: ${LEAST_KNOWN} are the least. Take a longer file, or a larger --learn.`);
  const history = enough(supplied.history, known, option('least-selling-days'));
  const terms: ShelfTerms = {
    ...{
      reviewDays: Math.round(option('review-days')),
      minimumQuantity: option('minimum-quantity'),
      multipleOf: Math.round(option('multiple-of')),
    },
    isBackordered: option('backorders') === 1,
  };
  const days = history.days.slice(known);
  const leads = leadsOf(question, history, days.length, 'orders');
  const span = spanOf(days, leads, terms);
  const spellDays = Math.round(option('learn-every'));
  const standing = { history, leads, terms, known, spellDays, spells: Math.ceil(days.length / spellDays) };
  const tuned = tunedFactor(question, standing, option('service-level') / 100);
  const judged = [
    { policy: fixedRule, setting: tuned(fixedRule) },
    { policy: renewedRule, setting: tuned(renewedRule) },
    { policy: learnedPoints(option('service-level')), setting: option('service-level') },
  ].map(({ policy, setting }) => ({ ...runsOf(policy, standing, span), setting }));
  return reorderJudgement({
    ...{ history, judged, seed, periods: span.names, serviceLevel: option('service-level') },
    facts: factsOf(question, standing, span),
  });
};

const factsOf = (
  { supplied, leadTimes }: Question,
  { history, leads, known, terms }: Standing & { readonly history: SalesHistory },
  span: Span,
) => ({
  ...{
    from: dateOf(history.days[0] ?? 0),
    judgedFrom: dateOf(history.days[known + span.warmUp] ?? 0),
    to: dateOf(history.days.at(-1) ?? 0),
  },
  ...{ seriesInFile: supplied.history.series.length, seriesJudged: history.series.length, daysJudged: span.days - span.warmUp },
  leadTimesFrom:
    leadTimes === undefined ? 'one number' : `${leadTimes.receipts} orders, ${leadTimes.supplierCount} suppliers with enough of them`,
  meanLeadDays: Number(meanOf(leads.map(({ meanDays }) => meanDays)).toFixed(2)),
  whatIsNotThere: terms.isBackordered ? 'is waited for' : 'is not sold',
});

export const reorder: Kind<SuppliedSale> = {
  name: 'reorder',
  title: 'Reorder points',
  columns: [
    { name: 'date', required: true, about: 'when it was asked for: 2026-11-28, or with a time' },
    { name: 'sku', required: true, about: 'what was asked for' },
    { name: 'location', required: false, about: 'where' },
    { name: 'group', required: false, about: 'whom a new SKU borrows from: a category or a brand' },
    { name: 'supplier', required: false, about: 'from whom it is bought, as in the file of lead times' },
    { name: 'quantity', required: true, about: 'units, 0 or more' },
  ],
  files: [leadTimesFile],
  options: [
    { name: 'learn', usual: 0.5, least: 0.1, most: 0.9, about: 'share of the days, the first ones, that are learned from and not judged' },
    { name: 'learn-every', usual: 7, least: 1, most: 400, about: 'days after which numbers that are learned are learned anew' },
    {
      name: 'service-level',
      usual: 95,
      least: 50,
      most: 99.9,
      about: 'in so many of a hundred cases there is to be enough until more comes',
    },
    { name: 'review-days', usual: 7, least: 1, most: 400, about: 'orders are placed every so many days' },
    {
      name: 'lead-days',
      usual: 0,
      least: 0,
      most: 400,
      about: 'mean lead time: those of the file are scaled to it; 0: as in the file, 14 without one',
    },
    { name: 'minimum-quantity', usual: 0, least: 0, most: 1_000_000, about: 'fewer are never ordered' },
    { name: 'multiple-of', usual: 1, least: 1, most: 1_000_000, about: 'only multiples are ordered' },
    { name: 'backorders', usual: 0, least: 0, most: 1, about: '1: who finds nothing waits for it; otherwise the sale is lost' },
    {
      name: 'least-selling-days',
      usual: 20,
      least: 1,
      most: 10_000,
      about: 'series that sold on fewer of the days that are learned from are left out',
    },
  ],
  rowOf: suppliedSaleOf,
  judge,
  sample: madeUpSupplied,
};
