import type { Reason } from '@cartage/contracts';
import type { Units } from '../domain/lines';

/** What an event says to a person who follows the order. */
export interface Words {
  /** Of the vocabulary: `placed`, `allocated`, `packed`, `in-transit`, `delivered`, `return-received` … */
  readonly step: string;
  /** When it happened, by the clock of whoever told it. */
  readonly at: string;
  readonly detail?: string;
  /** The lines that it concerns; absent: the whole order, or all that is in the parcel. */
  readonly lines?: Units;
}

export const said = (...texts: readonly (string | undefined)[]): { readonly detail?: string } => {
  const there = texts.filter((text) => text !== undefined);
  return there.length > 0 ? { detail: there.join(' ') } : {};
};
export const money = ({ amount, currency }: { readonly amount: number; readonly currency: string }): string =>
  `${amount} ${currency} (minor units)`;
export const why = ({ code, detail, by }: Reason): string => `by ${by}: ${code}${detail === undefined ? '' : ` (${detail})`}`;
export const scored = ({ score, rules }: { readonly score: number; readonly rules: string }): string => `score ${score} by rules ${rules}`;
/** When goods are expected that lines wait for: the first and the last of their dates, and whether it is not known of some. */
export const expected = (lines: readonly { readonly promisedAt?: string }[]): string => {
  const dates = lines.flatMap(({ promisedAt }) => promisedAt ?? []).toSorted();
  const [first, last] = [dates.at(0), dates.at(-1)];
  if (first === undefined || last === undefined) return 'nobody knows when';
  const span = first === last ? `expected ${first}` : `expected ${first} to ${last}`;
  return dates.length < lines.length ? `${span}, of ${lines.length - dates.length} lines nobody knows when` : span;
};
export const requested = (short: readonly { readonly lineId: string; readonly requested: number }[]): Units =>
  short.map(({ lineId, requested: quantity }) => ({ lineId, quantity }));
