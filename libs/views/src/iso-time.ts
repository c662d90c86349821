/** SQL for a time as answers tell it: ISO 8601 in UTC, to the millisecond, or (`US`) to the microsecond, as Postgres keeps it and a cursor must. */
export const isoTime = (column: string, digits: 'MS' | 'US' = 'MS'): string =>
  `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.${digits}"Z"')`;
