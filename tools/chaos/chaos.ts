// All of Cartage under faults, and what must hold afterwards: `npm run chaos [-- --kills 20 --seed 7 …]`.
import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { say } from '../simulator/terminal';
import { injectors } from './faults/inject';
import { endsOf, judgedLife } from './judge/judged-life';
import { optionsOf, usage, type ChaosOptions } from './options';
import { endOf, planOf, type Fault } from './plan';
import { counts, textOf, type Report } from './report';
import { runInterruptible, unlessInterrupted, withFolder } from '../simulator/interruptible';
import { runPlan, type Injected } from './run-plan';
import { shopLife, type ShopLife } from './shop-life';
import { originsOf, replicaNames, startChaosSystem, type ChaosSystem } from './system';

/** Orders come for as long as two thirds of the faults, so that the rest meets what follows from them: returns, claims, refunds. */
const placeEvery = (plan: readonly Fault[], orders: number): number => Math.round((endOf(plan) * 2) / 3 / orders);

/** Services that find Postgres again read what there is to do, and ask for their locks, within about as long. */
const REST_MS = 2_000;

interface Run {
  readonly options: ChaosOptions;
  readonly plan: readonly Fault[];
  readonly system: ChaosSystem;
  readonly signal: AbortSignal;
  /** What must be over before everything is stopped: a fault that ends starts what it had killed. */
  readonly endings: Promise<void>[];
}

interface Lived {
  readonly life: ShopLife;
  readonly faults: readonly Injected[];
  readonly interrupted: string | undefined;
}

/** The life of a shop, and the faults, until both are over. */
const underFaults = async ({ options, plan, system, signal, endings }: Run): Promise<Lived> => {
  const { seed, orders } = options;
  const life = shopLife({ seed, orders, placeEveryMs: placeEvery(plan, orders), origins: originsOf(system), signal });
  const { over, injected } = runPlan(plan, injectors(system), { signal, say, restMs: REST_MS });
  endings.push(over);
  const interrupted = await life.live();
  if (interrupted !== undefined) say(`The life of the shop came to no end: ${interrupted}`);
  await over;
  return { life, faults: injected, interrupted };
};

const reportOn = async (run: Run, began: number): Promise<Report> => {
  const lived = await underFaults(run);
  const { options, system } = run;
  say('The faults are over; looking at what must hold.');
  const verdict = await judgedLife(system, lived.life).finally(() => lived.life.cartage.close());
  return {
    ...{ seed: options.seed, brokers: options.brokers, replicas: options.replicas },
    seconds: Math.round((performance.now() - began) / 1000),
    faults: lived.faults,
    ...(lived.interrupted === undefined ? {} : { interrupted: lived.interrupted }),
    refusals: lived.life.refusals,
    ends: endsOf(system),
    ...verdict,
  };
};

const ENDINGS_MS = 20_000;

const stop = async ({ system, endings }: Run): Promise<void> => {
  await Promise.race([Promise.allSettled(endings), pause(ENDINGS_MS, undefined, { ref: false })]);
  await system.stop();
};

const main = async (signal: AbortSignal): Promise<number> => {
  const options = optionsOf(process.argv.slice(2));
  const began = performance.now();
  const plan = planOf({ ...options, replicas: replicaNames(options.replicas) });
  return withFolder(options.keep, async (folder) => {
    say(`Seed ${options.seed}: ${options.kills} kills, ${plan.length} faults in all, ${options.orders} orders.`);
    const system = await startChaosSystem({ ...options, toxiproxy: process.env['TOXIPROXY_BINARY'] || undefined, folder, say });
    const run: Run = { options, plan, system, signal, endings: [] };
    const report = await unlessInterrupted(reportOn(run, began), signal).finally(() => stop(run));
    if (options.report !== undefined) writeFileSync(options.report, `${JSON.stringify(report, undefined, 2)}\n`);
    say(textOf(report));
    return counts(report).failed === 0 ? 0 : 1;
  });
};

runInterruptible(usage, main);
