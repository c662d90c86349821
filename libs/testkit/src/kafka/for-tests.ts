import { spawnSync } from 'node:child_process';
import { opensslMissing, testAuthority } from '../certificates';
import { containersRun } from '../containers';
import type { Running, TestServer } from '../describe-with';
import { TestIssuer } from '../issuer';
import { isFetched, KAFKA_VERSION } from './artefacts';
import { startKafka, type KafkaCluster } from './cluster';
import { mayHaveDocker, startKafkaContainer } from './docker';
import { freePorts } from './free-ports';
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

/** For `describeWith`: one that nobody has written to, for who reads topics from their beginning; so `KAFKA_BROKERS` cannot stand in. */
export const freshKafka: TestServer<TestKafka> = {
  name: 'a Kafka of its own',
  missing: localKafkaMissing,
  start: async () => ({ ...(await startKafka()), from: `Apache Kafka ${KAFKA_VERSION} on this machine’s Java` }),
};

/** For `describeWith`: three nodes of our own, whose processes a test may kill; so neither `KAFKA_BROKERS` nor Docker can stand in. */
export const kafkaCluster: TestServer<KafkaCluster & Running> = {
  name: 'a Kafka cluster',
  missing: localKafkaMissing,
  start: async () => ({ ...(await startKafka({ nodes: 3 })), from: `three nodes of Apache Kafka ${KAFKA_VERSION} on this machine’s Java` }),
};

export interface SecuredKafka extends Running {
  /** Encrypted, and only for those that it knows. */
  readonly securedBrokers: readonly string[];
  /** For whoever sets it up: may do all. */
  readonly brokers: readonly string[];
  readonly caFile: string;
  /** Passwords by name, by SCRAM-SHA-512. */
  readonly users: Readonly<Record<string, string>>;
  /** Whose tokens it takes, by OAUTHBEARER. */
  readonly issuer: TestIssuer;
}

/** What it stands on is taken down again where Kafka does not start: an issuer that is left would keep the process alive. */
const startSecured = async (): Promise<SecuredKafka> => {
  const [authority, issuer, [port = 0]] = [await testAuthority(), await new TestIssuer().start(), await freePorts(1)];
  const [users, caFile] = [{ tally: 'a-password-of-many-characters' }, authority.caFile];
  const takeDown = async (): Promise<void> => {
    await issuer.stop();
    await authority.remove();
  };
  try {
    const tokens = { issuer: issuer.url, keysUrl: `${issuer.url}/keys`, audience: issuer.audience };
    const cluster = await startKafka({ secured: { port, certificate: await authority.issue('IP:127.0.0.1'), caFile, users, tokens } });
    const stop = (): Promise<void> => cluster.stop().finally(takeDown);
    const from = `Apache Kafka ${KAFKA_VERSION} on this machine’s Java, by TLS and SASL`;
    return { brokers: cluster.brokers, securedBrokers: [`127.0.0.1:${port}`], caFile, users, issuer, from, stop };
  } catch (error) {
    await takeDown();
    throw error;
  }
};

/** For `describeWith`: one node of our own that is encrypted, and lets in only whom it knows, to what was granted. */
export const securedKafka: TestServer<SecuredKafka> = {
  name: 'a Kafka with TLS and SASL',
  missing: () => opensslMissing() ?? localKafkaMissing(),
  start: startSecured,
};
