import { setTimeout as pause } from 'node:timers/promises';
import type { ServerProcess } from '@cartage/testkit';
import type { System } from '../distributed/system';
import type { Inject } from './faults/inject';
import { judgedLife } from './judge/judged-life';
import { untilListening } from './listening';
import { endOf, planOf, type Fault, type FaultKind } from './plan';
import type { Report } from './report';
import { runPlan } from './run-plan';
import { shopLife } from './shop-life';

export interface BoundedOptions {
  readonly seed: number;
  /** So many faults, about one a second: services are killed, and frozen. */
  readonly faults: number;
  readonly orders: number;
  readonly say: (line: string) => void;
}

const EVERY_MS = 1_000;
/** Of a longer plan those are taken that such a system can bear: nobody starts its one broker, or its Postgres, again. */
const SPARE = 4;

/** Whom an order passes through: what befalls them is what its promises are about. */
const struck = ['order', 'inventory', 'payment-verification', 'fulfillment-routing', 'shipping', 'returns', 'notifications'];

const nameOf = ({ name }: ServerProcess): string => name.replace('services/', '');

/** A short plan of a seed: the first faults of the long one that are of services, and closer together. */
export const boundedPlan = ({ seed, faults }: Pick<BoundedOptions, 'seed' | 'faults'>, services: readonly string[]): readonly Fault[] =>
  planOf({ seed, kills: faults * SPARE, everyMs: EVERY_MS, replicas: services, brokers: 1 })
    .filter(({ kind, target }) => (kind === 'kill' || kind === 'freeze') && services.includes(target))
    .slice(0, faults)
    .map((fault, i) => ({ ...fault, number: i + 1, atMs: i * EVERY_MS, forMs: Math.min(fault.forMs, EVERY_MS * 2) }));

const isThere = async (service: ServerProcess): Promise<boolean> =>
  fetch(`${service.url}/health/ready`, { signal: AbortSignal.timeout(5_000) }).then(
    ({ ok }) => ok,
    () => false,
  );

/** Whoever supervises it starts it again. */
const killed = async (service: ServerProcess): Promise<() => Promise<void>> => {
  await service.kill();
  return async () => {
    while (!(await isThere(service))) await pause(100);
  };
};

const frozen = async (service: ServerProcess): Promise<() => Promise<void>> => {
  service.current().signal('SIGSTOP');
  return async () => service.current().signal('SIGCONT');
};

const injectorsOf = (services: readonly ServerProcess[]): Readonly<Record<FaultKind, Inject>> => {
  const on =
    (work: (service: ServerProcess) => Promise<() => Promise<void>>): Inject =>
    async ({ target }) => {
      const service = services.find((each) => nameOf(each) === target);
      return service && work(service);
    };
  const beyond: Inject = async () => undefined;
  return {
    ...{ kill: on(killed), freeze: on(frozen) },
    cut: beyond,
    slow: beyond,
    'black-hole': beyond,
    clock: beyond,
    'disk-full': beyond,
  };
};

/** A short life of a shop, on an empty system of which each service runs once, while services are killed and frozen; and what must hold afterwards. */
export const boundedChaos = async (system: System, options: BoundedOptions): Promise<Report> => {
  const { seed, orders, say } = options;
  const began = performance.now();
  const { services, databaseUrl, brokers, entrance } = system;
  await untilListening(services);
  const { signal } = new AbortController();
  const plan = boundedPlan(options, struck);
  const placeEveryMs = Math.round(endOf(plan) / orders);
  const life = shopLife({ seed, orders, placeEveryMs, origins: [entrance.url], signal });
  const { over, injected } = runPlan(plan, injectorsOf(services), { signal, say, restMs: 0 });
  const interrupted = await life.live();
  await over;
  const verdict = await judgedLife({ postgres: { url: databaseUrl }, kafka: { brokers } }, life).finally(() => life.cartage.close());
  return {
    ...{ seed, brokers: 1, replicas: 1, seconds: Math.round((performance.now() - began) / 1_000), faults: injected },
    ...(interrupted === undefined ? {} : { interrupted }),
    ...{ refusals: life.refusals, ends: {} },
    ...verdict,
  };
};
