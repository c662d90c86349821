/** What a figure has to reach, and what is hoped for. Said of its ratio where it has one, else of its value. */
export interface Goal {
  readonly must: number;
  readonly aim?: number;
  /** Whether more or less is better. */
  readonly better: 'more' | 'less';
}

/** One thing that was measured. Its name is its own in the whole report, so that two runs can be laid side by side. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Beside what this machine can do at best, measured in the same run. */
  readonly limit?: { readonly name: string; readonly value: number };
  readonly goal?: Goal;
  readonly note?: string;
}

/** The figure that its goal speaks of. */
export const judged = ({ value, limit }: Figure): number => (limit ? value / limit.value : value);

export const isMet = (figure: Figure): boolean | undefined => {
  if (!figure.goal) return undefined;
  const { must, better } = figure.goal;
  return better === 'more' ? judged(figure) >= must : judged(figure) <= must;
};

const digits = (value: number): string =>
  value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2 });

const goalText = ({ must, aim, better }: Goal): string => `${better === 'more' ? '≥' : '≤'} ${must}${aim === undefined ? '' : ` [${aim}]`}`;

const cellsOf = (figure: Figure): readonly string[] => [
  figure.name,
  `${digits(figure.value)} ${figure.unit}`.trim(),
  figure.limit ? `${judged(figure).toFixed(2)} of ${figure.limit.name}` : '',
  figure.goal ? `${goalText(figure.goal)} ${isMet(figure) ? '✓' : '✗'}` : '',
  figure.note ?? '',
];

const aligned = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

/** The figures of one run, as a person reads them. */
export const table = (figures: readonly Figure[]): string =>
  aligned([['figure', 'measured', 'beside the limit', 'must [aim]', ''], ...figures.map(cellsOf)]);

export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? NaN;

/** The median of each figure over several runs. */
export const medians = (runs: readonly (readonly Figure[])[]): readonly Figure[] =>
  (runs[0] ?? []).map((figure) => {
    const same = runs.flatMap((run) => run.filter(({ name }) => name === figure.name));
    const value = median(same.map((each) => each.value));
    if (!figure.limit) return { ...figure, value };
    return { ...figure, value, limit: { ...figure.limit, value: median(same.flatMap(({ limit }) => (limit ? [limit.value] : []))) } };
  });

/** Two builds side by side. */
export const comparison = (here: readonly Figure[], there: readonly Figure[]): string => {
  const rows = here.map((figure) => {
    const other = there.find(({ name }) => name === figure.name);
    const [name = '', measured = '', , goal = ''] = cellsOf(figure);
    return [name, measured, other ? digits(other.value) : '–', other ? `× ${(figure.value / other.value).toFixed(2)}` : '', goal];
  });
  return aligned([['figure', 'here', 'against', 'here / against', 'must [aim]'], ...rows]);
};
