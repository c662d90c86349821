import { join } from 'node:path';
import { messageOf } from '@cartage/eventsourcing';
import { parsed, Trouble } from '../client/client';
import { headingsOf } from './input/columns';
import type { Kind, KindTable } from './kind';
import { kinds } from './kinds';

const columnLines = ({ columns }: KindTable, prefix = ''): readonly string[] =>
  columns.map(({ name, required, about }) => `    ${required ? `${prefix}${name}` : `[${prefix}${name}]`}: ${about}`);

const kindUsage = (kind: Kind): string =>
  [
    `${kind.name}: ${kind.title}`,
    ...columnLines(kind),
    ...(kind.open ? [`    ${kind.open.about}`] : []),
    ...(kind.files ?? []).flatMap((file) => [
      `    --${file.name} <file>${file.required ? '' : ' (may be left out)'}: ${file.about}`,
      ...columnLines(file, `${file.name}.`),
    ]),
    ...kind.options.map((option) => `    --${option.name} ${option.usual}: ${option.about}`),
  ].join('\n');

export const usage = `Usage: npm run evaluate -- <kind> <file.csv or file.csv.gz> [options]
       npm run evaluate -- sample <kind> [<further file>] [--seed 1] > <file.csv>      (rows that are made up, in the form that is read)
  --out <folder>                what is written: report.json, picture.svg, card.md, bad-rows.csv (tmp/evaluation/<kind> unless told)
  --seed 1                      the same seed, files and options give the same result
  --column <name>=<heading>     how a column is headed in its file; may be given for each
  --only <name>=<expression>    only rows whose cell matches; may be given for each
  --feature up:<heading>        of risk: a column that it may be learned from; may be given for each
Kinds, with the columns of their files and their own options:
${Object.values(kinds).map(kindUsage).join('\n')}`;

const common = {
  out: { type: 'string' },
  seed: { type: 'string', default: '1' },
  column: { type: 'string', multiple: true, default: [] as string[] },
  only: { type: 'string', multiple: true, default: [] as string[] },
  feature: { type: 'string', multiple: true, default: [] as string[] },
} as const;

/** Only rows whose cell matches. */
export interface Filter {
  /** By whole name. */
  readonly column: string;
  readonly form: RegExp;
}

export interface Request {
  readonly kind: Kind;
  readonly path: string;
  /** Paths of further files, by their names. */
  readonly files: ReadonlyMap<string, string>;
  readonly out: string;
  readonly seed: number;
  readonly headings: ReadonlyMap<string, string>;
  readonly filters: readonly Filter[];
  readonly only: readonly string[];
  readonly feature: readonly string[];
  readonly options: ReadonlyMap<string, number>;
}

const numberOf = (name: string, text: string, { least, most }: { readonly least: number; readonly most: number }): number => {
  const value = Number(text);
  if (text.trim() !== '' && value >= least && value <= most) return value;
  throw new Trouble(`--${name} is a number from ${least} to ${most}, not ${text}.`);
};
const seedOf = (text: string): number => numberOf('seed', text, { least: 0, most: 2 ** 31 });

const kindNamed = (name: string | undefined): Kind => {
  const kind = Object.values(kinds).find((each) => each.name === name);
  if (kind !== undefined) return kind;
  throw new Trouble(name === undefined ? usage : `There is no kind ${name}: there is ${Object.keys(kinds).join(', ')}.\n${usage}`);
};

/** Whole names: those of further files begin with the file's. */
const columnNames = ({ columns, files = [] }: Kind): readonly string[] => [
  ...columns.map(({ name }) => name),
  ...files.flatMap((file) => file.columns.map(({ name }) => `${file.name}.${name}`)),
];

const filtersOf = (given: readonly string[], names: readonly string[]): readonly Filter[] =>
  given.map((pair) => {
    const [, column = '', expression = ''] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
    if (!names.includes(column)) throw new Trouble(`--only ${pair}: it is <name>=<expression>, and the names are ${names.join(', ')}.`);
    try {
      return { column, form: new RegExp(expression, 'u') };
    } catch (error) {
      throw new Trouble(`--only ${pair}: ${messageOf(error)}`, { cause: error });
    }
  });

const filesOf = ({ name: kind, files = [] }: Kind, given: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> =>
  new Map(
    files.flatMap(({ name, required, about }) => {
      const path = given[name];
      if (typeof path === 'string') return [[name, path] as const];
      if (!required) return [];
      throw new Trouble(`${kind} needs --${name} <file>: ${about}. For one that is made up: npm run evaluate -- sample ${kind} ${name}.`);
    }),
  );

/** Columns of the file's own, as the person at the keyboard names them. */
const withFeatures = (kind: Kind, given: readonly string[]): Kind => {
  const wrong = given.find((name) => kind.open?.form.test(name) !== true);
  if (wrong !== undefined)
    throw new Trouble(`--feature ${wrong}: ${kind.open === undefined ? `${kind.name} has no features.` : kind.open.about}`);
  return { ...kind, columns: [...kind.columns, ...given.map((name) => ({ name, required: true, about: 'a feature' }))] };
};

/** `up:orders` is headed `orders` where it was named, and `up:orders` where it was found. */
const featureHeadings = (given: readonly string[]): readonly (readonly [string, string])[] =>
  given.map((name) => [name, name.slice(name.indexOf(':') + 1)]);

/** Throws `Trouble` for what the person at the keyboard can mend. */
export const requestOf = (args: readonly string[]): Request => {
  const bare = kindNamed(args[0]);
  const own = Object.fromEntries(bare.options.map(({ name, usual }) => [name, { type: 'string', default: String(usual) }] as const));
  const files = Object.fromEntries((bare.files ?? []).map(({ name }) => [name, { type: 'string' }] as const));
  const { values, positionals } = parsed(args.slice(1), { ...own, ...files, ...common }, usage);
  const [path, ...others] = positionals;
  if (path === undefined || others.length > 0) throw new Trouble(usage);
  const given: Readonly<Record<string, unknown>> = values;
  const { column, only, feature, out = join('tmp', 'evaluation', bare.name) } = values;
  const kind = withFeatures(bare, feature);
  const seed = seedOf(String(values.seed));
  const names = columnNames(kind);
  return {
    ...{ kind, path, files: filesOf(kind, given), out, only, feature, seed },
    ...{ headings: new Map([...headingsOf(column, names), ...featureHeadings(feature)]), filters: filtersOf(only, names) },
    options: new Map(kind.options.map((option) => [option.name, numberOf(option.name, String(given[option.name]), option)])),
  };
};

export interface SampleRequest {
  readonly kind: Kind;
  /** What the rows are of: the kind itself, or a further file of it. */
  readonly table: KindTable;
  readonly name: string;
  readonly seed: number;
}

export const sampleRequestOf = (args: readonly string[]): SampleRequest => {
  const kind = kindNamed(args[0]);
  const { values, positionals } = parsed(args.slice(1), { seed: common.seed }, usage);
  const [name = kind.name] = positionals;
  const files = kind.files ?? [];
  const table = name === kind.name ? kind : files.find((file) => file.name === name);
  if (table !== undefined) return { kind, table, name, seed: seedOf(values.seed) };
  throw new Trouble(
    files.length === 0
      ? `${kind.name} is judged by one file: leave ${name} out.`
      : `${kind.name} has no file ${name}: it has ${files.map((file) => file.name).join(', ')}.`,
  );
};
