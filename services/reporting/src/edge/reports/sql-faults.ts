import { codeOf, invalidField, messageOf, Refused } from '@cartage/eventsourcing';

/** What the SQL, or a value that is bound in it, is at fault for: syntax, names, rights, types, values, what it may not do, what it needs too much of. */
const THEIRS = /^(0A|21|22|25006|2F|34|38|39|42|53400|54)/;

/** A limit of time, or whoever watches it. */
const STOPPED = /^(57014|57P01)$/;

const field = (error: unknown, name: string): string | undefined => {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** Line and column, from 1, as editors count them. */
const placeIn = (sql: string, offset: number): string => {
  const before = [...sql].slice(0, offset).join('').split('\n');
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
};

const fixes: Readonly<Record<string, string>> = {
  '42501': 'Reports read the public names of the star only: docs/reference/reporting.md lists them.',
  '42601': 'A report is one statement that begins with select, with or values.',
  '42P01': 'docs/reference/reporting.md lists the tables.',
  '42703': 'docs/reference/reporting.md lists the columns.',
  '42P02': 'Each $1, $2, … needs a parameter of the report, in their order.',
  '42P18': 'Say of which type it is, such as $1::date.',
  '08P01': 'Every parameter of the report has to stand in its SQL as $1, $2, …, and each of those needs one.',
};

/** The refusal that says where and how to mend it; nothing where the SQL is not at fault. `before` is how much stood before the SQL. */
export const sqlFault = (error: unknown, sql: string, before: number): Refused | undefined => {
  const code = codeOf(error) ?? '';
  if (!THEIRS.test(code) && code !== '08P01') return undefined;
  const position = Number(field(error, 'position') ?? 0) - before;
  const place = position > 0 ? `${placeIn(sql, position - 1)}: ` : '';
  const hints = [field(error, 'hint'), fixes[code]].filter((each) => each !== undefined);
  return invalidField('sql', 'SQL_INVALID', [`${place}${messageOf(error)}.`, ...hints].join(' '));
};

export const isStopped = (error: unknown): boolean => STOPPED.test(codeOf(error) ?? '');

export const timedOut = (seconds: number): Refused =>
  new Refused('REPORT_TIMED_OUT', `It took longer than ${seconds} s: ask for less, or have REPORTS_SECONDS raised.`, 'invalid');
