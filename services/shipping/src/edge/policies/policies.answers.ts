import { currency, decimal, integer, list, money, object, oneOf, optional, text, truth } from '@cartage/contracts';
import { answerOf, listedRulesShape, pageAnswer, type ListedRules, type ShownRules } from '@cartage/service-kit';
import type { CarrierPolicy, ChoiceTerms } from '../../domain/carrier-policy';
import { modes, type CarrierRule } from '../../domain/carrier-rules';
import { choiceOrders } from '../../domain/rates';

const texts = list(text());
const terms = {
  by: oneOf(choiceOrders, 'What counts first between offers.'),
  carriers: list(text(), 'Whom labels are bought from, the preferred one first.'),
  weights: object(
    { cost: decimal(), speed: decimal(), preference: decimal(), performance: decimal() },
    'By how much each measure counts, where they are weighed.',
  ),
  learned: optional(
    object(
      {
        decides: truth('Whether it decides; otherwise it is only recorded beside what does.'),
        currency: currency(),
        lateDayCost: money('What a day of lateness costs.'),
        lostCost: money('What a shipment costs that is lost or comes back.'),
        floorPercent: integer('Of choices, so many are left to chance.'),
        boundPercent: integer('It may be expected to cost so much more than the choice of the policy alone.'),
      },
      'What is learned of carriers, beside what counts first; absent: it is not looked at.',
    ),
  ),
} satisfies { readonly [Term in keyof ChoiceTerms]: unknown };

const exception = object({
  channels: optional(texts),
  methods: optional(texts),
  priorities: optional(texts),
  countries: optional(texts),
  overGrams: optional(integer('One of its parcels is heavier.')),
  upToGrams: optional(integer('None of its parcels is heavier.')),
  change: object({ by: optional(terms.by), carriers: optional(terms.carriers), weights: optional(terms.weights), learned: terms.learned }),
});

const block = object({
  carrier: optional(text()),
  service: optional(text()),
  mode: optional(oneOf(modes)),
  channels: optional(texts),
  methods: optional(texts),
  countries: optional(texts),
  locations: optional(texts),
  skus: optional(texts),
  hazards: optional(texts),
  hsCodes: optional(texts),
  overGrams: optional(integer()),
  overValue: optional(object({ currency: currency(), amount: money('Minor units.') })),
  code: text('Stands in `RatesQuoted` as the reason.'),
  detail: text('For people.'),
} satisfies { readonly [Field in keyof Required<CarrierRule>]: unknown });

const policy = object({
  ...terms,
  exceptions: list(exception, 'What is otherwise for some; later ones go before earlier ones.'),
  blocks: list(block, 'What must not go with whom: each applies where all that it names is so.'),
});

const listedShape = listedRulesShape({
  version: '`carriers@<version>` stands at each label.',
  inForce: 'Whether carriers are chosen by it now.',
  by: 'Who drafted it.',
});

export const carrierPolicyPage = pageAnswer(answerOf<ListedRules>()('ListedCarrierPolicy', object(listedShape)));
export const shownCarrierPolicy = answerOf<ShownRules<CarrierPolicy>>()('CarrierPolicy', object({ ...listedShape, rules: policy }));
export const settingsPolicy = answerOf<{ readonly rules: CarrierPolicy }>()('CarrierPolicySettings', object({ rules: policy }));
