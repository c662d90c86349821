import { anything, integer, object, oneOf, optional, text, time, uuid } from '@cartage/contracts';

/** An event as CloudEvents 1.0 in JSON. */
export const entry = object({
  specversion: oneOf(['1.0'], 'CloudEvents.'),
  id: uuid('Stable for ever.'),
  type: text('Name of the event.'),
  source: text('`/cartage/<service>`'),
  subject: text('What it is about.'),
  time: time('When its service recorded it.'),
  dataschema: text('`urn:cartage:events:<type>:<version>`'),
  datacontenttype: oneOf(['application/json']),
  partitionkey: text('The order; of what belongs to none, its Kafka key.'),
  position: text('Where it stands among all events, as digits.'),
  sequence: optional(integer('Its number in the journal of its order, from 1 without gaps.')),
  orderid: optional(uuid()),
  channel: optional(text('Where its order was sold.')),
  topic: text('The topic on which it was published.'),
  topicsequence: integer('Its number among the events of its subject on that topic.'),
  correlationid: text('Shared by everything that follows from one request.'),
  causationid: optional(text('Id of the event or command that caused it.')),
  traceparent: optional(text('W3C trace context.')),
  replayid: optional(uuid('The replay that it is sent by; absent: it is sent because it happened.')),
  data: anything('As the contract of its type has it; what is personal is sealed.'),
});
