import { betaDraw, normalDraw, type Random } from './draws';
import type { Seen } from './parcels-seen';

/** What is believed of a share: a beta distribution, by its mean and by how many parcels it is worth. */
interface ShareBelief {
  readonly mean: number;
  readonly weight: number;
}

/** What is believed of the days by which the late ones are late: a normal distribution of their mean. */
interface DaysBelief {
  readonly mean: number;
  readonly weight: number;
  /** Of a single parcel. */
  readonly variance: number;
}

/** What is expected of a parcel: whether it comes late, by how much, and whether it comes at all. */
export interface Belief {
  readonly late: ShareBelief;
  readonly days: DaysBelief;
  readonly lost: ShareBelief;
}

/** What a merchant says that lateness and loss cost, in the unit of the carriers' costs. */
export interface Penalties {
  readonly perDayLate: number;
  readonly perLost: number;
}

/** Before anything was seen: one of ten late by two days, one of a hundred lost, as good as two parcels. */
export const beforeAnything: Belief = {
  late: { mean: 0.1, weight: 2 },
  days: { mean: 2, weight: 2, variance: 4 },
  lost: { mean: 0.01, weight: 2 },
};

/** What is usual of the wider level is worth so many parcels of the narrower one. */
const PRIOR_PARCELS = 10;

const lean = <Kind extends { readonly weight: number }>(belief: Kind): Kind => ({ ...belief, weight: PRIOR_PARCELS });

/** The wider level as what is expected of a narrower one. */
export const leaning = ({ late, days, lost }: Belief): Belief => ({ late: lean(late), days: lean(days), lost: lean(lost) });

const withShare = ({ mean, weight }: ShareBelief, hits: number, parcels: number): ShareBelief => ({
  mean: (mean * weight + hits) / (weight + parcels),
  weight: weight + parcels,
});

/** Conjugate updates of a beta and a normal (Gelman et al., Bayesian Data Analysis, 3rd ed., 2.4 and 2.5), the variance as of all that was seen. */
export const believing = (prior: Belief, { faded: { parcels, late, lost, daysLate, squares } }: Seen): Belief => {
  const weight = prior.days.weight + late;
  const mean = (prior.days.mean * prior.days.weight + daysLate) / weight;
  const spread = squares - 2 * mean * daysLate + mean * mean * late;
  const variance = (prior.days.variance * prior.days.weight + Math.max(0, spread)) / weight;
  return {
    late: withShare(prior.late, late, parcels),
    days: { mean, weight, variance },
    lost: withShare(prior.lost, lost, parcels),
  };
};

/** Shares and days of one world. */
interface Odds {
  readonly late: number;
  readonly days: number;
  readonly lost: number;
}

const penaltyOf = ({ late, days, lost }: Odds, { perDayLate, perLost }: Penalties): number => late * days * perDayLate + lost * perLost;

export const expectedPenalty = ({ late, days, lost }: Belief, penalties: Penalties): number =>
  penaltyOf({ late: late.mean, days: days.mean, lost: lost.mean }, penalties);

const shareVariance = ({ mean, weight }: ShareBelief): number => (mean * (1 - mean)) / (weight + 1);

/** How unsure the expected penalty is: its standard deviation, of the three parts as if each were by itself. */
export const doubtOf = ({ late, days, lost }: Belief, { perDayLate, perLost }: Penalties): number => {
  const ofDays = days.mean ** 2 * shareVariance(late) + (late.mean ** 2 * days.variance) / days.weight;
  return Math.sqrt(perDayLate ** 2 * ofDays + perLost ** 2 * shareVariance(lost));
};

const shareDraw = ({ mean, weight }: ShareBelief, random: Random): number => betaDraw(mean * weight, (1 - mean) * weight, random);

/** One world that might be, as likely as it is believed. */
export const drawnPenalty = ({ late, days, lost }: Belief, penalties: Penalties, random: Random): number => {
  const drawnDays = Math.max(0, days.mean + normalDraw(random) * Math.sqrt(days.variance / days.weight));
  return penaltyOf({ late: shareDraw(late, random), days: drawnDays, lost: shareDraw(lost, random) }, penalties);
};
