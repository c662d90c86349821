import type { Credentials, Schemas } from '../api/client';
import { challengeOf, loginAddress, unguessable } from './pkce';

type LoginPlace = NonNullable<Schemas['ConsoleTerms']['login']>;

/** What must be remembered while the browser is at the issuer's. Nothing of it opens anything by itself. */
interface Underway {
  readonly state: string;
  readonly verifier: string;
  /** Where the person wanted to go. */
  readonly path: string;
}

interface Endpoints {
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
}

interface Tokens {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly expires_in?: number;
}

export class LoginFailed extends Error {}

const UNDERWAY = 'cartage.login';
/** Renewed while it is still good: a request that is on its way must not find it expired. */
const EARLY_MS = 30_000;
const USUAL_SECONDS = 300;

const fetched = async <Body>(url: string, init?: RequestInit): Promise<Body> => {
  const response = await fetch(url, init);
  const body = (await response.json().catch(() => ({}))) as Body & { readonly error_description?: string; readonly error?: string };
  if (!response.ok) throw new LoginFailed(body.error_description ?? body.error ?? `${new URL(url).host}: ${response.status}`);
  return body;
};

/** Who is logged in. Tokens live in this page's memory and nowhere else: a reload asks the issuer again, which knows the person and does not ask them. */
export class Session implements Credentials {
  private tokens: (Tokens & { readonly until: number }) | undefined;
  private renewing: Promise<void> | undefined;

  constructor(
    private readonly place: LoginPlace,
    private readonly endpoints: Endpoints,
    private readonly redirectUri: string,
  ) {}

  async token(): Promise<string | undefined> {
    if (this.tokens && this.tokens.until - EARLY_MS < Date.now()) await this.renew();
    return this.tokens?.access_token;
  }

  refused(): void {
    void this.leave();
  }

  /** Back from the issuer: the code for the tokens. Answers where the person wanted to go. */
  async complete(returned: URLSearchParams): Promise<string> {
    const underway = JSON.parse(sessionStorage.getItem(UNDERWAY) ?? 'null') as Underway | null;
    sessionStorage.removeItem(UNDERWAY);
    if (underway === null || returned.get('state') !== underway.state) throw new LoginFailed('');
    const code = returned.get('code');
    if (code === null) throw new LoginFailed(returned.get('error_description') ?? returned.get('error') ?? '');
    await this.exchange({ grant_type: 'authorization_code', code, redirect_uri: this.redirectUri, code_verifier: underway.verifier });
    return underway.path;
  }

  /** To the issuer; this page ends. */
  async leave(): Promise<never> {
    const { pathname, search } = window.location;
    const underway: Underway = { state: unguessable(), verifier: unguessable(), path: pathname + search };
    sessionStorage.setItem(UNDERWAY, JSON.stringify(underway));
    const { clientId, scope, audience } = this.place;
    window.location.assign(
      loginAddress({
        ...{ authorizationEndpoint: this.endpoints.authorization_endpoint, clientId, scope, audience },
        ...{ redirectUri: this.redirectUri, state: underway.state, challenge: await challengeOf(underway.verifier) },
      }),
    );
    return new Promise(() => undefined);
  }

  private async exchange(asked: Readonly<Record<string, string>>): Promise<void> {
    const body = new URLSearchParams({ client_id: this.place.clientId, ...asked });
    const tokens = await fetched<Tokens>(this.endpoints.token_endpoint, { method: 'POST', body });
    // An issuer that gives no other refresh token goes on taking this one.
    this.tokens = { ...this.tokens, ...tokens, until: Date.now() + (tokens.expires_in ?? USUAL_SECONDS) * 1_000 };
  }

  /** Once, however many ask at the same time: an issuer that gives another refresh token each time takes none of them twice. */
  private renew(): Promise<void> {
    this.renewing ??= this.renewed().finally(() => (this.renewing = undefined));
    return this.renewing;
  }

  private async renewed(): Promise<void> {
    const refresh = this.tokens?.refresh_token;
    if (refresh === undefined) return this.leave();
    await this.exchange({ grant_type: 'refresh_token', refresh_token: refresh }).catch(() => this.leave());
  }
}

const nobody: Credentials = { token: () => Promise.resolve(undefined), refused: () => undefined };

const isReturning = (params: URLSearchParams): boolean => params.has('state') && (params.has('code') || params.has('error'));

/** Logs in where people have to; comes back only when somebody is, or nobody needs to be. */
export const openSession = async ({ login }: Schemas['ConsoleTerms'], base: string): Promise<Credentials> => {
  if (login === null) return nobody;
  const discovery = `${login.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const session = new Session(login, await fetched<Endpoints>(discovery), `${window.location.origin}${base}`);
  const returned = new URLSearchParams(window.location.search);
  if (!isReturning(returned)) return session.leave();
  window.history.replaceState(null, '', await session.complete(returned));
  return session;
};
