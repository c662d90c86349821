import { escapeIdentifier as quoted } from 'pg';
import { namingColumns, NO_DATE, NO_NAME, type Column, type Merging, type Table } from '../../domain/table';
import { NO_KEY, tableIn } from './definition';

type Named = readonly [name: string, column: Column];

const written = ({ columns }: Table): readonly Named[] => Object.entries(columns).filter(([, { merging }]) => merging !== 'derived');

/** What a column has for the moment that says that there is nothing in it any more: an empty cell says nothing. */
const none: Readonly<Record<string, string>> = { timestamptz: NO_DATE, text: NO_NAME, bigint: NO_KEY };

const unlessNone = (value: string, { type }: Column): string => `nullif(${value}, '${none[type] ?? ''}')`;

/** How a column of a row that is there takes what is said now. */
const taking: Readonly<Record<Merging, (name: string, column: Column) => string>> = {
  key: (c) => `t.${c}`,
  derived: (c) => `t.${c}`,
  last: (c) => `coalesce(excluded.${c}, t.${c})`,
  revocable: (c, column) => unlessNone(`coalesce(excluded.${c}, t.${c})`, column),
  sum: (c) => `t.${c} + excluded.${c}`,
  least: (c) => `least(t.${c}, excluded.${c})`,
  greatest: (c) => `greatest(t.${c}, excluded.${c})`,
};

/** A newer description stands whole, but for the names of what it describes. */
const takenBy =
  (table: Table) =>
  ([name, column]: Named): string => {
    const isReplaced = table.newestBy !== undefined && column.merging === 'last' && !namingColumns(table).includes(name);
    return isReplaced ? `excluded.${quoted(name)}` : taking[column.merging](quoted(name), column);
  };

/**
 * What is written as it is said: of a row that is not there yet, what was taken back is nothing at all. Whoever said what is taken back holds its subject until it is kept,
 * so that it is there by now; a row that another topic begins in the meantime says nothing of it.
 */
const given = ([name, column]: Named, { key: [first = ''] }: Table): string => {
  const said = `x.${quoted(name)}`;
  if (column.merging === 'revocable') return `case when there.${quoted(first)} is null then ${unlessNone(said, column)} else ${said} end`;
  return column.merging === 'sum' ? `coalesce(${said}, 0)` : said;
};

/** The rows that are there already, where what is written hangs on whether they are. */
const beside = (columns: readonly Named[], { key }: Table, there: string): string => {
  if (!columns.some(([, { merging }]) => merging === 'revocable')) return '';
  return ` left join ${there} as there on ${key.map((name) => `there.${quoted(name)} = x.${quoted(name)}`).join(' and ')}`;
};

/** A row is written anew only if that changes it: the same thing is named by fact after fact. */
const changing = (changed: readonly Named[], table: Table): string => {
  const { newestBy } = table;
  if (newestBy !== undefined) return `excluded.${quoted(newestBy)} > coalesce(t.${quoted(newestBy)}, -1)`;
  const row = (say: (column: Named) => string): string => `(${changed.map(say).join(', ')})`;
  return `${row(([name]) => `t.${quoted(name)}`)} is distinct from ${row(takenBy(table))}`;
};

/** Writes the rows of parameter 1, a JSON array, to the table of a generation: what a row says joins what is there. */
export const upsertText = (generation: string, table: Table): string => {
  const columns = written(table);
  const names = columns.map(([name]) => quoted(name)).join(', ');
  const types = columns.map(([name, { type }]) => `${quoted(name)} ${type}`).join(', ');
  const changed = columns.filter(([, { merging }]) => merging !== 'key');
  const taken = takenBy(table);
  const set = changed.map((column) => `${quoted(column[0])} = ${taken(column)}`).join(', ');
  const doing = changed.length === 0 ? 'nothing' : `update set ${set} where ${changing(changed, table)}`;
  const name = quoted(tableIn(generation, table.name));
  return `insert into ${name} as t (${names}) select ${columns.map((column) => given(column, table)).join(', ')}
    from json_to_recordset($1::json) as x(${types})${beside(columns, table, name)} on conflict (${table.key.map(quoted).join(', ')}) do ${doing}`;
};

/** Of these subjects of topics, the last sequence that was heard; locked until the end of the transaction, in an order that is the same in every process. */
export const knownTexts = (generation: string): { readonly begin: string; readonly lock: string; readonly advance: string } => {
  const heard = quoted(tableIn(generation, 'heard'));
  const asked = `unnest($1::text[], $2::text[]) as x(topic, subject)`;
  return {
    begin: `insert into ${heard} (topic, subject, sequence) select topic, subject, 0 from ${asked} on conflict do nothing`,
    lock: `select h.topic, h.subject, h.sequence from ${heard} h join ${asked} using (topic, subject) order by h.topic, h.subject for update of h`,
    advance: `update ${heard} h set sequence = x.sequence from unnest($1::text[], $2::text[], $3::bigint[]) as x(topic, subject, sequence)
      where h.topic = x.topic and h.subject = x.subject`,
  };
};

/** What should have come and has not. */
export const missingTexts = (generation: string): { readonly among: string; readonly note: string; readonly found: string } => {
  const missing = quoted(tableIn(generation, 'missing_event'));
  const asked = `unnest($1::text[], $2::text[], $3::bigint[]) as x(topic, subject, sequence)`;
  return {
    among: `select m.topic, m.subject, m.sequence from ${missing} m join ${asked} using (topic, subject, sequence)`,
    note: `insert into ${missing} (topic, subject, sequence) select topic, subject, sequence from ${asked} on conflict do nothing`,
    found: `delete from ${missing} m using ${asked} where m.topic = x.topic and m.subject = x.subject and m.sequence = x.sequence`,
  };
};

/** How far a generation has come: parameter 1 is the generation, the others are arrays, one entry for each topic. */
export const progressText = `
  insert into progress as p (generation, topic, events, repeats, heard_until)
  select $1, topic, events, repeats, heard_until from unnest($2::text[], $3::bigint[], $4::bigint[], $5::timestamptz[]) as x(topic, events, repeats, heard_until)
  on conflict (generation, topic) do update set events = p.events + excluded.events, repeats = p.repeats + excluded.repeats,
    heard_until = greatest(p.heard_until, excluded.heard_until), changed_at = now()`;
