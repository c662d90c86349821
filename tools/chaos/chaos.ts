// All of Cartage under faults, and what must hold afterwards: `npm run chaos [-- --kills 20 --seed 7 …]`.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { runProgram, say } from '../simulator/terminal';
import { injectors } from './inject';
import { judge, type Verdict } from './judge/judge';
import { optionsOf, type ChaosOptions } from './options';
import { endOf, planOf, type Fault } from './plan';
import { counts, textOf, type Report } from './report';
import { runPlan, type Injected } from './run-plan';
import { shopLife, type ShopLife } from './shop-life';
import { originsOf, replicaNames, startChaosSystem, type ChaosSystem } from './system';

const QUIET_WITHIN_MS = 180_000;

/** Orders come for as long as two thirds of the faults, so that the rest meets what follows from them: returns, claims, refunds. */
const placeEvery = (plan: readonly Fault[], orders: number): number => Math.round((endOf(plan) * 2) / 3 / orders);

interface Run {
  readonly options: ChaosOptions;
  readonly plan: readonly Fault[];
  readonly system: ChaosSystem;
  readonly signal: AbortSignal;
}

interface Lived {
  readonly life: ShopLife;
  readonly faults: readonly Injected[];
  readonly interrupted: string | undefined;
}

/** The life of a shop, and the faults, until both are over. */
const underFaults = async ({ options, plan, system, signal }: Run): Promise<Lived> => {
  const { seed, orders } = options;
  const life = shopLife({ seed, orders, placeEveryMs: placeEvery(plan, orders), origins: originsOf(system), signal });
  const { over, injected } = runPlan(plan, injectors(system), { signal, say });
  const interrupted = await life.live();
  await over;
  return { life, faults: injected, interrupted };
};

const judgedBy = async ({ system }: Run, { life: { cartage, http, accepted } }: Lived): Promise<Verdict> => {
  const pool = new Pool({ connectionString: system.postgres.url, max: 2 });
  try {
    return await judge({ cartage, http, pool, accepted, brokers: system.kafka.brokers, quietWithinMs: QUIET_WITHIN_MS });
  } finally {
    await pool.end();
  }
};

const endsOf = ({ replicas }: ChaosSystem): Report['ends'] =>
  Object.fromEntries(replicas.filter(({ ends }) => ends.length > 0).map(({ name, ends }) => [name, ends]));

const reportOn = async (run: Run, began: number): Promise<Report> => {
  const lived = await underFaults(run);
  const { options, system } = run;
  if (run.signal.aborted) throw new Error('Interrupted.');
  say('The faults are over; looking at what must hold.');
  const verdict = await judgedBy(run, lived).finally(() => lived.life.cartage.close());
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

/** In a folder of its own, gone afterwards unless somebody wants to look at it. */
const withFolder = async <Result>(keep: boolean, use: (folder: string) => Promise<Result>): Promise<Result> => {
  const folder = mkdtempSync(join(tmpdir(), 'cartage-chaos-'));
  // As root, Postgres runs as another user, who must reach the folder.
  chmodSync(folder, 0o755);
  try {
    return await use(folder);
  } finally {
    if (keep) say(`What every process said, and all data, is in ${folder}.`);
    else rmSync(folder, { recursive: true, force: true });
  }
};

const interruption = (): AbortSignal => {
  const aborting = new AbortController();
  const abort = (): void => aborting.abort();
  process.once('SIGINT', abort).once('SIGTERM', abort);
  return aborting.signal;
};

const main = async (): Promise<number> => {
  const options = optionsOf(process.argv.slice(2));
  const signal = interruption();
  const began = performance.now();
  const plan = planOf({ ...options, replicas: replicaNames(options.replicas) });
  return withFolder(options.keep, async (folder) => {
    say(`Seed ${options.seed}: ${options.kills} kills, ${plan.length} faults in all, ${options.orders} orders.`);
    const system = await startChaosSystem({ ...options, folder, say });
    const report = await reportOn({ options, plan, system, signal }, began).finally(() => system.stop());
    if (options.report !== undefined) writeFileSync(options.report, `${JSON.stringify(report, undefined, 2)}\n`);
    say(textOf(report));
    return counts(report).failed === 0 ? 0 : 1;
  });
};

runProgram(main);
