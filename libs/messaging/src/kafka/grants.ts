import type { Topic } from '@cartage/contracts';

export type KafkaOperation = 'Create' | 'Describe' | 'DescribeConfigs' | 'Read' | 'Write';

/** What somebody may do with one topic or one group. */
export interface KafkaGrant {
  readonly resource: 'topic' | 'group';
  readonly name: string;
  readonly operations: readonly KafkaOperation[];
}

export interface KafkaUse {
  /** Where it publishes. */
  readonly topic: Topic;
  /** What it hears, and in which groups. */
  readonly listeners: readonly { readonly group: string; readonly topic: Topic }[];
}

/**
 * All that a service needs of Kafka, and no more. It makes its own topic where nobody has; those of others it waits for. To write is to write
 * idempotently, too.
 */
export const grantsOf = ({ topic: own, listeners }: KafkaUse): readonly KafkaGrant[] => {
  const heard = new Set(listeners.map(({ topic }) => topic));
  const read = (topic: Topic): readonly KafkaOperation[] => (heard.has(topic) ? ['Read'] : []);
  return [
    { resource: 'topic', name: own, operations: ['Create', 'Describe', 'DescribeConfigs', ...read(own), 'Write'] },
    ...[...heard]
      .filter((topic) => topic !== own)
      .toSorted()
      .map((name): KafkaGrant => ({ resource: 'topic', name, operations: ['Describe', 'Read'] })),
    ...listeners
      .map(({ group }) => group)
      .toSorted()
      .map((name): KafkaGrant => ({ resource: 'group', name, operations: ['Describe', 'Read'] })),
  ];
};
