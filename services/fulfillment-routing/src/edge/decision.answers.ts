import {
  decimal,
  destination,
  integer,
  fulfillmentMethod,
  lineQuantity,
  list,
  locationKind,
  named,
  nullable,
  object,
  oneOf,
  optional,
  orderId,
  priority,
  shortLine,
  text,
  time,
  truth,
  uuid,
} from '@cartage/contracts';
import { answerOf } from '@cartage/service-kit';
import type { ShownDecision, ShownPreview } from '../app/decision-shown';
import { causes } from '../domain/events';
import { batchMethods } from '../domain/facts';
import { afterExpiry, stockEffects } from '../domain/rules';
import { costParts, costTable } from './cost-table.answers';
import { keeps, lookAhead, unitWorth, worth } from './worth.answers';

const location = text('Location code.');
const points = decimal('Points, weighted.');

const pickupRule = object(
  {
    days: integer('Whole days after the one on which it is ready.'),
    byLocation: named(integer(), 'The same, of some locations: by code.'),
    remindDays: integer('The customer is reminded so many days before the end; 0: not at all.'),
    mostDays: integer('It may be extended to so many days after it was ready.'),
    then: optional(oneOf(afterExpiry, 'Of what was sent to a store and not fetched there: it joins its stock, or goes back.')),
  },
  'How long what customers fetch is kept for them; absent: as the settings have it.',
);

export const ruleTerms = {
  maxSplit: integer('At most this many locations ship one order.'),
  maxAttempts: integer('The same lines are brokered at most this often.'),
  planAheadDays: integer('What finds no capacity today may be planned for a day at most so many days later; 0: it waits.'),
  acceptance: list(
    object({ kind: locationKind, withinMinutes: integer(), otherwise: oneOf(['rebroker', 'alert']) }),
    'Which kinds of location are to accept what they are given, and within how long.',
  ),
  rejections: named(oneOf(stockEffects), 'What a rejection by a code says about the location’s stock.'),
  filter: object({ kinds: optional(list(locationKind)), except: optional(list(location)) }, 'Whom they leave out.'),
  preference: list(text(), 'Location codes or kinds, the best first.'),
  cost: optional(costTable),
  sourcing: lookAhead,
  pickup: optional(pickupRule),
  weights: object(
    { distance: points, coverage: points, headroom: points, split: points, cost: points, preference: points },
    'What each component of a score counts for.',
  ),
  halfDistanceKm: decimal('A location so many kilometres away gets half of the points for distance.'),
  unknownDistance: decimal('Share of the points for distance (0 to 1) when it is not known.'),
};

const rules = object(
  {
    version: text('`routing@<version>`, or what the settings say.'),
    ...ruleTerms,
    shortlist: integer('At most this many locations are looked at closely.'),
    searchBudget: integer('Comparisons that the search for the fewest locations may cost.'),
  },
  'The rules that it was made by.',
);

const batchPlan = object(
  {
    batchId: uuid(),
    size: integer('Ship groups of orders that were decided together.'),
    method: oneOf(batchMethods, '`exact`: there is no better plan; `one-by-one`: none was found that is better than each order alone.'),
    gap: optional(decimal('The best of all plans costs at most this share less; absent: nobody knows.')),
    parts: list(object({ location, lines: list(object({ lineId: text(), quantity: integer() })) }), 'What it was to be given.'),
  },
  'It was decided together with others: so it goes, if it can.',
);

const request = object(
  {
    lines: list(lineQuantity),
    destination: optional(destination),
    priority,
    channel: optional(text('Where the order came from.')),
    attempt: integer('1 for the first brokering of these lines.'),
    excluded: list(location, 'Locations that refused or rejected these lines.'),
    arrivedAt: optional(list(text(), 'Location codes: more came to these since nobody could ship the lines.')),
    batch: optional(batchPlan),
    preferred: optional(text('Location code: it has them at hand already, and ships them if it can alone.')),
    pickupLocation: optional(text('Location code: the customer fetches them there, and nobody else can be given them.')),
    only: optional(text('Location code: somebody named it.')),
    inUse: list(location, 'Locations that ship other lines of this ship group.'),
  },
  'What was to be brokered.',
);

