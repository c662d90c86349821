import { hasPassed } from '@cartage/eventsourcing';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';

/** The issuer cannot be asked for its keys, and none of it are known that are young enough. Says nothing of the token. */
export class KeysAway extends Error {
  constructor(issuer: string, options?: ErrorOptions) {
    super(`The keys of ${issuer} cannot be had.`, options);
  }
}

export interface IssuerKeysOptions {
  readonly issuer: string;
  /** Where its keys are; absent: where its discovery document says. */
  readonly jwksUrl?: string | undefined;
  /** The JSON at an address. */
  readonly fetchJson: (url: string) => Promise<unknown>;
  /** Milliseconds. */
  readonly now: () => number;
}

/** Keys are asked for again after this long: for so long a key that was withdrawn is still believed. */
const FRESH_MS = 5 * 60_000;
/** An issuer is not asked more often than this, whatever the tokens say and however often it fails. */
const PAUSE_MS = 5_000;
/** For so long its last keys are believed while it cannot be asked. */
const KEPT_MS = 60 * 60_000;

interface Known {
  readonly keyOf: JWTVerifyGetKey;
  readonly text: string;
  readonly at: number;
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;

/** The discovery document of an issuer: it must speak of this issuer. */
export const discovered = async ({ issuer, fetchJson }: Pick<IssuerKeysOptions, 'issuer' | 'fetchJson'>, name: string): Promise<string> => {
  const document = await fetchJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const found = field(document, name);
  if (field(document, 'issuer') === issuer && typeof found === 'string') return found;
  throw new Error(`The discovery document of ${issuer} is of another issuer, or names no ${name}.`);
};

/** The public keys of an issuer, which change: a new one is found when a token names it, one that was withdrawn is forgotten within minutes. */
export class IssuerKeys {
  /** Another number: the keys are others. */
  generation = 0;
  private known: Known | undefined;
  private triedAt = -Infinity;
  private trying: Promise<void> | undefined;
  private lastFailure: unknown;

  constructor(private readonly options: IssuerKeysOptions) {}

  /** What was verified by the keys of this generation still stands. */
  isCurrent(generation: number): boolean {
    return generation === this.generation && this.known !== undefined && !this.isDue();
  }

  /** For `jwtVerify`. */
  readonly keyOf: JWTVerifyGetKey = async (header, token) => {
    if (this.isDue()) await this.refresh();
    const first = this.trusted();
    try {
      return await first.keyOf(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await this.refresh();
      return this.trusted().keyOf(header, token);
    }
  };

  private isDue(): boolean {
    const now = this.options.now();
    return (
      (this.known === undefined || hasPassed(FRESH_MS, { since: this.known.at, now })) && hasPassed(PAUSE_MS, { since: this.triedAt, now })
    );
  }

  private trusted(): Known {
    const { issuer, now } = this.options;
    if (this.known && now() - this.known.at < KEPT_MS) return this.known;
    throw new KeysAway(issuer, { cause: this.lastFailure });
  }

  /** Once for all who wait for it. */
  private refresh(): Promise<void> {
    if (this.trying) return this.trying;
    if (!hasPassed(PAUSE_MS, { since: this.triedAt, now: this.options.now() })) return Promise.resolve();
    this.triedAt = this.options.now();
    this.trying = this.load().finally(() => (this.trying = undefined));
    return this.trying;
  }

  private async load(): Promise<void> {
    try {
      const { jwksUrl, fetchJson, now } = this.options;
      const set = await fetchJson(jwksUrl ?? (await discovered(this.options, 'jwks_uri')));
      const text = JSON.stringify(set);
      if (text !== this.known?.text) this.generation += 1;
      this.known = { keyOf: createLocalJWKSet(set as JSONWebKeySet), text, at: now() };
    } catch (error) {
      this.lastFailure = error;
    }
  }
}
