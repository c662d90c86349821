import { Topics, type ReturnEvent } from '@cartage/contracts';
import type { Listener } from '@cartage/messaging';
import type { exchanging, sendingAgain } from '../app/replacements';

/** Places orders for what is to be sent again. */
export const claimsListener = (sendAgain: ReturnType<typeof sendingAgain>): Listener<ReturnEvent> => ({
  group: 'order.claims',
  topic: Topics.returns,
  on: { ClaimDecided: ({ claimId, ...decided }, meta) => sendAgain({ ...decided, because: { claimId } }, meta) },
});

/** Places orders for what is exchanged. In a group of its own: an order that it pays for hears of it beside the order that it comes from. */
export const exchangesListener = ({ requested, settled }: ReturnType<typeof exchanging>): Listener<ReturnEvent> => ({
  group: 'order.exchanges',
  topic: Topics.returns,
  on: {
    ExchangeRequested: (exchange, meta) => requested(exchange, meta),
    ExchangeSettled: (exchange, meta) => settled(exchange, meta),
  },
});
