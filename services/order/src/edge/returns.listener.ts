import { Topics, type ReturnEvent } from '@cartage/contracts';
import type { Listener } from '@cartage/messaging';
import type { ReturnFacts } from '../app/facts/return-facts';

export const returnsListener = (facts: ReturnFacts): Listener<ReturnEvent> => ({
  group: 'order.returns',
  topic: Topics.returns,
  on: {
    ReturnRequested: facts.requested,
    ReturnAuthorized: facts.authorized,
    ReturnDeclined: facts.declined,
    ReturnReceived: facts.received,
    ItemGraded: facts.graded,
    ReturnClosed: facts.closed,
  },
});
