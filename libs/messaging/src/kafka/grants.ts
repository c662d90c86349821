import type { Topic } from '@cartage/contracts';

export type KafkaOperation = 'Create' | 'Describe' | 'DescribeConfigs' | 'Read' | 'Write';

/** What somebody may do with one topic or one group, or with all whose names begin so. */
export interface KafkaGrant {
  readonly resource: 'topic' | 'group';
  readonly name: string;
  readonly pattern: 'literal' | 'prefixed';
  readonly operations: readonly KafkaOperation[];
}

export interface KafkaUse {
  readonly service: string;
  /** Where it publishes; nothing where it only listens. */
  readonly topic?: Topic | undefined;
  /** Topics beside that one to which it writes; one that ends with `*` stands for all whose names begin so. */
  readonly writes?: readonly string[] | undefined;
  /** What it hears, and in which groups. */
  readonly listeners: readonly { readonly group: string; readonly topic: Topic }[];
}

const ofTopic = (name: string, operations: readonly KafkaOperation[]): KafkaGrant => ({
  ...{ resource: 'topic', name, pattern: 'literal' },
  operations,
});

const ofGroup = (name: string, pattern: KafkaGrant['pattern']): KafkaGrant => ({
  ...{ resource: 'group', name, pattern },
  operations: ['Describe', 'Read'],
});

/** Kafka takes no `*` in a name. */
const ofWritten = (name: string): KafkaGrant => ({
  ...ofTopic(name.replace(/\*$/, ''), ['Create', 'Describe', 'DescribeConfigs', 'Write']),
  pattern: name.endsWith('*') ? 'prefixed' : 'literal',
});

/** What the groups of one service are called up to the first dot is its own. */
const familyOf = (group: string): string => group.slice(0, group.indexOf('.') + 1);

/** A group more, or one of another generation, needs no rule more. One that is of no family is named. */
const groupsOf = ({ listeners }: KafkaUse): readonly KafkaGrant[] => {
  const groups = listeners.map(({ group }) => group).toSorted();
  const families = new Set(groups.map(familyOf).filter((family) => family !== ''));
  return [
    ...[...families].map((family) => ofGroup(family, 'prefixed')),
    ...groups.filter((group) => familyOf(group) === '').map((group) => ofGroup(group, 'literal')),
  ];
};

/**
 * All that a service needs of Kafka, and no more. It makes its own topic where nobody has; those of others it waits for. To write is to write
 * idempotently, too.
 */
export const grantsOf = (use: KafkaUse): readonly KafkaGrant[] => {
  const { topic: own, writes = [], listeners } = use;
  const heard = new Set(listeners.map(({ topic }) => topic));
  const read = (topic: Topic): readonly KafkaOperation[] => (heard.has(topic) ? ['Read'] : []);
  return [
    ...(own === undefined ? [] : [ofTopic(own, ['Create', 'Describe', 'DescribeConfigs', ...read(own), 'Write'])]),
    ...writes.map(ofWritten),
    ...[...heard]
      .filter((topic) => topic !== own)
      .toSorted()
      .map((name) => ofTopic(name, ['Describe', 'Read'])),
    ...groupsOf(use),
  ];
};
