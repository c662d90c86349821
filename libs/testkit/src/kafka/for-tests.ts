import { spawnSync } from 'node:child_process';
import { containersRun } from '../containers';
import type { Running, TestServer } from '../describe-with';
import { isFetched, KAFKA_VERSION } from './artefacts';
import { startKafka, type KafkaCluster } from './cluster';
import { mayHaveDocker, startKafkaContainer } from './docker';
import { javaMissing } from './java';

export interface TestKafka extends Running {
  readonly brokers: readonly string[];
}

/** A real Kafka: the one in `KAFKA_BROKERS`, else a container, else one started here on the loopback. `ServerMissing` where none can be had. */
export const kafkaForTests = async (): Promise<TestKafka> => {
  const given = process.env['KAFKA_BROKERS'];
  if (given) return { brokers: given.split(','), from: 'KAFKA_BROKERS', stop: async () => undefined };
  if (await containersRun()) return startKafkaContainer();
  return { ...(await startKafka()), from: `Apache Kafka ${KAFKA_VERSION} on this machine’s Java` };
};

/** Why no Kafka can be started on this machine; nothing when one can. */
const localKafkaMissing = (): string | undefined => {
  const java = javaMissing();
  if (java) return `${java}, or name a Kafka in KAFKA_BROKERS.`;
  if (isFetched() || !spawnSync('mvn', ['-v'], { timeout: 60_000 }).error) return undefined;
  return 'the command `mvn` is missing, which fetches it the first time. Install Apache Maven, or name a Kafka in KAFKA_BROKERS.';
};

/** For `describeWith`: any Kafka. */
export const kafka: TestServer<TestKafka> = {
  name: 'Kafka',
  missing: () => (process.env['KAFKA_BROKERS'] || mayHaveDocker() ? undefined : localKafkaMissing()),
  start: kafkaForTests,
};

/** For `describeWith`: three nodes of our own, whose processes a test may kill; so neither `KAFKA_BROKERS` nor Docker can stand in. */
export const kafkaCluster: TestServer<KafkaCluster & Running> = {
  name: 'a Kafka cluster',
  missing: localKafkaMissing,
  start: async () => ({ ...(await startKafka({ nodes: 3 })), from: `three nodes of Apache Kafka ${KAFKA_VERSION} on this machine’s Java` }),
};
