import type { Drift, Judgement } from '../judgement';
import type { Evaluation } from './evaluation';
import { figure, measureOf, verdictOf, withRange } from './table';

const cell = (value: string | number): string => String(value).replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (cells: readonly (string | number)[]): string => `| ${cells.map(cell).join(' | ')} |`;
const tableOf = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
const list = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');

const driftTable = ({ measure, periods, byMethod }: Drift, judgement: Judgement): string => {
  const { label, digits } = measureOf(judgement, measure);
  const rows = Object.entries(byMethod).map(([name, values]) => [name, ...values.map((value) => figure(value, digits))]);
  return `${label}:\n\n${tableOf(['method', ...periods], rows)}`;
};

const dataTable = ({ file, files = {}, rows, badRows, judgement }: Evaluation): string =>
  tableOf(
    ['', ''],
    [
      ...[
        ['file', `\`${file.name}\`, SHA-256 \`${file.sha256}\``],
        ['rows', rows.read],
        ['left out by --only', rows.leftOut],
        ['bad rows', badRows.count],
      ],
      ...Object.entries(files).map(([option, { name, sha256, read }]) => [
        `--${option}`,
        `\`${name}\`, ${read} rows, SHA-256 \`${sha256}\``,
      ]),
      ...Object.entries(badRows.byReason).map(([reason, count]) => [`bad: ${reason}`, count]),
      ...Object.entries(judgement.facts),
    ],
  );

const comparisonTable = (judgement: Judgement): string =>
  tableOf(
    ['method', 'against', 'measure', 'difference (95 % interval)', ''],
    judgement.comparisons.map(({ method, baseline, measure, difference }) => {
      const { label, digits, better } = measureOf(judgement, measure);
      return [method, baseline, label, withRange(difference, digits), verdictOf(difference, better)];
    }),
  );

/** The model card (Mitchell et al. 2019) of what was judged: made from the run, so that it says nothing that the run did not show. */
export const cardOf = (evaluation: Evaluation): string => {
  const { title, kind, seed, options, judgement } = evaluation;
  const { measures, methods, drift, slices, notes, notFor } = judgement;
  const figures = methods.map(({ name, version, isBaseline, figures: each }) => [
    ...[name, version, isBaseline ? 'baseline' : 'learned'],
    ...measures.map(({ key, digits }) => withRange(each[key] ?? { value: Number.NaN }, digits)),
  ]);
  return [
    `# Model card: ${title}`,
    `Made by \`npm run evaluate -- ${kind}\` with seed ${seed} and ${Object.entries(options)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ')}. The same file, options and seed make the same card.`,
    ...['## Data', dataTable(evaluation)],
    ...['## Error', '![by method](picture.svg)', tableOf(['method', 'version', '', ...measures.map(({ label }) => label)], figures)],
    ...(judgement.comparisons.length === 0 ? [] : [comparisonTable(judgement)]),
    ...['## Drift', ...drift.map((each) => driftTable(each, judgement))],
    ...slices.flatMap(({ title: of, head, rows }) => [`## ${of}`, tableOf(head, rows)]),
    ...['## How to read this', list(notes), '## What it must not be used for', list(notFor), ''],
  ].join('\n\n');
};
