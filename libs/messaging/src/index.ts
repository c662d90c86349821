export { memoryCheckpoints, type Checkpoints } from './checkpoint';
export {
  deadLetterStates,
  type DeadLetterDesk,
  type DeadLetters,
  type DeadLetterState,
  type LetterFilter,
  type ListedLetter,
  type StoredLetter,
} from './dead-letter';
export { embeddedTransport, type EmbeddedTransportNeeds } from './embedded/embedded-transport';
export { LogReader, type LogReaderNeeds } from './embedded/log-reader';
export { bearerMechanism } from './kafka/bearer';
export { distrustIn, distrustOf, type Cause, type Distrust } from './kafka/distrust';
export { grantsOf, type KafkaGrant, type KafkaOperation, type KafkaUse } from './kafka/grants';
export { mendRequestQueue } from './kafka/request-queue';
export { kafkaTransport, type KafkaTransportNeeds } from './kafka/kafka-transport';
export { messageFor, publisherOf, publishing, type Publisher, type PublisherHealth, type PublishingNeeds } from './kafka/publisher';
export { topicWriter, type TopicWriter, type TopicWriterNeeds } from './kafka/topic-writer';
export { ensureTopics, kafkaClient, usualShape, type KafkaClientNeeds, type TopicShape } from './kafka/topics';
export { troublesOf } from './health';
export { MemoryDeadLetters } from './memory-dead-letters';
export { metaOf, type AnyListener, type Listener } from './listener';
export { alone, type Held, type Lock } from './lock';
export { ListeningStrategy } from './nest/listening-strategy';
export { memoryParkedPublications, type ParkedPublication, type ParkedPublications } from './parked-publication';
export { postgresCheckpoints } from './postgres/checkpoints';
export { postgresDeadLetters } from './postgres/dead-letters';
export { messagingFigures, type MessagingFigures } from './postgres/figures';
export { postgresLock, type PostgresLockNeeds } from './postgres/lock';
export { postgresParkedPublications } from './postgres/parked-publications';
export { migrateMessaging } from './postgres/schema';
export { envelopesOf, isPublic, type AnyPublication, type Publication } from './publication';
export { envelopeIn, recordOf, type RawRecord } from './record';
export { sendingSpans } from './kafka/sending-spans';
export type { TracedMessaging } from './traced';
export { usualPolicy, type GroupHealth, type RetryPolicy, type Subscription, type Transport } from './transport';
