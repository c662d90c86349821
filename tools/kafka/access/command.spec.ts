import { StateTopics } from '@cartage/contracts';
import { readFileSync } from 'node:fs';
import { services } from '@cartage/embedded/services';
import type { KafkaUse } from '@cartage/messaging';
import { parseAllDocuments } from 'yaml';
import { kafkaAccessPage } from '../../reference/kafka-access-page';
import { accessOf } from './access';
import { run, usage } from './command';

const uses = JSON.parse(readFileSync('docs/reference/kafka-access.json', 'utf8')) as readonly KafkaUse[];
const access = accessOf(uses);
const few = accessOf([
  { service: 'order', topic: 'order.events', listeners: [{ group: 'order.inventory', topic: 'inventory.events' }] },
  { service: 'audit', listeners: [{ group: 'watching', topic: 'order.events' }] },
]);

describe('what services may do on Kafka', () => {
  it('is documented as it is (else: npm run reference)', () =>
    expect(readFileSync('docs/reference/kafka-access.md', 'utf8')).toBe(kafkaAccessPage(uses)));

  it('names every service, and each writes to its own topic alone, one of them the journals of orders, and what is sent again', () => {
    expect(access.map(({ service }) => service)).toEqual(services.map(({ name }) => name).toSorted());
    for (const { name, publication } of services) {
      const written = access.find(({ service }) => service === name)?.grants.filter(({ operations }) => operations.includes('Write'));
      const own = publication ? [publication.topic] : [];
      expect(written?.map((grant) => grant.name)).toEqual(
        name === 'subscriptions' ? ['order.journal', ...Object.values(StateTopics), 'replays.'] : own,
      );
    }
  });

  it('lets no service into another’s groups', () => {
    const families = access.flatMap(({ grants }) => grants.filter(({ resource }) => resource === 'group').map(({ name }) => name));
    expect(families).toEqual([...new Set(families)]);
    for (const { service, listeners } of uses)
      for (const { group } of listeners) {
        const admitted = access.filter(({ grants }) => grants.some((grant) => grant.resource === 'group' && group.startsWith(grant.name)));
        expect(admitted.map((each) => each.service)).toEqual([service]);
      }
  });

  it('is printed for kafka-acls.sh', () =>
    expect(run(['acls', '--bootstrap', 'kafka:9092'], few)).toBe(
      [
        `kafka-acls.sh --bootstrap-server 'kafka:9092' --add --allow-principal 'User:cartage-audit' --operation Describe --operation Read --topic 'order.events'`,
        `kafka-acls.sh --bootstrap-server 'kafka:9092' --add --allow-principal 'User:cartage-audit' --operation Describe --operation Read --group 'watching'`,
        `kafka-acls.sh --bootstrap-server 'kafka:9092' --add --allow-principal 'User:cartage-order' --operation Create --operation Describe --operation DescribeConfigs --operation Write --topic 'order.events'`,
        `kafka-acls.sh --bootstrap-server 'kafka:9092' --add --allow-principal 'User:cartage-order' --operation Describe --operation Read --topic 'inventory.events'`,
        `kafka-acls.sh --bootstrap-server 'kafka:9092' --add --allow-principal 'User:cartage-order' --operation Describe --operation Read --group 'order.' --resource-pattern-type prefixed`,
      ].join('\n'),
    ));

  it('is printed for Strimzi', () => {
    const users = parseAllDocuments(run(['strimzi', '--authentication', 'tls'], access)).map((each) => each.toJS() as unknown);
    expect(users).toHaveLength(services.length);
    expect(users[0]).toMatchObject({
      kind: 'KafkaUser',
      metadata: { name: 'cartage-audit', labels: { 'strimzi.io/cluster': 'cartage' } },
      spec: { authentication: { type: 'tls' }, authorization: { type: 'simple' } },
    });
  });

  it.each<[readonly string[], string]>([
    [[], usage],
    [['rules'], usage],
    [['table', '--service', 'nobody'], '--service nobody is none of audit, order'],
    [['acls', '--user', 'cartage'], '--user needs {service} in it'],
    [['acls', '--user', `a'; rm`], '--user is made of letters'],
    [['strimzi', '--authentication', 'plain'], '--authentication is scram-sha-512 or tls'],
  ])('%j is answered with what to do', (args, text) => expect(() => run(args, few)).toThrow(text));
});

describe('a restore where there is Kafka', () => {
  const page = readFileSync('docs/how-to/back-up-and-restore.md', 'utf8');
  const access = readFileSync('docs/reference/kafka-access.md', 'utf8');
  const said = (pattern: RegExp): RegExp => new RegExp(`^(?:${pattern.exec(page)?.[1]})`);

  it.each([
    ['topic', new RegExp(`${said(/--topic '([^']*)'/).source}$`), /topic `([^`*]+)`/g],
    ['consumer group', said(/grep -E '\^([^']*)'/), /group `([^`*]+)\*`/g],
  ])('deletes every %s of Cartage', (_, deleted, named) => {
    const all = [...access.matchAll(named)].map(([, name = '']) => name);
    expect(all.length).toBeGreaterThan(8);
    expect(all.filter((name) => !deleted.test(name))).toEqual([]);
  });
});
