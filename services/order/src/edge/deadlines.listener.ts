import { Topics, type OrderEvent } from '@cartage/contracts';
import type { Listener } from '@cartage/messaging';
import type { deadlinesHeard } from '../app/deadlines';

export const deadlineListener = (on: ReturnType<typeof deadlinesHeard>): Listener<OrderEvent> => ({
  group: 'order.deadlines',
  topic: Topics.order,
  on,
});
