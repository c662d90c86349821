import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JSONWebKeySet, type JWTPayload } from 'jose';

export interface TokenOptions {
  readonly issuer?: string;
  readonly audience?: string;
  /** Seconds from now; negative: it was over then. */
  readonly expiresIn?: number;
  /** Seconds from now. */
  readonly validIn?: number;
  /** The key that signs it; absent: the newest. */
  readonly kid?: string;
}

const seconds = (): number => Math.floor(Date.now() / 1_000);

const answer = (response: ServerResponse, body: unknown, status = 200): void =>
  void response.writeHead(status, { 'Content-Type': 'application/json', 'Access-Control-Allow-Origin': '*' }).end(JSON.stringify(body));

/** What somebody asked for who is on their way through the login: whoever has the code must know what it was asked with (RFC 7636). */
interface Asked {
  readonly challenge: string;
  readonly redirectUri: string;
}

const textOf = async (request: IncomingMessage): Promise<string> => {
  request.setEncoding('utf8');
  return (await request.toArray()).join('');
};

/** An OIDC issuer on the loopback, as specs need it: discovery, keys that change, tokens of any content, client credentials, and a login of somebody whom it knows already. */
export class TestIssuer {
  /** How often its keys were asked for. */
  keysAsked = 0;
  /** How often a client asked for a token. */
  tokensAsked = 0;
  /** Who logs in. */
  person: JWTPayload = { sub: 'somebody' };
  private readonly codes = new Map<string, Asked>();
  /** It answers nothing but errors. */
  isAway = false;
  readonly audience = 'cartage';
  private readonly pairs = new Map<string, { readonly sign: CryptoKey; readonly check: CryptoKey }>();
  private published: readonly string[] = [];
  private server: Server | undefined;

  async start(): Promise<this> {
    await this.rotate();
    this.server = createServer((request, response) => void this.answer(request, response));
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  async stop(): Promise<void> {
    this.server?.close();
    this.server?.closeAllConnections();
    if (this.server) await once(this.server, 'close');
  }

  /** As `iss` has it. */
  get url(): string {
    return `http://127.0.0.1:${(this.server?.address() as AddressInfo | null)?.port ?? 0}`;
  }

  /** What a process needs to be told to believe it. */
  get settings(): Readonly<Record<string, string>> {
    return { AUTH: 'oidc', AUTH_ISSUER: this.url, AUTH_AUDIENCE: this.audience };
  }

  /** Signs with a new key from now on; those before stay published. */
  async rotate(): Promise<string> {
    const kid = `key-${this.pairs.size + 1}`;
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    this.pairs.set(kid, { sign: privateKey, check: publicKey });
    this.published = [...this.published, kid];
    return kid;
  }

  /** A key that is not to be believed any more. */
  withdraw(kid: string): void {
    this.published = this.published.filter((each) => each !== kid);
  }

  async token(claims: JWTPayload, options: TokenOptions = {}): Promise<string> {
    const { kid = [...this.pairs.keys()].at(-1) ?? '', ...said } = options;
    const pair = this.pairs.get(kid);
    if (!pair) throw new Error(`There is no key ${kid}.`);
    return this.unsigned(claims, said).setProtectedHeader({ alg: 'ES256', kid }).sign(pair.sign);
  }

  private unsigned(claims: JWTPayload, { issuer = this.url, audience = this.audience, expiresIn = 300, validIn }: TokenOptions): SignJWT {
    const token = new SignJWT({ sub: 'somebody', ...claims })
      .setIssuer(issuer)
      .setIssuedAt()
      .setAudience(audience)
      .setExpirationTime(seconds() + expiresIn);
    return validIn === undefined ? token : token.setNotBefore(seconds() + validIn);
  }

  async keys(): Promise<JSONWebKeySet> {
    const keys = this.published.map(async (kid) => {
      const pair = this.pairs.get(kid);
      return pair ? [{ ...(await exportJWK(pair.check)), kid, alg: 'ES256', use: 'sig' }] : [];
    });
    return { keys: (await Promise.all(keys)).flat() };
  }

  /** The person is known already and is sent straight back, with a code. */
  private logIn(asked: URLSearchParams, response: ServerResponse): void {
    const [code, redirectUri] = [randomUUID(), asked.get('redirect_uri') ?? ''];
    if (asked.get('code_challenge_method') !== 'S256') return answer(response, { error: 'invalid_request' }, 400);
    this.codes.set(code, { challenge: asked.get('code_challenge') ?? '', redirectUri });
    const back = new URL(redirectUri);
    back.searchParams.set('code', code);
    back.searchParams.set('state', asked.get('state') ?? '');
    response.writeHead(302, { location: back.href }).end();
  }

  /** Each code is good once, for whoever proves to be the one who asked. */
  private async exchange(form: URLSearchParams, response: ServerResponse): Promise<void> {
    const asked = this.codes.get(form.get('code') ?? '');
    this.codes.delete(form.get('code') ?? '');
    const proof = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (asked?.challenge !== proof || asked.redirectUri !== form.get('redirect_uri'))
      return answer(response, { error: 'invalid_grant' }, 400);
    answer(response, { access_token: await this.token(this.person), expires_in: 300 });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname: path, searchParams } = new URL(request.url ?? '/', this.url);
    if (this.isAway) return answer(response, {}, 503);
    if (path === '/authorize') return this.logIn(searchParams, response);
    if (path === '/.well-known/openid-configuration')
      return answer(response, {
        issuer: this.url,
        jwks_uri: `${this.url}/keys`,
        token_endpoint: `${this.url}/token`,
        authorization_endpoint: `${this.url}/authorize`,
      });
    if (path === '/token') {
      const form = new URLSearchParams(await textOf(request));
      if (form.get('grant_type') === 'authorization_code') return this.exchange(form, response);
      this.tokensAsked += 1;
      return answer(response, { access_token: await this.token({ sub: 'machine', scope: 'operations:read' }), expires_in: 300 });
    }
    if (path !== '/keys') return answer(response, {}, 404);
    this.keysAsked += 1;
    answer(response, await this.keys());
  }
}
