import { isIP } from 'node:net';
import { EnvError, makeValidator, str } from 'envalid';
import { StartFailure } from '../start/failure';
import type { SettingsSpec } from '../settings/settings';

/** Who checks callers: nobody, the gateway in front, or the process itself. */
export type Auth = 'none' | 'upstream' | 'oidc';

export interface AuthSettings {
  readonly AUTH: Auth;
  readonly AUTH_ISSUER: readonly string[] | undefined;
  readonly AUTH_AUDIENCE: readonly string[] | undefined;
  readonly AUTH_JWKS: ReadonlyMap<string, string> | undefined;
  readonly AUTH_ALGORITHMS: readonly string[];
  readonly AUTH_CLOCK_SKEW_SECONDS: number;
  readonly AUTH_SCOPE_CLAIMS: readonly string[];
  readonly AUTH_CHANNELS_CLAIM: string;
  readonly AUTH_LOCATIONS_CLAIM: string;
  readonly AUTH_CLIENT_ID: string | undefined;
  readonly AUTH_CLIENT_SECRET: string | undefined;
  readonly AUTH_CLIENT_SCOPE: string;
  readonly RATE_LIMIT: number;
  readonly RATE_LIMIT_PUBLIC: number;
  readonly TRUSTED_PROXIES: readonly string[] | undefined;
  readonly CORS_ORIGINS: readonly string[] | undefined;
}

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || (isIP(host) === 4 && host.startsWith('127.'));

const partsOf = (input: string): readonly string[] =>
  input
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

const listOf = (fits: (part: string) => boolean) =>
  makeValidator<readonly string[]>((input) => {
    const list = partsOf(input);
    if (list.length > 0 && list.every(fits)) return list;
    throw new EnvError('not such a list');
  });

/** Keys that come unsealed over a network are anybody's. */
export const isSafeUrl = (text: string): boolean => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && url.search === '' && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)));
};

const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text;

const isNetwork = (text: string): boolean => {
  const [address = '', bits = '0', ...more] = text.split('/');
  return more.length === 0 && isIP(address) !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (isIP(address) === 4 ? 32 : 128);
};

const keySets = makeValidator<ReadonlyMap<string, string>>((input) => {
  const pairs = partsOf(input).map((part) => part.split('=', 2) as [string, string?]);
  const known = pairs.flatMap(([issuer, url]) => (url !== undefined && isSafeUrl(url) ? [[issuer, url] as const] : []));
  if (known.length === pairs.length) return new Map(known);
  throw new EnvError('not a list of issuers and their key sets');
});

/** Signed by the issuer alone. A shared secret, or no signature at all, would let whoever checks tokens make them. */
const asymmetric: ReadonlySet<string> = new Set([
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'],
  ...['EdDSA', 'Ed25519'],
]);

const claimName = makeValidator<string>((input) => {
  if (/^[\x21-\x7e]{1,200}$/.test(input)) return input;
  throw new EnvError('not a name of a claim');
});

const aMinute = makeValidator<number>((input) => {
  const value = Number(input);
  if (Number.isInteger(value) && value >= 0 && value <= 10_000_000) return value;
  throw new EnvError('out of range');
});

const skew = makeValidator<number>((input) => {
  const value = Number(input);
  if (Number.isInteger(value) && value >= 0 && value <= 300) return value;
  throw new EnvError('out of range');
});

const loginSpec: SettingsSpec<
  Pick<AuthSettings, 'AUTH' | 'AUTH_ISSUER' | 'AUTH_AUDIENCE' | 'AUTH_JWKS' | 'AUTH_ALGORITHMS' | 'AUTH_CLOCK_SKEW_SECONDS'>
> = {
  AUTH: str<Auth>({
    desc: 'who checks callers: the process itself, by bearer tokens (oidc); nobody (none, only on a loopback HOST); or a gateway that alone can reach the port and whose word is taken (upstream).',
    choices: ['none', 'oidc', 'upstream'],
    default: 'none',
  }),
  AUTH_ISSUER: listOf(isSafeUrl)({
    desc: 'whose tokens are believed, with AUTH=oidc: issuers exactly as `iss` has them, https, parted by commas.',
    default: undefined,
    example: 'https://login.example.com/realms/shop',
  }),
  AUTH_AUDIENCE: listOf((part) => /^[\x21-\x7e]{1,500}$/.test(part))({
    desc: 'what this API is called in `aud` of a token, with AUTH=oidc; several parted by commas.',
    default: undefined,
    example: 'https://orders.example.com',
  }),
  AUTH_JWKS: keySets({
    desc: 'where issuers keep their keys, if their discovery document is not to be asked: <issuer>=<address> parted by commas.',
    default: undefined,
    example: 'https://login.example.com/realms/shop=https://login.example.com/keys.json',
  }),
  AUTH_ALGORITHMS: listOf((part) => asymmetric.has(part))({
    desc: 'which signatures are taken, parted by commas; asymmetric ones only.',
    default: ['RS256', 'PS256', 'ES256', 'EdDSA'],
    example: 'RS256',
  }),
  AUTH_CLOCK_SKEW_SECONDS: skew({ desc: 'how far the issuer’s clock may be from ours, 0 to 300 seconds.', default: 30 }),
};

