import { deadLetterTopic, type Topic } from '@cartage/contracts';
import type { KafkaMessage, Message } from 'kafkajs';
import { causeOf, type DeadLetters, type Origin } from '../dead-letters';
import { messageOf } from './message';
import type { SureProducer } from './sure-producer';

export interface Cause {
  readonly group: string;
  readonly error: unknown;
  readonly attempts: number;
  readonly origin?: Origin | undefined;
}

/** Kafka's dead letters, which may also be records that are no events of ours. */
export interface KafkaDeadLetters extends DeadLetters {
  addRecord(topic: Topic, record: Pick<KafkaMessage, 'key' | 'value' | 'headers'>, cause: Cause): Promise<void>;
}

/** A record goes to `<topic>.dead-letter` as it is, with headers that say who could not take it, where it stood, and why. */
export const kafkaDeadLetters = (producer: SureProducer, signal: AbortSignal): KafkaDeadLetters => {
  const send = async (topic: Topic, message: Message, cause: Cause): Promise<void> => {
    const headers = { ...message.headers, ...headersOf(topic, cause) };
    const sent = await producer.send(deadLetterTopic(topic), [{ ...message, headers }], signal);
    if (!sent) throw new Error('The process stops before the dead letter was stored.');
  };
  return {
    add: ({ envelope, ...cause }) => send(envelope.topic, messageOf(envelope), cause),
    addRecord: (topic, { key, value, headers }, cause) => send(topic, { key, value, ...(headers ? { headers } : {}) }, cause),
  };
};

const headersOf = (topic: Topic, { group, error, attempts, origin }: Cause): Record<string, string> => {
  const { message, stack } = causeOf(error);
  return {
    dead_letter_group: group,
    dead_letter_error: message,
    dead_letter_stack: stack,
    dead_letter_attempts: String(attempts),
    dead_letter_topic: origin?.topic ?? topic,
    ...(origin ? { dead_letter_partition: String(origin.partition), dead_letter_offset: origin.offset } : {}),
  };
};