const shipGroup = object(
  {
    shipGroupId: text(),
    method: fulfillmentMethod,
    destination: optional(destination),
    pickupLocation: optional(location),
    service: optional(text('The delivery service that was sold.')),
    shipBy: optional(time('To be handed over until then.')),
    deliverBy: optional(time('Promised to be delivered until then.')),
    instructions: optional(text('For whoever packs it, or hands it over.')),
  },
  'The lines that go to one place in one way, of which these are some.',
);

const located = object(
  {
    locatedBy: oneOf(['unknown', 'coordinates', 'postal-area', 'country'], 'How exactly it is known.'),
    latitude: optional(decimal('Degrees.')),
    longitude: optional(decimal('Degrees.')),
  },
  'Where the goods go, for distances.',
);

const knownOfLocation = {
  location,
  kind: locationKind,
  active: truth(),
  latitude: decimal('Degrees.'),
  longitude: decimal('Degrees.'),
  day: optional(text('Local date on which it would begin what comes now, by its calendar and cut-offs; absent: it is closed for good.')),
  load: integer('Fulfilments that it was given for that day.'),
  capacity: optional(integer('Fulfilments that it can take on one day; absent: no limit.')),
  later: optional(
    list(
      object({ day: text('Local date.'), load: integer('Fulfilments planned for it.'), beginsAt: time('When it begins there.') }),
      'Where there is a limit: its next working days, as far as the rules plan ahead, and one at least.',
    ),
  ),
  available: list(integer(), 'Units that it could ship of each SKU, in the order of `skus`.'),
  worth,
};

const candidate = object({
  ...knownOfLocation,
  plannedFor: optional(text('Local date: the day before is full, it would begin on this one.')),
  distanceKm: optional(
    decimal('Kilometres to the destination, or to the middle of its country where it is `locatedBy` that; absent: not known.'),
  ),
  components: object({
    distance: points,
    coverage: points,
    headroom: points,
    split: decimal('Points taken off where it could not ship all alone.'),
    cost: points,
    preference: points,
  }),
  cost: optional(integer('What all of it is estimated to cost from there: minor units of the currency of the rules.')),
  ...{ costParts: optional(costParts), keeps },
  score: decimal('Sum of the components.'),
  refusal: optional(
    oneOf(
      ['filtered', 'not-named', 'not-pickup-location', 'excluded', 'inactive', 'closed', 'over-capacity', 'no-stock'],
      'Why it cannot be given these lines.',
    ),
  ),
});

/** What every decision says, made or only asked for. */
const decided = {
  destination: located,
  skus: list(text()),
  weights: optional(list(nullable(integer()), 'Grams of one unit of each SKU, in the order of `skus`; null: nobody knew.')),
  unitWorth,
  candidates: list(candidate, 'The locations that were considered, best first.'),
  others: optional(list(object(knownOfLocation), 'What was known of these.')),
  overlooked: integer('Locations that ranked too low to be looked at closely.'),
  unfilled: list(shortLine, 'Lines that nobody ships, when nothing is assigned.'),
  because: optional(oneOf(['short', 'split-limit', 'no-capacity', 'attempts-exhausted'], 'Why nothing was assigned.')),
  askAgainAt: optional(time('Nobody has capacity: then it is asked again by itself.')),
  why: list(text(), 'The same in words, for a person.'),
};
const assignment = { location, lines: list(lineQuantity) };

export const decision = answerOf<ShownDecision>()(
  'RoutingDecision',
  object({
    orderId,
    decisionId: uuid(),
    cause: oneOf(causes, 'What set it off.'),
    shipGroup,
    rules,
    request,
    ...decided,
    assignments: list(object({ fulfillmentId: uuid(), ...assignment }), 'Which location ships which lines: all, or none.'),
    brokeredAt: time(),
  }),
);

export const decisionList = answerOf<{ readonly items: readonly ShownDecision[] }>()(
  'RoutingDecisionList',
  object({ items: list(decision, 'Oldest first.') }),
);

export const preview = answerOf<ShownPreview>()(
  'RoutingPreview',
  object({
    rules: text('Version of the rules.'),
    ...decided,
    assignments: list(object(assignment), 'Which location would ship which lines.'),
  }),
);
