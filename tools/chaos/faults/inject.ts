import type { Cluster } from '@cartage/embedded/postgres';
import { Client } from 'pg';
import type { ChaosSystem } from '../system';
import type { Trouble } from './network';
import type { Fault, FaultKind } from '../plan';

/** Ends a fault; done when its target is there again. */
export type Release = () => Promise<void>;
/** Begins a fault. Nothing: this machine, or this run, cannot do it. */
export type Inject = (fault: Fault) => Promise<Release | undefined>;

const signalAll = (pids: readonly number[], signal: NodeJS.Signals): void => {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // ESRCH: it has ended meanwhile, which is what was wanted or no matter.
    }
  }
};

const numberIn = (target: string): number => Number(target.split('/')[1]);

/** What can be done to a process, whichever it is. */
interface Victim {
  /** Ends it at once, and answers how it is started again. */
  kill(downMs: number): Promise<Release>;
  signal(signal: NodeJS.Signals): void;
}

const postgresOf = ({ postgres }: ChaosSystem): Victim => ({
  kill: async () => {
    signalAll(postgres.processes(), 'SIGKILL');
    return () => startUntilThere(() => postgres.start());
  },
  signal: (signal) => signalAll(postgres.processes(), signal),
});

const TRIES = 20;

/** What was killed may hold its port or its memory for a moment longer. */
const startUntilThere = async (start: () => Promise<void>): Promise<void> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await start();
    } catch (error) {
      if (tries === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
};

const brokerOf = ({ kafka }: ChaosSystem, target: string): Victim | undefined => {
  const node = kafka.nodes[numberIn(target) - 1];
  return (
    node && {
      kill: async () => {
        await node.kill();
        return () => node.start();
      },
      signal: (signal) => signalAll([node.pid], signal),
    }
  );
};

const replicaOf = ({ replicas }: ChaosSystem, target: string): Victim | undefined => {
  const replica = replicas.find(({ name }) => name === target);
  return (
    replica && {
      kill: async (downMs) => {
        // Its keeper starts it again after that time.
        const answers = replica.kill(downMs);
        return () => answers;
      },
      signal: (signal) => replica.signal(signal),
    }
  );
};

const victimOf = (system: ChaosSystem, target: string): Victim | undefined => {
  if (target === 'postgres') return postgresOf(system);
  return target.startsWith('kafka/') ? brokerOf(system, target) : replicaOf(system, target);
};

const kill =
  (system: ChaosSystem): Inject =>
  async ({ target, forMs }) =>
    victimOf(system, target)?.kill(forMs);

const freeze =
  (system: ChaosSystem): Inject =>
  async ({ target }) => {
    const victim = victimOf(system, target);
    victim?.signal('SIGSTOP');
    return victim && (async () => victim.signal('SIGCONT'));
  };

/** Connections between services and a server. */
const disturb =
  ({ network }: ChaosSystem, trouble: Trouble): Inject =>
  async ({ target }) => {
    if (!network) return undefined;
    await network.begin(target, trouble);
    return () => network.end(target, trouble);
  };

const shiftClock =
  ({ clocks }: ChaosSystem): Inject =>
  async ({ target, seconds = 0 }) => {
    clocks?.set(target, seconds);
    return clocks && (async () => clocks.set(target, 0));
  };

/** Postgres may have ended for lack of room, or end while it comes up again. */
const fillDisk =
  ({ disk, postgres }: ChaosSystem): Inject =>
  async () => {
    disk?.fill();
    return (
      disk &&
      (async () => {
        disk.empty();
        await startUntilThere(() => answers(postgres));
      })
    );
  };

/** Where nothing runs any more, it is started; what runs must answer. */
const answers = async (postgres: Cluster): Promise<void> => {
  if (postgres.processes().length === 0) await postgres.start();
  const client = new Client({ connectionString: postgres.url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    await client.query('select 1');
  } finally {
    await client.end();
  }
};

/** What can be done on this machine; the rest is counted as not run. */
export const injectors = (system: ChaosSystem): Readonly<Record<FaultKind, Inject>> => ({
  kill: kill(system),
  freeze: freeze(system),
  cut: disturb(system, 'cut'),
  slow: disturb(system, 'slow'),
  'black-hole': disturb(system, 'black-hole'),
  clock: shiftClock(system),
  'disk-full': fillDisk(system),
});
