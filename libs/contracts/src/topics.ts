/** The Kafka topic of each service's events. Names are for ever. */
export const Topics = {
  order: 'order.events',
  inventory: 'inventory.events',
  payment: 'payment.events',
  fulfillment: 'fulfillment.events',
  shipping: 'shipping.events',
  returns: 'return.events',
} as const;

export type Topic = (typeof Topics)[keyof typeof Topics];

/** Where events of a topic go that a listening group could not take: one topic beside each. */
export const deadLetterTopic = (topic: Topic): string => `${topic}.dead-letter`;
