import { currency, integer, list, money, named, object, oneOf, optional, text } from '@cartage/contracts';
import { answerOf, listedRulesShape, pageAnswer, type ListedRules, type ShownRules } from '@cartage/service-kit';
import type { BackTest } from '../../domain/back-test';
import type { RuleSet } from '../../domain/verification';

const amounts = list(object({ currency: currency(), amount: money() }), 'The currency of the first one gives all others theirs, by worth.');
const areas = list(object({ area: text('`<country>-<postal area>`, with `*` for all that begin so.'), limit: amounts }));
const weights = named(integer(), 'What a rule weighs, by its name.');
const texts = list(text());

const cod = object({ limit: amounts, countries: texts, excludedAreas: texts, areaLimits: areas, excludedCustomers: texts });
const codChange = object({
  limit: optional(amounts),
  countries: optional(texts),
  excludedAreas: optional(texts),
  areaLimits: optional(areas),
  excludedCustomers: optional(texts),
});

const risk = object({ doubtfulFrom: integer(), highFrom: integer(), acceptAwayBelow: amounts }, 'What is made of a risk provider’s score.');
const riskChange = object({ doubtfulFrom: optional(integer()), highFrom: optional(integer()), acceptAwayBelow: optional(amounts) });

const exception = object({
  countries: optional(texts),
  currencies: optional(texts),
  change: object({
    reviewFrom: optional(integer()),
    rejectFrom: optional(integer()),
    weights: optional(weights),
    highValue: optional(amounts),
    bulkUnits: optional(integer()),
    velocityOrders: optional(integer()),
    cod: optional(codChange),
    risk: optional(riskChange),
  }),
});

const learned = object(
  {
    acts: oneOf(['never', 'review', 'decline'], '`never`: it only stands in verdicts, in shadow.'),
    currency: currency(),
    lossPercent: integer('Of the total of an order that goes wrong, what is lost.'),
    fee: money('What it costs besides.'),
    marginPercent: integer('Of the total of a good order, what is not earned where it is declined.'),
    reviewCost: money('What it costs that a person looks.'),
  },
  'What is made of what was learned of orders; absent: it only stands in verdicts.',
);

const rules = object({
  reviewFrom: integer('From this score on a person decides.'),
  rejectFrom: integer('From this score on an order is rejected.'),
  weights,
  highValue: amounts,
  bulkUnits: integer('So many units of one SKU are unusual.'),
  velocityOrders: integer('So many orders of one customer within an hour are unusual.'),
  cod,
  risk,
  exceptions: list(exception, 'What is otherwise by country and currency; later ones go before earlier ones.'),
  reviewWithinMinutes: integer('After so many minutes an order that waits for a person is escalated.'),
  reviewAgainPercent: integer('How much dearer an edit may make an order that a person accepted before one is asked again, in percent.'),
  learned: optional(learned),
});

const listedShape = listedRulesShape({
  version: 'It stands in each verdict.',
  inForce: 'Whether orders are judged by it now.',
  by: 'Who drafted it; `settings` for what the settings say.',
});

export const rulesPage = pageAnswer(answerOf<ListedRules>()('ListedVerificationRules', object(listedShape)));
export const verificationRules = answerOf<ShownRules<RuleSet>>()('VerificationRules', object({ ...listedShape, rules }));

const decision = oneOf(['accept', 'review', 'reject']);
export const backTest = answerOf<BackTest>()(
  'VerificationTrial',
  object({
    orders: integer('Past orders that were judged anew, on what was known of each then.'),
    unchanged: integer('Of these decided as before.'),
    shifts: list(
      object({
        from: decision,
        to: decision,
        orders: integer(),
        money: list(object({ currency: currency(), amount: money('What they came to.') })),
      }),
      'What would be decided otherwise.',
    ),
    examples: list(
      object({
        orderId: text(),
        from: decision,
        to: decision,
        scoreBefore: integer(),
        scoreNow: integer(),
        currency: currency(),
        total: money(),
        rulesBefore: texts,
        rulesNow: texts,
      }),
      'Some of them.',
    ),
  }),
);
