import { Topics, type OrderEvent } from '@cartage/contracts';
import type { Listener } from '@cartage/messaging';
import type { deadlinesHeard } from '../app/deadlines';
import type { sendingAgain } from '../app/replacements';

/** What the order decided has effects outside its log: deadlines are set, and lost goods are sent again. Heard, so that none is lost in a crash. */
export const decisionsListener = (
  deadlines: ReturnType<typeof deadlinesHeard>,
  sendAgain: ReturnType<typeof sendingAgain>,
): Listener<OrderEvent> => ({
  group: 'order.decisions',
  topic: Topics.order,
  on: {
    ...deadlines,
    LostParcelsResolved: ({ resolutionId, ...decided }, meta) => sendAgain({ ...decided, because: { resolutionId } }, meta),
  },
});
