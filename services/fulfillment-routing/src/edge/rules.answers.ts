import { decimal, integer, list, object, optional, orderId, text, uuid } from '@cartage/contracts';
import { answerOf, listedRulesShape, pageAnswer, type ListedRules, type ShownRules } from '@cartage/service-kit';
import type { RoutingTrial } from '../domain/back-test';
import type { RoutingPolicy, RuleTerms } from '../domain/policy';
import { ruleTerms } from './decision.answers';

const texts = list(text());
const changeable = {
  maxSplit: optional(ruleTerms.maxSplit),
  maxAttempts: optional(ruleTerms.maxAttempts),
  planAheadDays: optional(ruleTerms.planAheadDays),
  acceptance: optional(ruleTerms.acceptance),
  rejections: optional(ruleTerms.rejections),
  filter: optional(ruleTerms.filter),
  preference: optional(ruleTerms.preference),
  cost: ruleTerms.cost,
  sourcing: ruleTerms.sourcing,
  pickup: ruleTerms.pickup,
  weights: optional(ruleTerms.weights),
  halfDistanceKm: optional(ruleTerms.halfDistanceKm),
  unknownDistance: optional(ruleTerms.unknownDistance),
} satisfies { readonly [Term in keyof RuleTerms]-?: unknown };

const exception = object({
  channels: optional(texts),
  methods: optional(texts),
  countries: optional(texts),
  skus: optional(list(text(), 'With `*` at the end for all that begin so; one line is enough.')),
  change: object(changeable),
});

const listedShape = listedRulesShape({
  version: '`routing@<version>` stands in each decision.',
  inForce: 'Whether orders are routed by it now.',
  by: 'Who drafted it.',
});

const listedRoutingRules = answerOf<ListedRules>()('ListedRoutingRules', object(listedShape));
export const routingRulesPage = pageAnswer(listedRoutingRules);
const policy = object({
  ...ruleTerms,
  exceptions: list(exception, 'What is otherwise for some orders; later ones go before earlier ones.'),
});
export const shownRoutingRules = answerOf<ShownRules<RoutingPolicy>>()('RoutingRules', object({ ...listedShape, rules: policy }));
export const settingsRules = answerOf<{ readonly rules: RoutingPolicy }>()('RoutingSettings', object({ rules: policy }));

const totals = object({
  unfilled: integer('Decisions of which nothing was assigned.'),
  fulfillments: integer(),
  split: integer('Decisions of which more than one location ships.'),
  km: decimal('Kilometres of all fulfilments whose distance is known, and not only from the middle of a country.'),
  cost: integer('Minor units, by the table of the rules that are tried; 0 without one.'),
  late: integer('Fulfilments that would begin after the day on which they were to be handed over.'),
});
export const routingTrial = answerOf<RoutingTrial>()(
  'RoutingTrial',
  object({
    version: text(),
    decisions: integer('First decisions of orders that were made anew, of what was known then.'),
    unchanged: integer('Of these by the same locations.'),
    before: totals,
    now: totals,
    examples: list(object({ decisionId: uuid(), orderId, before: texts, now: texts }), 'Some that would be otherwise.'),
  }),
);
