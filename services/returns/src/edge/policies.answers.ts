import { currency, disposition, integer, list, money, object, oneOf, optional, orderId, text, time, truth, uuid } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import { exchangeTerms, payersOfTheWayBack, refundMoments, refundTenders, waysToSendBack, type ReturnPolicy } from '../domain/policy';
import type { TrialResult } from '../domain/policy-trial';

const percent = integer('Percent.');
const amounts = list(object({ currency: currency(), amount: money('Minor units.') }));
const percents = object({ A: percent, B: percent, C: percent, scrap: percent }, 'How much of the price comes back, by condition.');
const dispositions = object(
  { A: disposition, B: disposition, C: disposition, scrap: disposition },
  'What becomes of a unit, by condition.',
);

const termsShape = {
  windowDays: integer(
    'A return may be asked for until the end of this many days after the day of delivery, by the clocks of the destination.',
  ),
  finalSale: truth('It may not be sent back because it does not please.'),
  refundPercent: percents,
  restockingFeePercent: integer('Kept back of every refund, percent.'),
  disposition: dispositions,
  refundOn: oneOf(refundMoments, 'When the money goes back.'),
  tender: oneOf(refundTenders, 'In which way it goes back, unless the customer chooses.'),
  wayBack: oneOf(payersOfTheWayBack, 'Who pays for bringing it back.'),
  sendBack: optional(
    object(
      {
        by: oneOf(waysToSendBack),
        to: optional(text('Location code.')),
        carrier: optional(text('Absent: whoever costs least.')),
        service: optional(text()),
      },
      'How it is sent back; absent: as the customer likes.',
    ),
  ),
  keepUpTo: amounts,
  exchange: optional(oneOf(exchangeTerms, 'Whether it is exchanged, and when the other goods are sent; absent: `after-return`.')),
};

const change = object({
  windowDays: optional(termsShape.windowDays),
  finalSale: optional(termsShape.finalSale),
  refundPercent: optional(percents),
  restockingFeePercent: optional(termsShape.restockingFeePercent),
  disposition: optional(dispositions),
  refundOn: optional(termsShape.refundOn),
  tender: optional(termsShape.tender),
  wayBack: optional(termsShape.wayBack),
  sendBack: termsShape.sendBack,
  keepUpTo: optional(amounts),
  exchange: termsShape.exchange,
});

const texts = list(text());
const exception = object({
  name: text(),
  channels: optional(texts),
  countries: optional(texts),
  categories: optional(texts),
  skus: optional(texts),
  terms: change,
});

/** A version in a list. */
export interface ListedPolicy {
  readonly version: string;
  readonly inForce: boolean;
  readonly drafted?: { readonly note: string; readonly by: string; readonly at: string };
  readonly activations: readonly { readonly note: string; readonly by: string; readonly activatedAt: string }[];
}

export type ShownPolicy = ListedPolicy & { readonly policy: ReturnPolicy };

const listedShape = {
  version: text('An order is judged by the version that it was sold under.'),
  inForce: truth('Whether orders that are placed now are sold under it.'),
  drafted: optional(object({ note: text('Why.'), by: text('Who.'), at: time() }, 'Absent: it was there before anybody had written any.')),
  activations: list(object({ note: text('Why.'), by: text('Who.'), activatedAt: time() }), 'When it came into force, the newest last.'),
};

export const listedPolicy = answerOf<ListedPolicy>()('ListedReturnPolicy', object(listedShape));
export const policyPage = pageAnswer(listedPolicy);
export const shownPolicy = answerOf<ShownPolicy>()(
  'ReturnPolicyVersion',
  object({
    ...listedShape,
    policy: object({
      version: text(),
      terms: object(termsShape),
      exceptions: list(exception, 'Of several that fit a line the later ones win, term by term.'),
      reviewAbove: amounts,
      authorizationDays: integer(
        'Goods must be on their way until the end of this many days after the day on which they were allowed to come.',
      ),
      reminderDays: integer('So many days before that the customer is reminded; 0: never.'),
      exchangeDays: optional(
        integer('What comes back for an exchange is waited for until the end of this many days; absent: 14 more than that.'),
      ),
      refundDays: optional(integer('The customer is promised the money so many days after the goods are on their way, or in.')),
      returnFee: amounts,
      deliveryRefund: oneOf(['never', 'whole-return']),
      faultReasons: texts,
    }),
  }),
);

const verdict = oneOf(['authorized', 'kept', 'review', 'declined']);
export const policyTrial = answerOf<TrialResult>()(
  'ReturnPolicyTrial',
  object({
    returns: integer('Past returns that were judged anew, on what was known of each then.'),
    lines: integer('Their lines.'),
    unchanged: integer('Of these decided as before.'),
    shifts: list(object({ from: verdict, to: verdict, lines: integer() }), 'What would be decided otherwise.'),
    refunds: list(
      object({ currency: currency(), before: money('What was due.'), now: money('What would have been.') }),
      'For what came back in fact.',
    ),
    examples: list(object({ returnId: uuid(), orderId, lineId: text(), from: verdict, to: verdict }), 'Some of them.'),
  }),
);