const claimsSpec: SettingsSpec<Pick<AuthSettings, 'AUTH_SCOPE_CLAIMS' | 'AUTH_CHANNELS_CLAIM' | 'AUTH_LOCATIONS_CLAIM'>> = {
  AUTH_SCOPE_CLAIMS: listOf((part) => part.length <= 200)({
    desc: 'the claims that hold scopes, as a list or as one text; all that are there count.',
    default: ['scope', 'scp', 'roles', 'permissions'],
    example: 'scope,roles',
  }),
  AUTH_CHANNELS_CLAIM: claimName({
    desc: 'the claim that names the channels a client belongs to: it sees their orders only. A client without it sees all.',
    default: 'channels',
    example: 'https://orders.example.com/channels',
  }),
  AUTH_LOCATIONS_CLAIM: claimName({
    desc: 'the claim that names the locations somebody works at: what names another one is not there for them. Without it: any.',
    default: 'locations',
  }),
};

const clientSpec: SettingsSpec<Pick<AuthSettings, 'AUTH_CLIENT_ID' | 'AUTH_CLIENT_SECRET' | 'AUTH_CLIENT_SCOPE'>> = {
  AUTH_CLIENT_ID: str({
    desc: 'the machine client by which this process asks the services of SERVICE_URLS (client credentials of the first AUTH_ISSUER).',
    default: undefined,
    example: 'cartage',
  }),
  AUTH_CLIENT_SECRET: str({ desc: 'its secret.', default: undefined }),
  AUTH_CLIENT_SCOPE: str({
    desc: 'the scope that is asked for with it.',
    default: 'operations:read orders:personal',
    example: 'api://cartage/.default',
  }),
};

const limitsSpec: SettingsSpec<Pick<AuthSettings, 'RATE_LIMIT' | 'RATE_LIMIT_PUBLIC' | 'TRUSTED_PROXIES' | 'CORS_ORIGINS'>> = {
  RATE_LIMIT: aMinute({
    desc: 'requests a minute that a process takes from one client, with AUTH=oidc; 0: as many as come.',
    default: 60_000,
  }),
  RATE_LIMIT_PUBLIC: aMinute({
    desc: 'requests a minute that a process takes from one address without a token that is known to it, with AUTH=oidc; 0: as many as come.',
    default: 6_000,
  }),
  TRUSTED_PROXIES: listOf(isNetwork)({
    desc: 'addresses of gateways in front, whose `X-Forwarded-For` says who asks: networks parted by commas. Absent: nobody’s word is taken.',
    default: undefined,
    example: '10.0.0.0/8',
  }),
  CORS_ORIGINS: listOf(isOrigin)({
    desc: 'web pages that may ask from a browser: origins parted by commas. Absent: none.',
    default: undefined,
    example: 'https://desk.example.com',
  }),
};

/** Who is let in. */
export const authSpec: SettingsSpec<AuthSettings> = { ...loginSpec, ...claimsSpec, ...clientSpec, ...limitsSpec };

const isMissing = (settings: AuthSettings): readonly string[] => [
  ...(settings.AUTH_ISSUER
    ? []
    : ['Setting AUTH_ISSUER is missing: AUTH=oidc needs to know whose tokens are believed. Name the issuer as `iss` has it.']),
  ...(settings.AUTH_AUDIENCE
    ? []
    : ['Setting AUTH_AUDIENCE is missing: AUTH=oidc needs to know what this API is called in `aud`; tokens for other APIs are refused.']),
];

const strangers = ({ AUTH_JWKS, AUTH_ISSUER = [] }: AuthSettings): readonly string[] =>
  [...(AUTH_JWKS?.keys() ?? [])]
    .filter((issuer) => !AUTH_ISSUER.includes(issuer))
    .map((issuer) => `Setting AUTH_JWKS is wrong: ${issuer} is none of AUTH_ISSUER. Name it there, too, or leave it out.`);

/** Refuses what would let in whoever comes. */
export const requireGuarded = (settings: AuthSettings & { readonly HOST: string }): void => {
  const { AUTH, HOST } = settings;
  if (AUTH === 'none' && !isLoopback(HOST))
    throw new StartFailure([
      `Setting AUTH is wrong: "none" lets anybody in who can reach HOST ${JSON.stringify(HOST)}. ` +
        'Set AUTH=oidc with AUTH_ISSUER and AUTH_AUDIENCE, AUTH=upstream behind a gateway that checks callers, or HOST=127.0.0.1.',
    ]);
  const lines = AUTH === 'oidc' ? [...isMissing(settings), ...strangers(settings)] : [];
  if (lines.length > 0) throw new StartFailure(lines);
};
