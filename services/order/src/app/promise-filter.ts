import { dueOf } from './views/promise-kept';

/** By what promises are reported. */
export const promiseDimensions = ['channel', 'location', 'method', 'month'] as const;
export type PromiseDimension = (typeof promiseDimensions)[number];

/** Which promises are spoken of; all that are given apply. */
export interface PromiseFilter {
  readonly channel?: string | undefined;
  /** That ships it, or a part of it. */
  readonly location?: string | undefined;
  readonly method?: string | undefined;
  /** In which it was due, UTC: `2026-11`. */
  readonly month?: string | undefined;
}

export interface PromiseReportQuery extends PromiseFilter {
  readonly by: PromiseDimension;
  readonly now: string;
  readonly after?: string | undefined;
  readonly limit: number;
}

export type Condition = readonly [text: string, ...values: readonly unknown[]];

/** Conditions with their values numbered from what was there before. */
export const whereOf = (conditions: readonly Condition[], values: unknown[]): string => {
  const numbered = ([text, ...given]: Condition): string => {
    let next = 0;
    return text.replaceAll('?', () => `$${values.push(given[next++])}`);
  };
  return conditions.map(numbered).join(' and ');
};

export const given = (text: string, value: unknown): readonly Condition[] => (value === undefined ? [] : [[text, value]]);

const firstOf = (month: string): readonly [string, string] => {
  const first = `${month}-01T00:00:00Z`;
  return [first, first];
};

export const filtered = ({ channel, location, method, month }: PromiseFilter): readonly Condition[] => [
  ...given('channel = ?', channel),
  ...given('locations @> to_jsonb(?::text)', location),
  ...given('method = ?', method),
  ...(month === undefined
    ? []
    : [[`${dueOf} >= ?::timestamptz and ${dueOf} < ?::timestamptz + interval '1 month'`, ...firstOf(month)] as const]),
];

/** A ship group that several locations ship counts at each of them. */
export const valueOf: Readonly<Record<PromiseDimension, string>> = {
  channel: 'channel',
  method: 'method',
  month: `to_char(due at time zone 'UTC', 'YYYY-MM')`,
  location: 'place.location',
};
