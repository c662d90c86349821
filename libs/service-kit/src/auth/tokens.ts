import { createHash } from 'node:crypto';
import { decodeJwt, errors, jwtVerify } from 'jose';
import { callerIn, ClaimUnreadable, type Caller, type ClaimNames } from './caller';
import { IssuerKeys, type IssuerKeysOptions } from './keys';

/** Why a token lets nobody in: stable codes. */
export type TokenFault = 'TOKEN_INVALID' | 'TOKEN_EXPIRED' | 'TOKEN_NOT_YET_VALID' | 'TOKEN_AUDIENCE_WRONG' | 'TOKEN_ISSUER_UNKNOWN';

export class TokenRefused extends Error {
  constructor(
    readonly code: TokenFault,
    message: string,
  ) {
    super(message);
  }
}

export interface TokensOptions extends Pick<IssuerKeysOptions, 'fetchJson' | 'now'> {
  readonly issuers: readonly string[];
  readonly jwksUrls: ReadonlyMap<string, string>;
  readonly audiences: readonly string[];
  readonly algorithms: readonly string[];
  readonly clockSkewSeconds: number;
  readonly claims: ClaimNames;
}

interface Seen {
  readonly caller: Caller;
  readonly until: number;
  readonly keys: IssuerKeys;
  readonly generation: number;
}

/** Tokens that were verified and are remembered; the oldest is forgotten first. */
const MOST = 10_000;
const LONGEST = 16_384;

const invalid = (message: string): TokenRefused => new TokenRefused('TOKEN_INVALID', message);

const ofClaim = (error: errors.JWTClaimValidationFailed): TokenRefused => {
  if (error.claim === 'aud')
    return new TokenRefused('TOKEN_AUDIENCE_WRONG', 'The token is for somebody else: its audience is not this API.');
  if (error.claim === 'nbf') return new TokenRefused('TOKEN_NOT_YET_VALID', 'The token is not valid yet.');
  return invalid(`Claim ${error.claim} of the token is missing or wrong.`);
};

/** A refusal of ours for one of jose's; anything else is no word about the token. */
const refusalFor = (error: unknown): unknown => {
  if (error instanceof errors.JWTExpired) return new TokenRefused('TOKEN_EXPIRED', 'The token has expired: get a new one.');
  if (error instanceof errors.JWTClaimValidationFailed) return ofClaim(error);
  if (error instanceof ClaimUnreadable) return invalid(`Claim ${error.claim} of the token cannot be read.`);
  return error instanceof errors.JOSEError ? invalid('The token is no JWT that its issuer has signed.') : error;
};

const issuerIn = (token: string): string | undefined => {
  try {
    return decodeJwt(token).iss;
  } catch (error) {
    throw invalid(`The token is no JWT${error instanceof errors.JOSEError ? '' : ' at all'}.`);
  }
};

const digestOf = (token: string): string => createHash('sha256').update(token).digest('base64');

/** Says whom a bearer token is of. What was verified is remembered until it expires or its issuer's keys are others. */
export class Tokens {
  private readonly seen = new Map<string, Seen>();
  private readonly keys: ReadonlyMap<string, IssuerKeys>;

  constructor(private readonly options: TokensOptions) {
    const { issuers, jwksUrls, fetchJson, now } = options;
    this.keys = new Map(issuers.map((issuer) => [issuer, new IssuerKeys({ issuer, jwksUrl: jwksUrls.get(issuer), fetchJson, now })]));
  }

  /** Whom a token is of that was verified before, and is still good. */
  remembered(token: string): Caller | undefined {
    const digest = digestOf(token);
    const seen = this.seen.get(digest);
    if (!seen) return undefined;
    if (this.options.now() < seen.until && seen.keys.isCurrent(seen.generation)) return seen.caller;
    this.seen.delete(digest);
    return undefined;
  }

  /** Throws `TokenRefused`, or `KeysAway` where nobody can say. */
  async verify(token: string): Promise<Caller> {
    if (token.length > LONGEST) throw invalid('The token is too long.');
    const issuer = issuerIn(token);
    const keys = issuer === undefined ? undefined : this.keys.get(issuer);
    if (issuer === undefined || !keys) throw new TokenRefused('TOKEN_ISSUER_UNKNOWN', 'The token is of an issuer that nobody here trusts.');
    try {
      return await this.verified(token, issuer, keys);
    } catch (error) {
      throw refusalFor(error);
    }
  }

  private async verified(token: string, issuer: string, keys: IssuerKeys): Promise<Caller> {
    const { audiences, algorithms, clockSkewSeconds, claims, now } = this.options;
    const { payload } = await jwtVerify(token, keys.keyOf, {
      issuer,
      audience: [...audiences],
      algorithms: [...algorithms],
      clockTolerance: clockSkewSeconds,
      currentDate: new Date(now()),
      requiredClaims: ['exp', 'sub'],
    });
    const until = ((payload.exp ?? 0) + clockSkewSeconds) * 1_000;
    const caller: Caller = { ...callerIn(payload, claims, this.suffixOf(issuer)), until };
    this.remember(token, { caller, until, keys, generation: keys.generation });
    return caller;
  }

  /** Subjects are unique within their issuer; those of the first one stand as they are. */
  private suffixOf(issuer: string): string {
    if (issuer === this.options.issuers[0]) return '';
    const { host, pathname } = new URL(issuer);
    return `@${host}${pathname.replace(/\/$/, '')}`;
  }

  private remember(token: string, seen: Seen): void {
    const [oldest] = this.seen.keys();
    if (this.seen.size >= MOST && oldest !== undefined) this.seen.delete(oldest);
    this.seen.set(digestOf(token), seen);
  }
}
