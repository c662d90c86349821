import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '@cartage/eventsourcing';

/** What a check found out: how many things it looked at, and whatever of them is not as it must be, a line each. */
export interface Looked {
  readonly of: number;
  readonly breaches: readonly string[];
  /** Kinds of such things of which there was none, so that nothing is shown of them: `refund`. */
  readonly without?: readonly string[];
}

/** What must be so once all is quiet. */
export interface Check {
  readonly name: string;
  /** What it looks at, in the plural: `payments`. */
  readonly things: string;
  readonly look: () => Promise<Looked>;
}

export interface Checked extends Looked {
  readonly name: string;
  readonly things: string;
  readonly seconds: number;
}

/** What holds of nothing is not shown: whoever looked at nothing knows nothing. */
export type Standing = 'holds' | 'not shown' | 'broken';

export const standingOf = ({ of, breaches }: Pick<Looked, 'of' | 'breaches'>): Standing => {
  if (breaches.length > 0) return 'broken';
  return of > 0 ? 'holds' : 'not shown';
};

export interface Patience {
  /** What is on its way may still come, for so long. */
  readonly withinMs: number;
  readonly everyMs: number;
}

const failed = (error: unknown): Looked => ({ of: 0, breaches: [`could not be looked at: ${messageOf(error)}`] });

/** As often as needed: what is missing now may come; what holds once all is quiet holds. */
export const settle = async ({ name, things, look }: Check, { withinMs, everyMs }: Patience): Promise<Checked> => {
  const began = performance.now();
  const looked = (): Promise<Looked> => look().catch(failed);
  let found = await looked();
  while (found.breaches.length > 0 && performance.now() - began < withinMs) {
    await pause(everyMs);
    found = await looked();
  }
  return { name, things, ...found, seconds: Math.round((performance.now() - began) / 1000) };
};

const words: Readonly<Record<Standing, string>> = { holds: 'holds    ', broken: 'BROKEN   ', 'not shown': 'NOT SHOWN' };

const listedIn = (names: readonly string[]): string => names.join(', ');

const scopeOf = ({ of, things, without = [] }: Checked): string =>
  of === 0
    ? `, for there were no ${things} to look at`
    : `, of ${of.toLocaleString('en')} ${things}${without.length === 0 ? '' : ` (none of them: ${listedIn(without)})`}`;

const SHOWN = 20;

/** At most twenty of them, and how many more there are. */
export const few = (lines: readonly string[]): readonly string[] =>
  lines.length > SHOWN ? [...lines.slice(0, SHOWN), `… and ${lines.length - SHOWN} more`] : lines;

/** For a person: whether it is so, of how many things, and what is not so. */
export const linesOf = (checked: Checked): readonly string[] => [
  `${words[standingOf(checked)]}  ${checked.name}${scopeOf(checked)}`,
  ...few(checked.breaches).map((line) => `           ${line}`),
];

/** A check that looked at nothing failed as one that found something did. */
export const countedChecks = (checks: readonly Checked[]): { readonly passed: number; readonly failed: number } => {
  const passed = checks.filter((each) => standingOf(each) === 'holds').length;
  return { passed, failed: checks.length - passed };
};
