import { services } from '@cartage/embedded/services';
import pino from 'pino';
import { optionsNow } from '../client/program';
import { Episode, type EpisodeNeeds, type Outcome, type Plot } from './episode';
import { usualFaults } from './faults';
import { freshDatabase } from './schema';
import { shrunk } from './shrinking';
import { nothingLeftOut } from './world';

const usage = 'Usage: npm run simulate [-- --lives 200 --seed 1 --per-run 40 --only 3,7 --trace --shrink --audit]';

const options = {
  lives: { type: 'string', default: '200' },
  seed: { type: 'string', default: '1' },
  'per-run': { type: 'string', default: '40' },
  only: { type: 'string' },
  trace: { type: 'boolean', default: false },
  shrink: { type: 'boolean', default: false },
  audit: { type: 'boolean', default: false },
} as const;

const given = optionsNow(options, usage);

/** Who tells nothing changes nothing for others. */
const simulated = services.filter(({ publication }) => publication !== undefined);

const numberIn = (name: 'lives' | 'seed' | 'per-run', least: number): number => {
  const value = Number(given[name]);
  if (Number.isSafeInteger(value) && value >= least) return value;
  console.error(`--${name} must be a whole number of ${least} or more, not ${given[name]}.`);
  return process.exit(2);
};

/** Runs of so many lives each; each has a seed of its own, and can be run again alone. */
const plotsOf = (lives: number, seed: number, perRun: number): readonly Plot[] =>
  Array.from({ length: Math.ceil(lives / perRun) }, (_, n) => ({
    seed: seed + n,
    lives: Math.min(perRun, lives - n * perRun),
    faults: usualFaults,
    without: { ...nothingLeftOut, lives: othersThan(given.only, perRun) },
  }));

/** The lives that are left out where only some are to be lived. */
function othersThan(only: string | undefined, lives: number): ReadonlySet<number> {
  if (only === undefined) return new Set();
  const kept = new Set(only.split(',').map(Number));
  return new Set(Array.from({ length: lives }, (_, i) => i + 1).filter((life) => !kept.has(life)));
}

const lineOf = ({ seed, lives }: Plot, { broken, digest, events, faults }: Outcome): string => {
  const injected = Object.entries(faults)
    .map(([name, times]) => `${name} ${times}`)
    .join(', ');
  return `${broken.length === 0 ? 'ok    ' : 'BROKEN'} seed ${seed}, ${lives} lives, ${events} events; ${injected}; ${digest.slice(0, 16)}`;
};

const tellFailure = async (plot: Plot, outcome: Outcome, needs: EpisodeNeeds): Promise<void> => {
  for (const fault of outcome.broken.slice(0, 10)) console.log(`  ${fault}`);
  console.log(`  again: npm run simulate -- --seed ${plot.seed} --lives ${plot.lives} --per-run ${plot.lives} --trace`);
  if (!given.shrink) return;
  const smaller = await shrunk(plot, async (each) => (await new Episode(each, needs).run()).broken);
  console.log(`  it happens with ${smaller.lives.length === 0 ? 'no life' : `lives ${smaller.lives.join(', ')}`} alone, ${smaller.faults}`);
};

/** The same seed again must be the same run again, to the last byte; answers how often it was not. */
const replays = async (plot: Plot | undefined, needs: EpisodeNeeds): Promise<number> => {
  if (!plot) return 0;
  const small = { ...plot, lives: Math.min(plot.lives, 4) };
  const { print: _, ...silent } = needs;
  const [first, second] = [await new Episode(small, silent).run(), await new Episode(small, silent).run()];
  const isSame = first.digest === second.digest;
  console.log(`${isSame ? 'ok    ' : 'BROKEN'} seed ${small.seed} twice: ${first.digest.slice(0, 16)}, ${second.digest.slice(0, 16)}`);
  return isSame ? 0 : 1;
};

const main = async (): Promise<number> => {
  const plots = plotsOf(numberIn('lives', 1), numberIn('seed', 0), numberIn('per-run', 1));
  const needs: EpisodeNeeds = {
    ...{ services: simulated, fresh: await freshDatabase(simulated), log: pino({ level: 'silent' }), audited: given.audit },
    ...(given.trace ? { print: (line: string) => console.log(line) } : {}),
  };
  let failed = await replays(plots[0], needs);
  for (const plot of plots) {
    const outcome = await new Episode(plot, needs).run();
    console.log(lineOf(plot, outcome));
    if (outcome.broken.length === 0) continue;
    failed += 1;
    await tellFailure(plot, outcome, needs);
  }
  console.log(`${plots.length + 1 - failed} passed, ${failed} failed, 0 skipped`);
  return failed === 0 ? 0 : 1;
};

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
