import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { javaOf, securedName, securedProperties, usersIn, type SecuredListener } from './secured';

const run = promisify(execFile);

export interface NodePlan {
  readonly id: number;
  readonly port: number;
  readonly controllerPort: number;
  /** `<id>@<host>:<controller port>` of every node. */
  readonly voters: readonly string[];
  readonly folder: string;
  readonly clusterId: string;
  readonly jars: string;
  readonly door?: KafkaDoor | undefined;
  readonly secured?: SecuredListener | undefined;
}

/** Another way in, for clients that come through somebody in between: they are led to `clients`, and whoever stands there leads them to `node`. Ports. */
export interface KafkaDoor {
  readonly clients: number;
  readonly node: number;
}

/** One broker process (and controller: every node is both). */
export interface KafkaNode {
  readonly id: number;
  readonly port: number;
  readonly pid: number;
  /** Why it would not start, from its error output. */
  lastWords(): string;
  hasEnded(): boolean;
  /** Again, on its data and its ports, after it has ended; done when it runs, and not when the others have found it. */
  start(): Promise<void>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** Lets it end cleanly, if it does so soon. */
  stop(): Promise<void>;
}

// Says the broker's process id, and kills the broker when our end of the pipe closes: however this process dies, no broker is left.
// A terminal's Ctrl-C reaches it too; it leaves the ending to us.
const guard = `
trap : INT TERM
exec 3<&0
"$@" </dev/null &
broker=$!
echo "$broker"
{ while read -r _ <&3; do :; done; kill -9 "$broker"; } >/dev/null 2>&1 &
watcher=$!
while kill -0 "$broker" 2>/dev/null; do wait "$broker"; done
kill "$watcher" 2>/dev/null
`;

export const startNode = async (plan: NodePlan): Promise<KafkaNode> => {
  const properties = join(plan.folder, 'server.properties');
  await mkdir(plan.folder, { recursive: true });
  await writeFile(properties, propertiesOf(plan));
  await format(plan, properties);
  return nodeOf(plan, await launched(plan));
};

const launched = async (plan: NodePlan): Promise<Broker> => {
  const java = [
    'java',
    '-Xmx512m',
    '-Xms128m',
    ...light,
    ...quiet,
    ...(plan.secured ? [javaOf(plan.secured)] : []),
    ...classPath(plan),
    'kafka.Kafka',
    join(plan.folder, 'server.properties'),
  ];
  const child = spawn('/bin/sh', ['-c', guard, 'sh', ...java], { stdio: ['pipe', 'pipe', 'pipe'] });
  return brokerOf(child, await firstLine(child));
};

/** It lives for minutes: what the machine would do to be fast later costs more than it brings. */
const light = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
const quiet = ['-Dorg.slf4j.simpleLogger.defaultLogLevel=error'];
const classPath = ({ jars }: NodePlan): readonly string[] => ['-cp', join(jars, '*')];

const format = async (plan: NodePlan, properties: string): Promise<void> => {
  if (existsSync(join(plan.folder, 'log', 'meta.properties'))) return;
  await run('java', [...light, ...quiet, ...classPath(plan), 'kafka.tools.StorageTool', ...formatOf(plan, properties)]);
};

const formatOf = ({ clusterId, secured }: NodePlan, properties: string): readonly string[] => [
  ...['format', '-t', clusterId, '-c', properties],
  ...(secured ? usersIn(secured) : []),
];

const firstLine = async (child: ChildProcess): Promise<number> => {
  if (!child.stdout) throw new Error('A broker was started without a way to hear of it.');
  const lines = createInterface({ input: child.stdout });
  const [line] = (await once(lines, 'line')) as [string];
  lines.close();
  // Whatever else it says is let flow: a full pipe would make it stand still.
  child.stdout.resume();
  return Number(line);
};

/** A broker's process, from its start to its end. */
interface Broker {
  readonly pid: number;
  readonly words: () => string;
  readonly hasEnded: () => boolean;
  readonly end: (signal: NodeJS.Signals) => Promise<void>;
}

const brokerOf = (child: ChildProcess, pid: number): Broker => {
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-4_000)));
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return {
    pid,
    words: () => words,
    hasEnded,
    end: async (signal) => {
      if (!hasEnded()) process.kill(pid, signal);
      await ended;
    },
  };
};

const nodeOf = (plan: NodePlan, first: Broker): KafkaNode => {
  let broker = first;
  return {
    id: plan.id,
    port: plan.port,
    get pid() {
      return broker.pid;
    },
    lastWords: () => causesIn(broker.words()),
    hasEnded: () => broker.hasEnded(),
    start: async () => {
      if (!broker.hasEnded()) throw new Error(`Kafka node ${plan.id} runs already.`);
      broker = await launched(plan);
    },
    kill: () => broker.end('SIGKILL'),
    stop: () => stopped(broker),
  };
};

const stopped = async (broker: Broker): Promise<void> => {
  const patience = new AbortController();
  // A node of a cluster that is going down waits for others that are gone already.
  void pause(4_000, undefined, { signal: patience.signal }).then(
    () => broker.end('SIGKILL'),
    () => undefined,
  );
  await broker.end('SIGTERM').finally(() => patience.abort());
};

/** Java says it many times over, with a stack each time. What caused all the rest comes last. */
const causesIn = (words: string): string => {
  const causes = words.split('\n').filter((line) => line.startsWith('Caused by: '));
  return [...new Set(causes)].slice(-2).join(' ') || words.slice(-500);
};

/** `listeners`, or what of them clients are led to: `advertised.listeners`. */
const listenersOf = ({ port, door, secured }: NodePlan, doorAt: keyof KafkaDoor): string =>
  [
    `PLAINTEXT://127.0.0.1:${port}`,
    ...(door ? [`DOOR://127.0.0.1:${door[doorAt]}`] : []),
    ...(secured ? [`${securedName}://127.0.0.1:${secured.port}`] : []),
  ].join(',');

const propertiesOf = (plan: NodePlan): string => {
  const { id, controllerPort, voters, folder, secured } = plan;
  const copies = voters.length;
  const inSync = copies > 1 ? 2 : 1;
  return `process.roles=broker,controller
node.id=${id}
controller.quorum.voters=${voters.join(',')}
listeners=${listenersOf(plan, 'node')},CONTROLLER://127.0.0.1:${controllerPort}
advertised.listeners=${listenersOf(plan, 'clients')}
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,DOOR:PLAINTEXT,${securedName}:${securedName}
log.dirs=${join(folder, 'log')}
default.replication.factor=${copies}
min.insync.replicas=${inSync}
offsets.topic.replication.factor=${copies}
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=${copies}
transaction.state.log.min.isr=${inSync}
transaction.state.log.num.partitions=2
group.initial.rebalance.delay.ms=0
initial.broker.registration.timeout.ms=600000
${secured ? securedProperties(folder, secured) : ''}`;
};
