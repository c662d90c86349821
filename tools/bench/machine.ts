import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

/** A process and everything that it started, by the process table. */
const familyOf = (root: number): readonly number[] => {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='])
    .toString()
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const family = [root];
  for (const pid of family) family.push(...table.filter(([, parent]) => parent === pid).map(([child]) => child as number));
  return family;
};

/** The Java processes that a process started, and those that these started. */
export const javaBelow = (root: number): readonly number[] => {
  const programs = execFileSync('ps', ['-A', '-o', 'pid=,comm=']).toString().trim().split('\n');
  const java = new Set(programs.map((line) => line.trim().split(/\s+/)).flatMap(([pid, name]) => (name === 'java' ? [Number(pid)] : [])));
  return familyOf(root).filter((pid) => java.has(pid));
};

/** The pid of the postmaster that runs on a data folder. */
export const postmasterOf = (dataFolder: string): number => Number(readFileSync(`${dataFolder}/postmaster.pid`, 'utf8').split('\n')[0]);

export interface Usage {
  readonly cpuSeconds: number;
  readonly rssMb: number;
}

const cpuSecondsOf = (time: string): number =>
  time
    .split(/[-:]/)
    .map(Number)
    .reduceRight<readonly [number, number]>(
      ([sum, unit], part, i, parts) => {
        const next = parts.length - i === 3 && parts.length > 3 ? 86_400 : unit * 60;
        return [sum + part * unit, next];
      },
      [0, 1],
    )[0];

/** CPU used up to now, and memory held now, by these processes and their children. Shared memory counts once for each that maps it. */
export const usageOf = (roots: readonly number[]): Usage => {
  const pids = [...new Set(roots.flatMap(familyOf))];
  return pids
    .map(usageOfOne)
    .reduce((sum, one) => ({ cpuSeconds: sum.cpuSeconds + one.cpuSeconds, rssMb: sum.rssMb + one.rssMb }), { cpuSeconds: 0, rssMb: 0 });
};

const TICKS_PER_SECOND = 100;

const usageOfOne = (pid: number): Usage => {
  try {
    // /proc/<pid>/stat: utime and stime are fields 14 and 15, those of children that ended 16 and 17, rss (pages of 4 kB) is field 24; the name in
    // field 2 may hold blanks.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return { cpuSeconds: ticks / TICKS_PER_SECOND, rssMb: (Number(fields[21]) * 4_096) / 1e6 };
  } catch {
    return usageByPs(pid);
  }
};

/** Where there is no /proc. A process that has ended uses nothing. */
const usageByPs = (pid: number): Usage => {
  try {
    const [time = '0', rss = '0'] = execFileSync('ps', ['-o', 'time=,rss=', '-p', String(pid)], { stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim()
      .split(/\s+/);
    return { cpuSeconds: cpuSecondsOf(time), rssMb: (Number(rss) * 1_024) / 1e6 };
  } catch {
    return { cpuSeconds: 0, rssMb: 0 };
  }
};

export const machine = (): object => ({
  node: process.version,
  cores: cpus().length,
  cpu: cpus()[0]?.model ?? 'unknown',
  memoryGb: Math.round(totalmem() / 1e9),
});
