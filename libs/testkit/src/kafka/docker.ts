import { existsSync } from 'node:fs';
import { freePorts } from './free-ports';
import { KAFKA_VERSION } from './artefacts';

/** Whether there may be a Docker engine; asked without waiting, so a dead engine's socket counts too. `containersRun` knows for sure. */
export const mayHaveDocker = (): boolean => Boolean(process.env['DOCKER_HOST']) || existsSync('/var/run/docker.sock');

export interface KafkaContainer {
  readonly brokers: readonly string[];
  readonly from: string;
  stop(): Promise<void>;
}

const IMAGE = `apache/kafka:${KAFKA_VERSION}`;

/** One node in a container. Its port is the same inside and outside, so that it can be advertised before the container runs. */
export const startKafkaContainer = async (): Promise<KafkaContainer> => {
  // Loaded when needed: it is large, and useless without an engine.
  const { GenericContainer, Wait } = await import('testcontainers');
  const [port = 0] = await freePorts(1);
  const container = await new GenericContainer(IMAGE)
    .withExposedPorts({ container: port, host: port })
    .withEnvironment(environmentOf(port))
    .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
    .start();
  return { brokers: [`localhost:${port}`], from: `a container of ${IMAGE}`, stop: async () => void (await container.stop()) };
};

const environmentOf = (port: number): Record<string, string> => ({
  KAFKA_PROCESS_ROLES: 'broker,controller',
  KAFKA_NODE_ID: '1',
  KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:29093',
  KAFKA_LISTENERS: `PLAINTEXT://:${port},CONTROLLER://:29093`,
  KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://localhost:${port}`,
  KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
  KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
  KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
  KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
  KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
  KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
});
