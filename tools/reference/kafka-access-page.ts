import type { KafkaUse } from '@cartage/messaging';
import { accessOf, aclLinesOf, kafkaUsersOf, tableOf, usual } from '../kafka/access/access';

/** In one order, whatever order services and listeners are composed in. */
export const kafkaUses = (uses: readonly KafkaUse[]): string => {
  const sorted = uses
    .map(({ service, topic, writes, listeners }) => ({
      ...{ service, topic, writes },
      listeners: listeners.toSorted((a, b) => a.group.localeCompare(b.group)),
    }))
    .toSorted((a, b) => a.service.localeCompare(b.service));
  return `${JSON.stringify(sorted, undefined, 2)}\n`;
};

/** What each service needs of Kafka, as a page. */
export const kafkaAccessPage = (uses: readonly KafkaUse[]): string => {
  const access = accessOf(uses);
  const one = access.filter(({ service }) => service === 'order');
  return [
    '# What services may do on Kafka',
    '',
    'Written by `npm run reference` from what the services publish and hear. Where Kafka has an authorizer, grant each service’s user this, and no more; a test runs a service with just such rights. `*` stands for',
    'names that begin so: what the groups of a service are called up to the first dot is its own, and those of the star end with its generation. To write is to write idempotently, too: no right on the cluster is needed.',
    '',
    ...tableOf(access),
    '',
    '## For `kafka-acls.sh`',
    '',
    '`npm run kafka-access -- acls --bootstrap kafka.example.com:9092` prints all of them, `--user` says how users are called. For the order service:',
    '',
    '```sh',
    ...aclLinesOf(one, usual),
    '```',
    '',
    '## For Strimzi',
    '',
    '`npm run kafka-access -- strimzi --cluster cartage | kubectl apply -f -` makes a KafkaUser for each. For the order service:',
    '',
    '```yaml',
    kafkaUsersOf(one, usual).trimEnd(),
    '```',
    '',
  ].join('\n');
};
