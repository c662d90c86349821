/** The Kafka topic of each service's events. Names are for ever. */
export const Topics = {
  order: 'order.events',
  inventory: 'inventory.events',
  payment: 'payment.events',
  fulfillment: 'fulfillment.events',
  shipping: 'shipping.events',
  returns: 'return.events',
  notification: 'notification.events',
} as const;

export type Topic = (typeof Topics)[keyof typeof Topics];

/** The journal of every order: the events of all other topics that belong to one, in one sequence without gaps. */
export const journalTopic = 'order.journal';

/** The largest record that a topic takes (its `max.message.bytes`): an order of ten thousand lines is one event. */
export const topicMaxBytes = 16 * 1024 * 1024;

/** What Kafka and the attributes of an event need beside its data, generously. */
const headroomBytes = 64 * 1024;

/** The size budget: an event whose data, as JSON in UTF-8, is larger than this cannot be published. Whoever lets something in refuses it there. */
export const eventMaxBytes = topicMaxBytes - headroomBytes;
