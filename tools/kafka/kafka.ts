// Runs a real Apache Kafka on the loopback until it is told to stop: `node tools/run.cjs tools/kafka/kafka.ts [--nodes 3] [--folder .cartage/kafka] [--port 9092]`.
import { parseArgs } from 'node:util';
import { messageOf } from '@cartage/eventsourcing';
import type { KafkaOptions } from '@cartage/testkit';
import { quietKafka } from './quiet-kafka';

const nodesOf = (text: string): 1 | 3 => {
  if (text === '1') return 1;
  if (text === '3') return 3;
  throw new Error(`--nodes is 1 or 3, not ${text}.`);
};

const portsOf = (text: string, nodes: number): readonly number[] => {
  const first = Number(text);
  if (!(first > 0 && first < 65_534)) throw new Error(`--port is a port number, not ${text}.`);
  return Array.from({ length: nodes }, (_, i) => first + i);
};

const optionsOf = (args: readonly string[]): KafkaOptions => {
  const { values } = parseArgs({
    args: [...args],
    options: { nodes: { type: 'string', default: '1' }, folder: { type: 'string' }, port: { type: 'string' } },
  });
  const nodes = nodesOf(values.nodes);
  return {
    nodes,
    ...(values.folder === undefined ? {} : { folder: values.folder }),
    ...(values.port === undefined ? {} : { ports: portsOf(values.port, nodes) }),
  };
};

const main = async (): Promise<void> => {
  const cluster = await quietKafka(optionsOf(process.argv.slice(2)));
  console.log(`Kafka is ready. KAFKA_BROKERS=${cluster.brokers.join(',')}`);
  // Keeps this process alive, for the brokers end with it.
  const waiting = setInterval(() => undefined, 1 << 30);
  const end = (): void => {
    clearInterval(waiting);
    void cluster.stop();
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
};

main().catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = 1;
});
