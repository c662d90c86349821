import { discovered } from './keys';
import type { AuthSettings } from './settings';

/** The token by which this process asks others; nothing where none is needed. */
export type TokenOf = () => Promise<string | undefined>;

/** The header of a request with it. */
export const bearer = (token: string | undefined): Readonly<Record<string, string>> =>
  token === undefined ? {} : { authorization: `Bearer ${token}` };

export interface MachineNeeds {
  readonly fetchJson: (url: string) => Promise<unknown>;
  /** Posts a form; the JSON of its answer. */
  readonly postForm: (url: string, form: URLSearchParams) => Promise<unknown>;
  readonly now: () => number;
}

type MachineSettings = Pick<
  AuthSettings,
  'AUTH' | 'AUTH_ISSUER' | 'AUTH_AUDIENCE' | 'AUTH_CLIENT_ID' | 'AUTH_CLIENT_SECRET' | 'AUTH_CLIENT_SCOPE'
>;

interface Held {
  readonly token: string;
  readonly until: number;
}

/** A token is not used in its last seconds: it would be refused on its way. */
const MARGIN_MS = 30_000;

const heldIn = (answer: unknown, now: number): Held => {
  const { access_token: token, expires_in: seconds } = answer as { readonly access_token?: unknown; readonly expires_in?: unknown };
  if (typeof token !== 'string') throw new Error('The issuer has answered without a token.');
  return { token, until: now + (typeof seconds === 'number' ? seconds * 1_000 : 60_000) - MARGIN_MS };
};

/** What a client shows an issuer. */
export interface ClientGrant {
  readonly issuer: string;
  readonly clientId: string;
  /** Asked whenever a token is: it may have been renewed. */
  readonly secret: () => string;
  readonly scope?: string | undefined;
  readonly audience?: string | undefined;
}

const formOf = ({ clientId, secret, scope, audience }: ClientGrant): URLSearchParams =>
  new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: secret(),
    ...(scope === undefined ? {} : { scope }),
    ...(audience === undefined ? {} : { audience }),
  });

/** Client credentials (RFC 6749, 4.4), kept until they expire, asked for once by however many wait. */
export const clientCredentials = (grant: ClientGrant, { fetchJson, postForm, now }: MachineNeeds): (() => Promise<string>) => {
  const { issuer } = grant;
  let held: Held | undefined;
  let asking: Promise<Held> | undefined;
  const ask = async (): Promise<Held> =>
    heldIn(await postForm(await discovered({ issuer, fetchJson }, 'token_endpoint'), formOf(grant)), now());
  return async () => {
    if (held && now() < held.until) return held.token;
    asking ??= ask().finally(() => (asking = undefined));
    held = await asking;
    return held.token;
  };
};

/** The token by which this process asks the services of SERVICE_URLS. */
export const machineToken = (settings: MachineSettings, needs: MachineNeeds): TokenOf => {
  const { AUTH, AUTH_ISSUER: [issuer] = [], AUTH_AUDIENCE: [audience] = [], AUTH_CLIENT_ID: clientId } = settings;
  if (AUTH !== 'oidc' || issuer === undefined || clientId === undefined) return () => Promise.resolve(undefined);
  const secret = (): string => settings.AUTH_CLIENT_SECRET ?? '';
  return clientCredentials({ issuer, clientId, secret, scope: settings.AUTH_CLIENT_SCOPE, audience: audience ?? '' }, needs);
};
