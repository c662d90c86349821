import type { FaultName, Faults } from './faults';
import type { Plot } from './episode';

/** What a failure needs, as far as it could be found out. */
export interface Smaller {
  readonly plot: Plot;
  readonly lives: readonly number[];
  readonly faults: string;
}

type Run = (plot: Plot) => Promise<readonly string[]>;

/** The kind of a failure: what it says, but for names and numbers. */
export const kindOf = (fault: string | undefined): string => (fault ?? '').replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+/g, '#').slice(0, 60);

const names: readonly FaultName[] = ['crashes', 'cuts', 'twice', 'late', 'lostAnswers'];

const livesOf = ({ lives, without }: Plot): readonly number[] =>
  Array.from({ length: lives }, (_, i) => i + 1).filter((life) => !without.lives.has(life));

const withoutLives = (plot: Plot, lives: readonly number[]): Plot => ({
  ...plot,
  without: { ...plot.without, lives: new Set([...plot.without.lives, ...lives]) },
});

const leavingOutFaults = async (plot: Plot, isSame: (plot: Plot) => Promise<boolean>): Promise<Plot> => {
  let smallest = plot;
  for (const name of names) {
    const faults: Faults = { ...smallest.faults, [name]: 0 };
    if (await isSame({ ...smallest, faults })) smallest = { ...smallest, faults };
  }
  return smallest;
};

/** Leaves out what it can: halves of the lives first, then ever smaller parts. */
const leavingOutLives = async (plot: Plot, isSame: (plot: Plot) => Promise<boolean>): Promise<Plot> => {
  let smallest = plot;
  for (let size = Math.ceil(livesOf(plot).length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    const lives = livesOf(smallest);
    for (let from = 0; from < lives.length; from += size) {
      const left = withoutLives(smallest, lives.slice(from, from + size));
      if (livesOf(left).length > 0 && (await isSame(left))) smallest = left;
    }
  }
  return smallest;
};

/** Makes a failing run smaller, as long as it fails in the same way: fewer kinds of faults, and fewer lives. */
export const shrunk = async (plot: Plot, run: Run): Promise<Smaller> => {
  const kind = kindOf((await run(plot))[0]);
  const isSame = async (each: Plot): Promise<boolean> => kindOf((await run(each))[0]) === kind;
  const smallest = await leavingOutLives(await leavingOutFaults(plot, isSame), isSame);
  const left = names.filter((name) => smallest.faults[name] > 0);
  return { plot: smallest, lives: livesOf(smallest), faults: left.length === 0 ? 'without any fault' : `with ${left.join(', ')}` };
};
