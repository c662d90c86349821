import { nearestOfFewest, policyOf, type RoutingPolicy } from '@cartage/fulfillment-routing/forks';
import { lossTermsOf } from '../carrier/kind';
import { orderLineOf, type OrderLine, type TariffRow } from '../sourcing/reading';
import { sourcing } from '../sourcing/kind';
import { preparedFor, spanOf } from '../sourcing/prepared';
import type { Judging, Kind } from '../kind';
import type { Judgement } from '../judgement';
import { forkJudgement } from './judging';
import { parcelOptions, parcelsFile, sentFacts, sentPast } from './parcels';
import { forked, livedPast } from './past';
import { playedPasts } from './played';

const GRAMS = 1_000;

/** A tariff as a table of costs has it: where nobody knows what a unit weighs, it counts as a kilogram. */
const ratesOf = (tariff: readonly TariffRow[]) =>
  tariff.map(({ location, upToKm, amount, perUnit }) => ({
    ...{ amount, perKg: perUnit },
    ...(location === undefined ? {} : { from: [location] }),
    ...(upToKm === undefined ? {} : { upToKm }),
  }));

interface Terms {
  readonly tariff: readonly TariffRow[];
  readonly maxSplit: number;
  readonly unfilledCost: number;
  readonly horizonDays: number;
}

/** The cheapest for each order, as costs are estimated; what units are worth to others beside it, where it looks ahead. */
const cheapest = ({ tariff, maxSplit, unfilledCost, horizonDays }: Terms): RoutingPolicy => ({
  ...policyOf(nearestOfFewest({ maxSplit, maxAttempts: 3 })),
  weights: { distance: 0, coverage: 0, headroom: 0, split: 0, cost: 100, preference: 0 },
  cost: { currency: 'USD', halfCost: GRAMS, handling: {}, rates: ratesOf(tariff), defaultGrams: GRAMS },
  sourcing: { method: 'look-ahead', decides: true, horizonDays, unfilledCost },
});

const judge = async (judging: Judging<OrderLine>): Promise<Judgement> => {
  const { option, seed } = judging;
  const { past, judged, world } = await preparedFor(judging);
  const sent = await sentPast(judging, judged);
  const [maxSplit, unfilledCost] = [option('max-split'), option('unfilled-cost')];
  const tried = cheapest({ tariff: world.tariff, maxSplit, unfilledCost, horizonDays: option('horizon-days') });
  const lived = livedPast({ world, past, judged, policy: policyOf(nearestOfFewest({ maxSplit, maxAttempts: 3 })) });
  const [without, ahead] = [forked(lived, tried, false), forked(lived, tried, true)];
  const played = playedPasts({ without, ahead, sent, loss: lossTermsOf(option), share: option('promise-share') / 100, seed });
  const facts = { ...spanOf({ past, judged }, world), ...(sent ? sentFacts(sent) : {}) };
  return forkJudgement({ played, orders: judged, unfilledCost, isSent: sent !== undefined, seed, facts });
};

/** Where routing decides in batches `sourcing` judges it; this is what a fork of the past shows, of a history. */
export const fork: Kind<OrderLine> = {
  ...{ name: 'fork', title: 'A fork of the past with and without what is learned' },
  ...{ columns: sourcing.columns, files: [...(sourcing.files ?? []), parcelsFile] },
  options: [
    ...sourcing.options.filter(({ name }) => !['batch', 'expected'].includes(name)),
    { name: 'horizon-days', usual: 14, least: 1, most: 366, about: 'stock is to last for so many days' },
    { name: 'promise-share', usual: 90, least: 50, most: 99, about: 'of a hundred promises so many are to be kept' },
    ...parcelOptions,
  ],
  rowOf: orderLineOf,
  judge,
  sample: sourcing.sample,
};
