import type { Question } from './address';

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const rangeOf = ({ column, unit }: NonNullable<Question['time']>, from: string | undefined, to: string | undefined): readonly string[] => {
  const startOf = (day: string): string => (unit === 'month' ? `date_trunc('month', ${literal(day)}::date)` : literal(day));
  return [...(from === undefined ? [] : [`${column} >= ${startOf(from)}`]), ...(to === undefined ? [] : [`${column} <= ${literal(to)}`])];
};

/** What an analyst types to be answered the same. A month counts if a day of it is in the range. */
export const selectOf = (
  { view, time, key }: Pick<Question, 'view' | 'time' | 'key'>,
  { from, to, ...where }: Readonly<Partial<Record<string, string>>>,
): string => {
  const conditions = [
    ...(time ? rangeOf(time, from, to) : []),
    ...Object.entries(where).flatMap(([column, value]) => (value === undefined ? [] : [`${column} = ${literal(value)}`])),
  ];
  const narrowed = conditions.length > 0 ? `\nwhere ${conditions.join('\n  and ')}` : '';
  return `select * from reporting.${view}${narrowed}\norder by ${key.join(', ')};`;
};
