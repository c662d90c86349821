import { table } from '../../simulator/terminal';
import type { Judgement, Measure } from '../judgement';
import type { Measured } from '../statistics/interval';

export const figure = (value: number | undefined, digits: number): string =>
  value === undefined || !Number.isFinite(value) ? '-' : value.toFixed(digits);

/** `0.7292 (0.7011 to 0.7550)`. */
export const withRange = ({ value, low, high }: Measured, digits: number): string =>
  low === undefined || high === undefined
    ? figure(value, digits)
    : `${figure(value, digits)} (${figure(low, digits)} to ${figure(high, digits)})`;

export const measureOf = ({ measures, compared = [] }: Judgement, key: string): Measure =>
  [...measures, ...compared].find((measure) => measure.key === key) ?? { key, label: key, better: 'less', digits: 4 };

/** Below 0 or above it with its whole range: not by chance. */
export const verdictOf = ({ value, low, high }: Measured, better: Measure['better']): string => {
  if (Number.isNaN(value)) return 'the baseline never gets there';
  if (low === undefined || high === undefined) return 'too few blocks to say';
  if (low <= 0 && high >= 0) return 'no difference that is not chance';
  return (better === 'more') === low > 0 ? 'better' : 'worse';
};

/** What is printed: figures by method, what they are worth against the baseline, and slices. */
export const printedJudgement = (judgement: Judgement): string => {
  const { measures, methods, comparisons, slices } = judgement;
  const rows = methods.map(({ name, isBaseline, figures }) => [
    `${isBaseline ? '  ' : '* '}${name}`,
    ...measures.map(({ key, digits }) => figure(figures[key]?.value, digits)),
  ]);
  const compared = comparisons.map(({ method, baseline, measure, difference }) => {
    const { label, digits, better } = measureOf(judgement, measure);
    return [`${method} against ${baseline}`, label, withRange(difference, digits), verdictOf(difference, better)];
  });
  return [
    table([['method', ...measures.map(({ label }) => label)], ...rows]),
    ...(compared.length === 0 ? [] : [table([['difference', 'of', '95 % interval', ''], ...compared])]),
    ...slices.map(({ title, head, rows: cells }) => `${title}\n${table([head, ...cells.map((row) => row.map(String))])}`),
  ].join('\n\n');
};
