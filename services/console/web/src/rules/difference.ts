/** A line of two texts: in both, only in the one before, or only in the one now. Numbered where it stands, from 1. */
export type DiffLine =
  | { readonly kind: 'same'; readonly text: string; readonly before: number; readonly now: number }
  | { readonly kind: 'gone'; readonly text: string; readonly before: number }
  | { readonly kind: 'new'; readonly text: string; readonly now: number }
  /** So many lines that are the same in both, of which nothing is shown. */
  | { readonly kind: 'skipped'; readonly count: number };

/** Lengths of what two lists have in common from each place on: `lengths[i][j]` of `before` from i and `now` from j. */
const commonLengths = (before: readonly string[], now: readonly string[]): readonly Uint32Array[] => {
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint32Array(now.length + 1));
  for (let i = before.length - 1; i >= 0; i -= 1)
    for (let j = now.length - 1; j >= 0; j -= 1) {
      const row = lengths[i];
      if (row) row[j] = before[i] === now[j] ? lengthAt(lengths, i + 1, j + 1) + 1 : Math.max(lengthAt(lengths, i + 1, j), row[j + 1] ?? 0);
    }
  return lengths;
};

const lengthAt = (lengths: readonly Uint32Array[], i: number, j: number): number => lengths[i]?.[j] ?? 0;

type Step = 'same' | 'gone' | 'new';

/** As few lines gone and new as can be; what is gone stands before what is new. */
const steps = (before: readonly string[], now: readonly string[]): readonly Step[] => {
  const lengths = commonLengths(before, now);
  const taken: Step[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < now.length) {
    const step = stepAt(before, now, lengths, [i, j]);
    taken.push(step);
    if (step !== 'new') i += 1;
    if (step !== 'gone') j += 1;
  }
  return taken;
};

const stepAt = (
  before: readonly string[],
  now: readonly string[],
  lengths: readonly Uint32Array[],
  [i, j]: readonly [number, number],
): Step => {
  if (i < before.length && j < now.length && before[i] === now[j]) return 'same';
  if (j >= now.length) return 'gone';
  return i < before.length && lengthAt(lengths, i + 1, j) >= lengthAt(lengths, i, j + 1) ? 'gone' : 'new';
};

const linesOf = (text: string): readonly string[] => (text === '' ? [] : text.split('\n'));

/** How many lines at the beginning are the same: long texts differ in few places, and only those are compared each with each. */
const sameAtBegin = (before: readonly string[], now: readonly string[]): number => {
  const at = before.findIndex((line, index) => line !== now[index]);
  return at < 0 ? before.length : at;
};

const allSteps = (before: readonly string[], now: readonly string[]): readonly Step[] => {
  const begin = sameAtBegin(before, now);
  const [restBefore, restNow] = [before.slice(begin), now.slice(begin)];
  const end = sameAtBegin(restBefore.toReversed(), restNow.toReversed());
  const middle = steps(restBefore.slice(0, restBefore.length - end), restNow.slice(0, restNow.length - end));
  const same = (count: number): Step[] => Array.from({ length: count }, () => 'same');
  return [...same(begin), ...middle, ...same(end)];
};

/** Two texts, line by line. */
export const differenceOf = (textBefore: string, textNow: string): readonly DiffLine[] => {
  const [before, now] = [linesOf(textBefore), linesOf(textNow)];
  let [i, j] = [0, 0];
  return allSteps(before, now).map((kind): DiffLine => {
    if (kind !== 'new') i += 1;
    if (kind !== 'gone') j += 1;
    if (kind === 'gone') return { kind, text: before[i - 1] ?? '', before: i };
    if (kind === 'new') return { kind, text: now[j - 1] ?? '', now: j };
    return { kind, text: now[j - 1] ?? '', before: i, now: j };
  });
};

/** Beside what changed, so many lines are shown that did not. */
const AROUND = 3;

/** The same without what is far from any change. */
export const folded = (lines: readonly DiffLine[]): readonly DiffLine[] => {
  const isNear = lines.map((_, at) => lines.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(({ kind }) => kind !== 'same'));
  const shown: DiffLine[] = [];
  for (const [at, line] of lines.entries()) {
    const last = shown.at(-1);
    if (isNear[at]) shown.push(line);
    else if (last?.kind === 'skipped') shown[shown.length - 1] = { kind: 'skipped', count: last.count + 1 };
    else shown.push({ kind: 'skipped', count: 1 });
  }
  return shown;
};

export const isDifferent = (lines: readonly DiffLine[]): boolean => lines.some(({ kind }) => kind !== 'same');
