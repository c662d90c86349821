import type { Envelope, PublicEvent } from '@cartage/contracts';
import { begins, type Count } from './count';
import type { Role } from './rule-index';

/** What of a published event the audit looks at: `Envelope` has all of it. */
export type Heard = Pick<Envelope, 'id' | 'topic' | 'subject' | 'key' | 'time' | 'sequence'> & PublicEvent;

/** A fact, as it is remembered. */
export interface Stamp {
  readonly id: string;
  readonly type: string;
  readonly at: string;
}

/** All that is known of one rule about one thing. Each field only ever takes the earliest fact, or the latest deadline: in whatever order facts come, and however often, it ends the same. */
export type Entry = { readonly [Known in Role]?: Stamp } & {
  /** ISO 8601; `never`: it may wait for as long as it takes. */
  readonly due?: string;
  /** What the cause consists of, where each of these may be excused. */
  readonly parts?: readonly string[];
};

/** What there is of something that may be there once. */
export interface Claims {
  /** The fact that brought each of them, the earliest. */
  readonly things: { readonly [thing: string]: Stamp };
  readonly undone: readonly string[];
  readonly again: readonly string[];
}

/** Everything that the audit knows of one order, or of one other thing that has a key of its own. Plain data. */
export interface Book {
  /** The order id; of what belongs to no order, the subject (`Envelope.key`). */
  readonly key: string;
  /** By `<rule>|<about>`. */
  readonly entries: { readonly [key: string]: Entry };
  readonly claims: { readonly [key: string]: Claims };
  /** By `<topic> <subject>`: how far its events have been heard. */
  readonly counts: { readonly [key: string]: Count };
  /** The time of the latest fact. */
  readonly last: string;
  /** Its entries and claims were dropped after it had been settled for long: causes are not looked for any more. */
  readonly forgotten?: true;
}

export const NEVER = 'never';

export const emptyBook = (key: string): Book => ({ key, entries: {}, claims: {}, counts: {}, last: begins });

export const keyOf = (rule: string, about: string): string => `${rule}|${about}`;

export const parted = (key: string): readonly [rule: string, about: string] => {
  const bar = key.indexOf('|');
  return [key.slice(0, bar), key.slice(bar + 1)];
};

const isBefore = (one: Stamp, other: Stamp): boolean => one.at < other.at || (one.at === other.at && one.id < other.id);

export const earlier = (one: Stamp | undefined, other: Stamp): Stamp => (one === undefined || isBefore(other, one) ? other : one);

export const earliest = (...stamps: readonly (Stamp | undefined)[]): Stamp | undefined =>
  stamps.reduce((first, each) => (each ? earlier(first, each) : first), undefined);

/** `never` is after every time. */
export const later = (one: string | undefined, other: string): string => (one === undefined || other > one ? other : one);
