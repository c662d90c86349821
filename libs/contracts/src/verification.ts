import { contractsOf } from './event';
import { amount, finding, orderId } from './parts';
import { currency, integer, list, money, object, oneOf, optional, text, time, uuid, word, type Static } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.payment, 'payment');

/** What a provider of risk scores said, asked when the order was judged. */
export const risk = object({
  provider: text('Who was asked.'),
  version: optional(text('Of whatever scored it; absent where it did not answer.')),
  score: optional(integer('0 (harmless) to 100; absent where it did not answer.')),
  reasons: list(object({ code: text(), detail: optional(text()) })),
  away: optional(word(['timeout', 'unreachable', 'answer-wrong', 'paused'], 'it did not answer', 'Why there is no score.')),
});
export type Risk = Static<typeof risk>;

/** How likely an order goes wrong, learned from what became of earlier ones. */
export const learnedRisk = object(
  {
    method: text('How it was learned.'),
    version: text('Of the method.'),
    model: text('The event of the log up to which it was learned.'),
    probability: integer('That it goes wrong: parts of ten thousand.'),
    contributions: list(
      object({
        feature: text(),
        points: integer(
          'What it adds to the logarithm of the odds, against an order that is usual in it: thousandths. Below zero it lowers the risk.',
        ),
      }),
      'What raises the risk first.',
    ),
    acted: optional(
      object(
        {
          acts: oneOf(['never', 'review', 'decline'], 'What the rules let it do at most; `never`: it only stands here.'),
          action: oneOf(['accept', 'review', 'decline'], 'What is expected to cost least.'),
          currency: currency(),
          costs: object({ accept: money(), review: money(), decline: money() }, 'What each is expected to cost.'),
        },
        'What follows by the costs in the rules; absent where they say nothing of it.',
      ),
    ),
  },
  'What was learned of such orders, beside the rules; absent before enough is known.',
);
export type LearnedRisk = Static<typeof learnedRisk>;

/** How an order was judged before its money was asked for. */
export const verdict = object({
  decision: oneOf(['accept', 'review', 'reject']),
  score: integer('0 (harmless) to 100.'),
  reasons: list(finding),
  rules: text('Version of the rule set.'),
  risk: optional(risk),
  learned: optional(learnedRisk),
});
export type Verdict = Static<typeof verdict>;

export const ofEdit = optional(
  integer(
    'The edit that it is about, by the version of the order that it made: `amount` is what that added, and the rest stands as it did. Absent: all of it.',
  ),
);

const payment = { orderId, paymentId: uuid('As in `OrderPlaced`.'), ...amount };

export const ReviewRequired = event(
  'ReviewRequired',
  'A person must decide before the order goes on.',
  object({ ...payment, verdict, decideBy: optional(time('It is escalated then.')), orderVersion: ofEdit, requiredAt: time() }),
);

export const ReviewEscalated = event(
  'ReviewEscalated',
  'A payment waited for a person longer than it may: somebody has to look now. The order stays where it is.',
  object({ ...payment, assignee: optional(text('Who was to look into it.')), requiredAt: time(), escalatedAt: time() }),
);
