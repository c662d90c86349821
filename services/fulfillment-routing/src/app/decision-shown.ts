import type { Decision } from '../domain/brokering';
import { defaultGramsOf, unweighed, weighs } from '../domain/estimating';
import type { DecisionRecord } from '../domain/events';
import type { BatchPlan, Located, UnitWorth } from '../domain/facts';
import type { Candidate } from '../domain/scoring';
import { unitsOf } from '../domain/units';

/** A decision as callers see it: the record, and what it says in words. */
export type ShownDecision = DecisionRecord & { readonly why: readonly string[] };

export interface ShownPreview extends Decision {
  readonly rules: string;
  readonly destination: Located;
  readonly skus: readonly string[];
  readonly weights?: readonly (number | null)[];
  readonly unitWorth?: UnitWorth;
  readonly why: readonly string[];
}

export const shownDecision = (record: DecisionRecord): ShownDecision => ({ ...record, why: whyOf(record) });

type Explained = Pick<
  DecisionRecord,
  'assignments' | 'candidates' | 'because' | 'overlooked' | 'destination' | 'rules' | 'skus' | 'weights' | 'request'
>;

/** Why these locations, and why not the others; for a person. */
export const whyOf = ({ assignments, candidates, because, overlooked, destination, ...known }: Explained) => [
  ...assignments.map(({ location, lines }) => {
    return `${location} ships ${unitsOf(lines)} unit(s) of ${lines.length} line(s): ${scoreOf(
      candidates.find((one) => one.location === location),
      destination,
    )}`;
  }),
  ...assumedOf(known),
  ...togetherOf(known, assignments),
  ...candidates.filter(({ location }) => !assignments.some((one) => one.location === location)).map((one) => whyNot(one, destination)),
  ...(overlooked > 0 ? [`${overlooked} more location(s) ranked too low to be looked at closely.`] : []),
  ...(because ? [unfilledBecause[because]] : []),
  ...(destination.locatedBy === 'country'
    ? ['Nobody knows where in its country it goes: distances are from the middle of the country, and make nobody near.']
    : []),
];

const methods: { readonly [Method in BatchPlan['method']]: string } = {
  exact: 'there is no cheaper plan for all of them',
  heuristic: 'the cheapest plan that was found for all of them',
  'one-by-one': 'no plan for all of them was found that is cheaper than one after the other',
};

/** Why a location ships it that would not be the best for it alone. */
const togetherOf = ({ request: { batch } }: Pick<Explained, 'request'>, assignments: Explained['assignments']): readonly string[] => {
  if (!batch) return [];
  const isKept =
    assignments.length === batch.parts.length && batch.parts.every((part) => assignments.some((one) => one.location === part.location));
  return [
    isKept
      ? `Decided together with ${batch.size - 1} other(s): ${methods[batch.method]}.`
      : `It was decided together with ${batch.size - 1} other(s), and could not be had so any more: it was decided again, alone.`,
  ];
};

/** Whatever is made up is said. */
const assumedOf = ({ rules: { cost }, ...known }: Pick<Explained, 'rules' | 'skus' | 'weights'>): readonly string[] => {
  const skus = cost && weighs(cost) ? unweighed(known) : [];
  if (!cost || skus.length === 0) return [];
  const more = skus.length > 5 ? ` and ${skus.length - 5} more` : '';
  return [`Nobody knows what ${skus.slice(0, 5).join(', ')}${more} weighs: each unit counts as ${defaultGramsOf(cost)} g.`];
};

const unfilledBecause: { readonly [Because in NonNullable<DecisionRecord['because']>]: string } = {
  short: 'Nothing is assigned: the locations that may ship it do not have enough.',
  'split-limit': 'Nothing is assigned: it would take more locations than one order may be split over.',
  'no-capacity':
    'Nothing is assigned: the locations that could ship it have as many fulfilments as they can take. It is asked again on their next working day.',
  'attempts-exhausted': 'Nothing is assigned: these lines were brokered as often as they may be.',
};

const refused: { readonly [Refusal in NonNullable<Candidate['refusal']>]: (candidate: Candidate) => string } = {
  excluded: () => 'refused or rejected lines of this order before',
  filtered: () => 'is left out by the rules',
  'not-named': () => 'is not the one that was named',
  inactive: () => 'is not active',
  'not-pickup-location': () => 'is not where the customer fetches it',
  closed: () => 'is closed, and no day is known on which it opens',
  'over-capacity': ({ load, capacity, day }) => `has ${load} of ${capacity ?? 0} fulfilments of ${day ?? 'the day'} already`,
  'no-stock': () => 'has none of it',
};

const whyNot = (candidate: Candidate, destination: Located): string => {
  const { location, refusal } = candidate;
  return refusal
    ? `${location} was refused: it ${refused[refusal](candidate)}.`
    : `${location} was not needed: ${scoreOf(candidate, destination)}`;
};

/** Never a precise distance to somewhere that is not known precisely. */
const farOf = ({ distanceKm: km }: Candidate, { locatedBy }: Located): string => {
  if (km === undefined) return 'distance unknown';
  return locatedBy === 'country' ? `about ${Math.round(km / 10) * 10} km from the middle of the country` : `${km} km away`;
};

const keepsOf = ({ keeps = 0 }: Candidate): string => (keeps === 0 ? '' : `, its units worth ${keeps} to later orders`);

const costOf = ({ cost, costParts }: Candidate): string => {
  if (cost === undefined || !costParts) return '';
  const { carriage, handling, grams, zone } = costParts;
  return `, all of it for ${cost} (carriage ${carriage}${zone === undefined ? '' : ` in zone ${zone}`}, handling ${handling}; ${grams} g)`;
};

const scoreOf = (candidate: Candidate | undefined, destination: Located): string => {
  if (!candidate) return 'not considered.';
  const { score, components } = candidate;
  const parts = Object.entries(components).filter(([name, each]) => each !== 0 || (name !== 'cost' && name !== 'preference'));
  const when = candidate.plannedFor === undefined ? '' : `, planned for ${candidate.plannedFor}`;
  return `score ${score} (${parts.map(([name, each]) => `${name} ${String(each)}`).join(', ')}), ${farOf(candidate, destination)}${costOf(candidate)}${keepsOf(candidate)}${when}.`;
};
