import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { medians, type Figure } from './figure';
import { WrongCall, type Options } from './options';
import { say } from './places';

/** A build, and the bench that measures it. */
interface Build {
  readonly folder: string;
  readonly bench: string;
}

const mine = (): Build => ({ folder: process.cwd(), bench: join(__dirname, 'bench.js') });

/**
 * The other checkout's own build, measured by this bench: both are judged by the same rule. The bench is put beside its tools, so that it finds its
 * libraries and not ours; its sources are left alone.
 */
const buildOf = (asked: string): Build => {
  const folder = resolve(asked);
  if (!existsSync(join(folder, 'tools', 'build.cjs'))) throw new WrongCall(`--against ${asked} is no checkout of Cartage.`);
  const { status } = spawnSync(process.execPath, ['tools/build.cjs'], { cwd: folder, stdio: 'inherit' });
  if (status !== 0) throw new WrongCall(`${folder} cannot be built.`);
  const bench = join(folder, 'dist', 'tools', 'bench-of-another');
  cpSync(__dirname, bench, { recursive: true });
  return { folder, bench: join(bench, 'bench.js') };
};

const run = ({ folder, bench }: Build, { only, seconds, orders, long }: Options): readonly Figure[] => {
  const place = mkdtempSync(join(tmpdir(), 'cartage-bench-'));
  const json = join(place, 'report.json');
  const args = [
    '--only',
    only.join(','),
    '--seconds',
    String(seconds),
    '--orders',
    String(orders),
    ...(long ? ['--long'] : []),
    '--json',
    json,
  ];
  try {
    const { status } = spawnSync(process.execPath, ['--max-semi-space-size=32', bench, ...args], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (status !== 0) throw new Error(`The bench failed in ${folder}.`);
    return (JSON.parse(readFileSync(json, 'utf8')) as { readonly figures: readonly Figure[] }).figures;
  } finally {
    rmSync(place, { recursive: true });
  }
};

/** Both builds in turns, so that whatever else the machine does meanwhile disturbs both alike; the medians of each. */
export const against = (options: Options, folder: string): { readonly here: readonly Figure[]; readonly there: readonly Figure[] } => {
  const builds = { here: mine(), there: buildOf(folder) };
  const runs: Record<keyof typeof builds, (readonly Figure[])[]> = { here: [], there: [] };
  for (let round = 1; round <= options.rounds; round += 1)
    for (const which of ['here', 'there'] as const) {
      say(`Round ${round} of ${options.rounds}: ${builds[which].folder}`);
      runs[which].push(run(builds[which], options));
    }
  return { here: medians(runs.here), there: medians(runs.there) };
};
