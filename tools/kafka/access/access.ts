import { grantsOf, type KafkaGrant, type KafkaUse } from '@cartage/messaging';
import { stringify } from 'yaml';

/** What one service may do. */
export interface Access {
  readonly service: string;
  readonly grants: readonly KafkaGrant[];
}

export const accessOf = (uses: readonly KafkaUse[]): readonly Access[] =>
  uses.map((use) => ({ service: use.service, grants: grantsOf(use) })).toSorted((a, b) => a.service.localeCompare(b.service));

const shown = ({ name, pattern }: KafkaGrant): string => `\`${name}${pattern === 'prefixed' ? '*' : ''}\``;

export const tableOf = (access: readonly Access[]): readonly string[] => [
  '| service | on | operations |',
  '| --- | --- | --- |',
  ...access.flatMap(({ service, grants }) =>
    grants.map((grant) => `| ${service} | ${grant.resource} ${shown(grant)} | ${grant.operations.join(', ')} |`),
  ),
];

/** How its users are called, and where Kafka is. */
export interface Named {
  /** With `{service}` in the place of the service's name. */
  readonly user: string;
  readonly bootstrap: string;
  /** Strimzi's name of the Kafka cluster. */
  readonly cluster: string;
  readonly authentication: 'scram-sha-512' | 'tls';
}

export const usual: Named = {
  user: 'cartage-{service}',
  bootstrap: '<broker>:9092',
  cluster: 'cartage',
  authentication: 'scram-sha-512',
};

const userOf = ({ user }: Named, service: string): string => user.replaceAll('{service}', service);

/** One line for each rule, for a shell. */
export const aclLinesOf = (access: readonly Access[], named: Named): readonly string[] =>
  access.flatMap(({ service, grants }) =>
    grants.map(({ resource, name, pattern, operations }) =>
      [
        `kafka-acls.sh --bootstrap-server '${named.bootstrap}' --add --allow-principal 'User:${userOf(named, service)}'`,
        ...operations.map((operation) => `--operation ${operation}`),
        `--${resource} '${name}'`,
        ...(pattern === 'prefixed' ? ['--resource-pattern-type prefixed'] : []),
      ].join(' '),
    ),
  );

const ruleOf = ({ resource, name, pattern, operations }: KafkaGrant) => ({
  resource: { type: resource, name, patternType: pattern === 'prefixed' ? 'prefix' : 'literal' },
  operations: [...operations],
});

/** A KafkaUser of Strimzi for each service; one that comes by token is no user of Kafka’s, and has its rules by `kafka-acls.sh`. */
export const kafkaUsersOf = (access: readonly Access[], named: Named): string =>
  access
    .map(({ service, grants }) =>
      stringify({
        apiVersion: 'kafka.strimzi.io/v1',
        kind: 'KafkaUser',
        metadata: { name: userOf(named, service), labels: { 'strimzi.io/cluster': named.cluster } },
        spec: { authentication: { type: named.authentication }, authorization: { type: 'simple', acls: grants.map(ruleOf) } },
      }),
    )
    .join('---\n');
