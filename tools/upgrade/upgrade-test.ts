// The version before runs under load, and is replaced by this one and back, replica by replica: `npm run upgrade-test [-- --from <git ref> …]`.
import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { endsOf, judgedLife } from '../chaos/judge/judged-life';
import { counts, textOf, type Report } from '../chaos/report';
import { runInterruptible, unlessInterrupted, withFolder } from '../simulator/interruptible';
import { shopLife, type ShopLife } from '../chaos/shop-life';
import { originsOf, startChaosSystem, type ChaosSystem } from '../chaos/system';
import { say } from '../simulator/terminal';
import { optionsOf, usage, type UpgradeOptions } from './options';
import { watchLists, type Watched } from './watching';
import { builtAt, builtHere, hasService, versionBefore } from './workspaces';

/** From one placed order to the next: they go on coming while everything is replaced. */
const PLACE_EVERY_MS = 1_000;
/** What was placed is under way, and in every list, when the first replica is told to stop. */
const FIRST_MS = 15_000;

interface Workspaces {
  readonly before: string;
  readonly here: string;
}

/** Every service one replica of it at a time, as a cluster does. */
const rollOut = async ({ replicas }: ChaosSystem, workspace: string, what: string): Promise<void> => {
  const numbers = [...new Set(replicas.map(({ name }) => name.split('/')[1]))];
  for (const number of numbers) {
    // What came with this version stays as it is when the others go back.
    const some = replicas.filter(({ name, service }) => name.endsWith(`/${number}`) && hasService(workspace, service));
    await Promise.all(some.map((replica) => replica.replace(workspace)));
    say(`Replicas ${number} of all services are ${what}.`);
  }
};

/** There, back, and there again: what the new version wrote, the one before must read. */
const rollOuts = async (system: ChaosSystem, { before, here }: Workspaces, signal: AbortSignal): Promise<void> => {
  await pause(FIRST_MS, undefined, { signal });
  await rollOut(system, here, 'this version');
  await rollOut(system, before, 'the version before again');
  await rollOut(system, here, 'this version again');
};

interface Lived {
  readonly life: ShopLife;
  readonly interrupted: string | undefined;
  readonly watched: Watched;
}

const underRollOuts = async (
  system: ChaosSystem,
  built: Workspaces,
  { seed, orders }: UpgradeOptions,
  signal: AbortSignal,
): Promise<Lived> => {
  const origins = originsOf(system);
  const life = shopLife({ seed, orders, placeEveryMs: PLACE_EVERY_MS, origins, signal });
  const over = new AbortController();
  const watching = watchLists({ origins, signal: AbortSignal.any([over.signal, signal]) });
  try {
    const [interrupted] = await Promise.all([life.live(), rollOuts(system, built, signal)]);
    return { life, interrupted, watched: await (over.abort(), watching) };
  } finally {
    over.abort();
  }
};

const reportOn = async (system: ChaosSystem, built: Workspaces, options: UpgradeOptions, signal: AbortSignal): Promise<Report> => {
  const began = performance.now();
  const lived = await underRollOuts(system, built, options, signal);
  say('Everything was replaced three times; looking at what must hold.');
  const verdict = await judgedLife(system, lived.life).finally(() => lived.life.cartage.close());
  const ends = endsOf(system);
  const { breaches, shown, compared, neverFilled, refused } = lived.watched;
  return {
    ...{ seed: options.seed, brokers: 1, replicas: options.replicas, seconds: Math.round((performance.now() - began) / 1_000) },
    ...{ faults: [], refusals: lived.life.refusals, ends, ...verdict },
    ...(lived.interrupted === undefined ? {} : { interrupted: lived.interrupted }),
    figures: { ...verdict.figures, 'lists shown': shown, 'lists not shown': Object.values(refused).reduce((sum, count) => sum + count, 0) },
    checks: [
      ...verdict.checks,
      {
        ...{ name: 'lists are never empty', things: 'looks at lists that had shown something', seconds: 0 },
        ...{ of: compared, breaches, without: neverFilled },
      },
      {
        ...{ name: 'no process ended by itself, and each stopped cleanly when it was told', things: 'processes', seconds: 0 },
        of: system.replicas.length,
        breaches: Object.entries(ends).map(([name, codes]) => `${name} ended with ${codes.join(', ')}`),
      },
    ],
  };
};

const main = async (signal: AbortSignal): Promise<number> => {
  const options = optionsOf(process.argv.slice(2));
  const { ref, commit } = versionBefore(options.from);
  return withFolder(options.keep, async (folder) => {
    say(`From ${ref} (${commit.slice(0, 7)}) to this version, and back, with ${options.orders} orders under way.`);
    const built = { before: builtAt(commit, folder), here: builtHere() };
    const { replicas, orders } = options;
    const workspaceOf = (service: string): string => (hasService(built.before, service) ? built.before : built.here);
    const system = await startChaosSystem({ ...{ folder, replicas, orders, say, workspaceOf }, brokers: 1, toxiproxy: undefined });
    const report = await unlessInterrupted(reportOn(system, built, options, signal), signal).finally(() => system.stop());
    if (options.report !== undefined) writeFileSync(options.report, `${JSON.stringify(report, undefined, 2)}\n`);
    say(textOf(report));
    return counts(report).failed === 0 ? 0 : 1;
  });
};

runInterruptible(usage, main);
