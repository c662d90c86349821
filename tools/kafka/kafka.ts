// Runs a real Apache Kafka on the loopback until it is told to stop: `node tools/run.cjs tools/kafka/kafka.ts [--nodes 3] [--folder .cartage/kafka] [--port 9092]`.
import { parseArgs } from 'node:util';
import { startKafka, type KafkaOptions } from '@cartage/testkit';

const optionsOf = (args: readonly string[]): KafkaOptions => {
  const { values } = parseArgs({
    args: [...args],
    options: { nodes: { type: 'string', default: '1' }, folder: { type: 'string' }, port: { type: 'string' } },
  });
  if (values.nodes !== '1' && values.nodes !== '3') throw new Error(`--nodes is 1 or 3, not ${values.nodes}.`);
  const nodes = values.nodes === '3' ? 3 : 1;
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(port > 0 && port < 65_534)) throw new Error(`--port is a port number, not ${values.port}.`);
  return {
    nodes,
    ...(values.folder === undefined ? {} : { folder: values.folder }),
    ...(port === undefined ? {} : { ports: Array.from({ length: nodes }, (_, i) => port + i) }),
  };
};

const main = async (): Promise<void> => {
  const cluster = await startKafka(optionsOf(process.argv.slice(2)));
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
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
