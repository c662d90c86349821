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

const formOf = ({ AUTH_CLIENT_ID, AUTH_CLIENT_SECRET, AUTH_CLIENT_SCOPE, AUTH_AUDIENCE }: MachineSettings): URLSearchParams =>
  new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: AUTH_CLIENT_ID ?? '',
    client_secret: AUTH_CLIENT_SECRET ?? '',
    scope: AUTH_CLIENT_SCOPE,
    audience: AUTH_AUDIENCE?.[0] ?? '',
  });

/** Client credentials (RFC 6749, 4.4), kept until they expire, asked for once by however many wait. */
export const machineToken = (settings: MachineSettings, { fetchJson, postForm, now }: MachineNeeds): TokenOf => {
  const { AUTH, AUTH_ISSUER: [issuer] = [], AUTH_CLIENT_ID } = settings;
  if (AUTH !== 'oidc' || issuer === undefined || AUTH_CLIENT_ID === undefined) return () => Promise.resolve(undefined);
  let held: Held | undefined;
  let asking: Promise<Held> | undefined;
  const ask = async (): Promise<Held> =>
    heldIn(await postForm(await discovered({ issuer, fetchJson }, 'token_endpoint'), formOf(settings)), now());
  return async () => {
    if (held && now() < held.until) return held.token;
    asking ??= ask().finally(() => (asking = undefined));
    held = await asking;
    return held.token;
  };
};
