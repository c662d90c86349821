import type { JWTPayload } from 'jose';

/** Who was let in. */
export interface Caller {
  /** Stands in every event that follows, and is what keys and limits belong to. */
  readonly actor: string;
  readonly scopes: ReadonlySet<string>;
  /** It belongs to these channels, and sees their orders only; absent: to none, and sees all. */
  readonly channels?: ReadonlySet<string>;
  /** It works at these locations only; absent: at any. */
  readonly locations?: ReadonlySet<string>;
  /** So long the token is good, in milliseconds of the clock; absent: whoever asks what is public needs none. */
  readonly until?: number;
}

/** Which claims say what. */
export interface ClaimNames {
  readonly scopes: readonly string[];
  readonly channels: string;
  readonly locations: string;
}

/** A token that is genuine and cannot be understood. */
export class ClaimUnreadable extends Error {
  constructor(readonly claim: string) {
    super(`Claim ${claim} is not as it should be.`);
  }
}

/** Texts, or one text with blanks between. */
const wordsIn = (claims: JWTPayload, name: string): readonly string[] | undefined => {
  const value = claims[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value.split(' ').filter((word) => word !== '');
  if (Array.isArray(value) && value.every((word) => typeof word === 'string')) return value as readonly string[];
  throw new ClaimUnreadable(name);
};

const setIn = (claims: JWTPayload, name: string): ReadonlySet<string> | undefined => {
  const words = wordsIn(claims, name);
  return words && new Set(words);
};

/** As long as an actor in an event may be. */
const actors = /^[\x21-\x7e]{1,200}$/;

/** What a token says. `from` tells the subjects of one issuer from those of another. */
export const callerIn = (claims: JWTPayload, names: ClaimNames, from: string): Caller => {
  const actor = `${claims.sub ?? ''}${from}`;
  if (!claims.sub || !actors.test(actor)) throw new ClaimUnreadable('sub');
  const channels = setIn(claims, names.channels);
  const locations = setIn(claims, names.locations);
  return {
    actor,
    scopes: new Set(names.scopes.flatMap((name) => wordsIn(claims, name) ?? [])),
    ...(channels ? { channels } : {}),
    ...(locations ? { locations } : {}),
  };
};

/** Whoever asks what is public. */
export const anybody: Caller = { actor: 'anybody', scopes: new Set() };

const callers = new WeakMap<object, Caller>();

/** Notes whom a request is from. */
export const admit = (request: object, caller: Caller): void => void callers.set(request, caller);

/** Whom a request is from; nothing where nobody checks callers. */
export const callerOf = (request: object): Caller | undefined => callers.get(request);
