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
  /** Headings of which no use is made. */
  readonly unused: readonly string[];
}

/** `--column date=InvoiceDate`: how a column is headed in this file. */
export const headingsOf = (given: readonly string[], columns: readonly Column[]): ReadonlyMap<string, string> =>
  new Map(
    given.map((pair) => {
      const at = pair.indexOf('=');
      const [name, heading] = [pair.slice(0, at), pair.slice(at + 1)];
      if (at > 0 && heading !== '' && columns.some((column) => column.name === name)) return [name, heading];
      throw new Trouble(
        `--column ${pair}: it is <name>=<heading in the file>, and the names are ${columns.map((each) => each.name).join(', ')}.`,
      );
    }),
  );

const plain = (heading: string): string => heading.trim().toLowerCase();

/** Finds the columns in a header, in whatever order they stand; capitals do not matter. */
export const layoutOf = (header: readonly string[], columns: readonly Column[], headings: ReadonlyMap<string, string>): Layout => {
  const found = header.map(plain);
  const twice = found.filter((heading, n) => heading !== '' && found.indexOf(heading) !== n);
  if (twice.length > 0) throw new Trouble(`The file has two columns ${twice.join(', ')}: which one is meant cannot be told.`);
  const placeOf = ({ name }: Column): number => found.indexOf(plain(headings.get(name) ?? name));
  const missing = columns.filter((column) => placeOf(column) < 0 && (column.required || headings.has(column.name)));
  if (missing.length > 0) throw new Trouble(missingText(missing, header, headings));
  const present = columns.filter((column) => placeOf(column) >= 0);
  const places = new Set(present.map(placeOf));
  return {
    place: new Map(present.map((column) => [column.name, placeOf(column)])),
    heading: new Map(present.map((column) => [column.name, header[placeOf(column)] ?? ''])),
    unused: header.filter((_, n) => !places.has(n)),
  };
};

const missingText = (missing: readonly Column[], header: readonly string[], headings: ReadonlyMap<string, string>): string =>
  [
    ...missing.map(({ name, about }) => `The file has no column ${headings.get(name) ?? name} (${about}).`),
    `It has ${header.join(', ')}. If one of these is meant, say so: --column ${missing[0]?.name ?? ''}=<heading>.`,
  ].join('\n');
