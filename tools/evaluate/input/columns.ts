import { Trouble } from '../../client/client';

/** A column of a file, by the name that Cartage gives it. */
export interface Column {
  readonly name: string;
  readonly required: boolean;
  /** What its cells are, for who writes the file. */
  readonly about: string;
}

/** Which cell of a row holds which column. */
export interface Layout {
  readonly place: ReadonlyMap<string, number>;
  /** How the columns are headed in the file. */
  readonly heading: ReadonlyMap<string, string>;
  /** All columns that are there, by the names that Cartage gives them. */
  readonly names: readonly string[];
  /** Headings of which no use is made. */
  readonly unused: readonly string[];
}

/** `--column date=InvoiceDate`: how a column is headed in a file, by its whole name: `lead-times.ordered_at` of a further file. */
export const headingsOf = (given: readonly string[], names: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    given.map((pair) => {
      const at = pair.indexOf('=');
      const [name, heading] = [pair.slice(0, at), pair.slice(at + 1)];
      if (at > 0 && heading !== '' && names.includes(name)) return [name, heading];
      throw new Trouble(`--column ${pair}: it is <name>=<heading in the file>, and the names are ${names.join(', ')}.`);
    }),
  );

/** Which columns a file has, and how those are headed that are not headed by their name. */
export interface Headed {
  readonly columns: readonly Column[];
  /** By whole name. */
  readonly headings: ReadonlyMap<string, string>;
  /** What the whole names of its columns begin with; none of the first file. */
  readonly prefix?: string;
  /** How other columns are headed that are used, too. */
  readonly open?: RegExp | undefined;
}

/** Columns that a file may have as many of as it likes, by how they are headed: `up:orders_within_hour`. */
const openIn = (header: readonly string[], { columns, open }: Headed): readonly Column[] =>
  header
    .map((heading) => heading.trim())
    .filter((name) => open?.test(name) && !columns.some((column) => column.name === name))
    .map((name) => ({ name, required: false, about: '' }));

const plain = (heading: string): string => heading.trim().toLowerCase();

/** Finds the columns in a header, in whatever order they stand; capitals do not matter. */
export const layoutOf = (header: readonly string[], headed: Headed): Layout => {
  const { columns, headings, prefix = '' } = headed;
  const found = header.map(plain);
  const twice = found.filter((heading, n) => heading !== '' && found.indexOf(heading) !== n);
  if (twice.length > 0) throw new Trouble(`The file has two columns ${twice.join(', ')}: which one is meant cannot be told.`);
  const headingOf = ({ name }: Column): string | undefined => headings.get(prefix + name);
  const placeOf = (column: Column): number => found.indexOf(plain(headingOf(column) ?? column.name));
  const missing = columns.filter((column) => placeOf(column) < 0 && (column.required || headingOf(column) !== undefined));
  if (missing.length > 0) throw new Trouble(missingText(missing, header, headed));
  const present = [...columns.filter((column) => placeOf(column) >= 0), ...openIn(header, headed)];
  const places = new Set(present.map(placeOf));
  return {
    place: new Map(present.map((column) => [column.name, placeOf(column)])),
    heading: new Map(present.map((column) => [column.name, header[placeOf(column)] ?? ''])),
    names: present.map(({ name }) => name),
    unused: header.filter((_, n) => !places.has(n)),
  };
};

const missingText = (missing: readonly Column[], header: readonly string[], { headings, prefix = '' }: Headed): string =>
  [
    ...missing.map(({ name, about }) => `The file has no column ${headings.get(prefix + name) ?? name} (${about}).`),
    `It has ${header.join(', ')}. If one of these is meant, say so: --column ${prefix}${missing[0]?.name ?? ''}=<heading>.`,
  ].join('\n');
