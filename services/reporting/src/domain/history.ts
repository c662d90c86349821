import { about, inDimension, type Column, type Fact, type Table, type Value } from './table';

/** What a dimension must say of a thing for its versions to be kept. */
type Described = 'revision' | 'changed_at';
type DescribedRow<Name extends string> = { readonly [Column in Name]?: Value };

/** Stands in no name of a thing. */
const mark = '\u001f';

const historyName = ({ name }: Pick<Table, 'name'>): string => `${name}_history`;
/** `product_key` is what `dim_product` has; its versions have `product_version_key`. */
export const versionKey = (key: string): string => key.replace(/_key$/, '_version_key');
export const keyOf = ({ key: [key = ''] }: Pick<Table, 'key'>): string => key;

const aged = ([name, column]: readonly [string, Column]): readonly [string, Column] => [
  name,
  column.merging === 'key' ? { ...column, merging: 'last' } : column,
];

/** The versions of what a dimension describes: one row for each description of a thing, so that facts find the one that held at their time. */
export const historyOf = <Name extends string>(dimension: Table<Name | Described>, what: string): Table => {
  const [key, name] = [keyOf(dimension), historyName(dimension)];
  const version = inDimension(name, 'Surrogate key of this version. The same after every rebuild.', 'key');
  return {
    name,
    about: `${what}: one row for each version, with the time for which it held.`,
    key: [versionKey(key)],
    versionsOf: dimension.name,
    columns: { [versionKey(key)]: version, ...Object.fromEntries(Object.entries<Column>(dimension.columns).map(aged)) },
    indexes: [`(${key})`],
  };
};

/** A description: how the thing is from now on, and one version of it. */
export const described = <Name extends string>(
  dimension: Table<Name | Described>,
  row: DescribedRow<Name> & { readonly [Column in Described]: Value },
): readonly Fact[] => {
  const key = keyOf(dimension);
  const fact = about(dimension, row as DescribedRow<Name | Described>);
  const natural = String(fact.row[key]);
  const version = { ...dimension.naming?.(natural), ...fact.row, [versionKey(key)]: `${natural}${mark}${String(row.revision)}` };
  return [fact, { table: historyName(dimension), row: version }];
};

/** How analysts see such a table: what each column is, in its order. */
export const historyColumns = ({ columns }: Table): Readonly<Record<string, string>> => {
  const { changed_at: _, ...rest } = columns;
  return {
    ...Object.fromEntries(Object.entries<Column>(rest).map(([name, { about: text }]) => [name, text])),
    valid_from: 'From when on it held, UTC; 0001-01-01: the row of what nobody had described yet. Never null.',
    valid_to: 'Until when it held, that instant not included, UTC; 9999-12-31: it still holds. Never null.',
    is_current: 'Whether it holds now. Never null.',
  };
};
