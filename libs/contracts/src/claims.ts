import { contractsOf } from './event';
import { lineQuantity, orderId, reason } from './parts';
import { list, object, optional, text, time, truth, uuid, word } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.returns, 'return');
const claim = { orderId, claimId: uuid() };

export const claimKinds = ['damaged', 'missing', 'wrong'] as const;
export type ClaimKind = (typeof claimKinds)[number];

export const ClaimOpened = event(
  'ClaimOpened',
  'A customer says that goods came damaged, did not come in their parcel, or were other goods. Nothing has to come back for it unless that is decided.',
  object({
    ...claim,
    lines: list(object({ ...lineQuantity.shape, kind: word(claimKinds, 'a claim like any other', 'What is wrong with these units.') })),
    photos: list(text(), 'URLs of pictures; nothing of them is kept here.'),
    decideBy: time('To be decided until then.'),
    openedAt: time(),
  }),
);

export const claimDecisions = ['refund', 'send-again', 'return', 'reject'] as const;
export type ClaimDecisionKind = (typeof claimDecisions)[number];
export const costBearers = ['merchant', 'carrier', 'supplier'] as const;
export type CostBearer = (typeof costBearers)[number];

export const ClaimDecided = event(
  'ClaimDecided',
  'What the customer gets: money (`RefundDue` follows), the goods once more at no charge (the order service places the order that is named), a return at our expense, or nothing.',
  object({
    ...claim,
    decision: word(claimDecisions, 'nothing that you could bring about', 'What was decided.'),
    lines: list(lineQuantity, 'For which units.'),
    costBearer: optional(word(costBearers, 'treat as `merchant`', 'Who bears the cost; absent where there is none.')),
    replacementOrderId: optional(uuid('The order by which they are sent again.')),
    returnId: optional(uuid('The return that brings them back.')),
    reason,
    decidedAt: time(),
  }),
);

export const ClaimOverdue = event(
  'ClaimOverdue',
  'The time in which a claim was to be decided is over, and nobody has decided it.',
  object({ ...claim, decideBy: time(), noticedAt: time() }),
);

/** Of an order that settles a claim, or an exchange. */
export const replacedGoods = object(
  {
    orderId: uuid('The order whose goods are sent again, or exchanged.'),
    claimId: optional(uuid('The claim that it settles: it sends goods once more, at no charge.')),
    resolutionId: optional(uuid('The decision about lost parcels that it carries out: it sends goods once more, at no charge.')),
    exchange: optional(
      object(
        {
          exchangeId: uuid(),
          advance: truth('Its goods do not wait for those that come back.'),
          settleBy: time('Those are waited for until then.'),
        },
        'It sends other goods for some that come back, and is paid with what they are worth.',
      ),
    ),
  },
  'It stands for goods of another order.',
);
