/** Cartage's events, for TypeScript and JavaScript: types, proof that nothing was missed or doubled, and the stream over HTTP. */
export {
  contracts,
  dataSchemaOf,
  journalTopic,
  stateContracts,
  StateTopics,
  subjects,
  Topics,
  type AnyEventContract,
  type CloudEvent,
  type Envelope,
  type JsonSchema,
  type PublicEvent,
  type StateOn,
  type StateTopic,
  type Topic,
} from '@cartage/contracts';
export { Unacceptable } from '@cartage/messaging/reading';
export type { EventNamed, EventType, FollowedTopic, Handlers, Received } from './events';
export { memoryInbox, type Inbox, type InboxOptions } from './inbox';
export { postgresInbox, type PostgresInbox, type PostgresInboxOptions, type SqlClient, type SqlPool } from './postgres-inbox';
export { EventsMissing, type Counted } from './sequence';
export { standingIn, type Standing, type StateHandlers } from './states';
export { follow, type Following, type StreamedEvent } from './stream';
export { CartageRefused, type At } from './asking';
export { take, type Outcome, type Subscription } from './taking';
