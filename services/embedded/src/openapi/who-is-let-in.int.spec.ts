import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scopes, startAll, type Route, type Running } from '@cartage/service-kit';
import { eventually, TestIssuer, testDatabase, type TestDatabase } from '@cartage/testkit';
import { services } from '../services';
import { operationsOf, type Document } from './document.fixture';

/* Every address of every service, as it was registered: one that is added tomorrow is walked tomorrow. */

const issuer = new TestIssuer();
let database: TestDatabase;
let running: Running;
jest.setTimeout(60_000);

beforeAll(async () => {
  [database] = await Promise.all([testDatabase(), issuer.start()]);
  const folder = mkdtempSync(join(tmpdir(), 'cartage-let-in-'));
  const kept = { MASTER_KEY_FILE: join(folder, 'master.key'), MAIL_FOLDER: folder };
  const limits = { RATE_LIMIT: '0', RATE_LIMIT_PUBLIC: '0' };
  running = await startAll(services, {
    environment: { DATABASE_URL: database.url, ...kept, ...limits, PORT: '0', LOG_LEVEL: 'fatal', ...issuer.settings },
  });
});

afterAll(async () => {
  await running.close();
  await Promise.all([database.drop(), issuer.stop()]);
});

const some = '0199a3c4-7b1e-7c3d-9f2a-000000000001';
const addressOf = ({ url }: Route): string =>
  url
    .replace(/:service\b/, 'order')
    .replace(/:\w+/g, some)
    .replace('*', 'index.html');

const nameOf = ({ method, url }: Pick<Route, 'method' | 'url'>): string => `${method} ${url}`;

interface Answer {
  readonly status: number;
  readonly code: unknown;
  readonly challenge: string;
}

/** Asked without a body: whoever is let in is told what is missing, and whoever is not is told nothing of it. */
const ask = async (route: Route, token?: string): Promise<Answer> => {
  const bearer = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(`${running.url}${addressOf(route)}`, { method: route.method, headers: bearer, redirect: 'manual' });
  const text = await response.text();
  const isProblem = response.headers.get('content-type')?.includes('problem+json') === true && text !== '';
  const { code } = isProblem ? (JSON.parse(text) as { readonly code: unknown }) : { code: undefined };
  return { status: response.status, code, challenge: response.headers.get('www-authenticate') ?? '' };
};

const guarded = (): readonly Route[] => running.routes.filter(({ reason }) => reason === undefined);
const open = (): readonly Route[] => running.routes.filter(({ reason }) => reason !== undefined);

/** Asks all of them; those that answer otherwise. */
const othersThan = async (routes: readonly Route[], token: string | undefined, expected: (route: Route, answer: Answer) => boolean) => {
  const wrong: string[] = [];
  for (const route of routes) {
    const answer = await ask(route, token);
    if (!expected(route, answer)) wrong.push(`${nameOf(route)}: ${answer.status} ${String(answer.code)}`);
  }
  return wrong;
};

const all = { scope: scopes.join(' ') };

describe('every address', () => {
  it('is walked', () => {
    expect(guarded().length).toBeGreaterThan(250);
    expect(guarded().filter(({ scope }) => !scopes.includes(scope))).toEqual([]);
  });

  it('but the public ones that the page names asks for a token', async () => {
    expect(await othersThan(guarded(), undefined, (_, { status, challenge }) => status === 401 && challenge.startsWith('Bearer'))).toEqual(
      [],
    );
    const page = readFileSync('docs/explanation/security.md', 'utf8');
    const named = [...page.matchAll(/^\| `([A-Z]+) (\/[^`]*)`/gm)].map(([, method = '', url = '']) => nameOf({ method, url }));
    expect(named.length).toBeGreaterThan(10);
    const found = open()
      .filter(({ method }) => method !== 'HEAD')
      .map(({ method, url }) => nameOf({ method, url: url.startsWith('/docs/') ? '/docs/*' : url }));
    expect([...new Set(found)].sort()).toEqual([...named].sort());
  });

  it.each<[string, string, () => Promise<string>]>([
    ['has expired', 'TOKEN_EXPIRED', () => issuer.token(all, { expiresIn: -90 })],
    ['is not valid yet', 'TOKEN_NOT_YET_VALID', () => issuer.token(all, { validIn: 90 })],
    ['is for somebody else', 'TOKEN_AUDIENCE_WRONG', () => issuer.token(all, { audience: 'billing' })],
    ['is of an unknown issuer', 'TOKEN_ISSUER_UNKNOWN', () => issuer.token(all, { issuer: 'https://login.example.org' })],
    ['is none', 'TOKEN_INVALID', () => Promise.resolve('a.b.c')],
  ])('refuses a token that %s', async (_, expected, tokenOf) => {
    const token = await tokenOf();
    const isRefused = ({ method }: Route, { status, code }: Answer): boolean => status === 401 && (method === 'HEAD' || code === expected);
    expect(await othersThan(guarded(), token, isRefused)).toEqual([]);
  });

  it('refuses a token that lacks the one scope that it demands, and names it', async () => {
    const lacking = new Map(
      await Promise.all(
        scopes.map(async (scope) => [scope, await issuer.token({ scope: scopes.filter((each) => each !== scope).join(' ') })] as const),
      ),
    );
    for (const scope of scopes) {
      const demanding = guarded().filter((route) => route.scope === scope);
      expect(demanding).not.toEqual([]);
      const isRefused = (_: Route, { status, challenge }: Answer): boolean => status === 403 && challenge.includes(`scope="${scope}"`);
      expect(await othersThan(demanding, lacking.get(scope), isRefused)).toEqual([]);
    }
  });

  it('shows nothing to a client of a channel that is not there, but what is the same for all', async () => {
    const token = await issuer.token({ ...all, channels: ['nowhere'] });
    const mine = guarded().filter(({ isShared, within = [] }) => isShared !== true && within.length === 0);
    const isHidden = ({ method }: Route, { status, code }: Answer): boolean =>
      (status === 403 && (method === 'HEAD' || code === 'CHANNEL_BOUND')) ||
      status === 404 ||
      status === 422 ||
      status === 400 ||
      status === 415;
    expect(await othersThan(mine, token, isHidden)).toEqual([]);
  });

  it('lets in who has the scope', async () => {
    const token = await issuer.token(all);
    const isLetIn = (_: Route, { status, challenge }: Answer): boolean =>
      status !== 401 && status !== 403 && challenge === '' && status < 500;
    expect(
      await othersThan(
        guarded().filter(({ method }) => method === 'GET'),
        token,
        isLetIn,
      ),
    ).toEqual([]);
  });
});

describe('an order of one channel', () => {
  const order = {
    customer: { id: 'c-1', name: 'Ada Miller', email: 'ada@example.org' },
    shipTo: { lines: ['1 High Street'], city: 'London', postalCode: 'EC1A 1BB', country: 'GB' },
    currency: 'GBP',
    lines: [{ lineId: '1', sku: 'MUG', quantity: 1, unitPrice: 1_000 }],
    payment: { method: 'card', token: 'tok_visa' },
  };
  const call = async (token: string, method: string, path: string, body?: object) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': 'k-1',
      'cartage-actor': 'ceo',
    };
    const response = await fetch(`${running.url}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    return { status: response.status, body: (await response.json()) as Readonly<Record<string, unknown>> };
  };

  const tokensOf = (): Promise<readonly string[]> =>
    Promise.all(
      [{ channels: ['market'] }, { channels: 'web' }, {}].map((more, i) => issuer.token({ ...all, sub: `client-${i}`, ...more })),
    );

  /** Every address that names an order, asked for this one by a client that it does not belong to. */
  const addressesThatShow = async (orderId: string, token: string): Promise<readonly string[]> => {
    const about = running.routes.filter(({ url, reason, method }) => reason === undefined && method !== 'HEAD' && url.includes(':orderId'));
    expect(about.length).toBeGreaterThan(30);
    const seen: string[] = [];
    for (const route of about) {
      const path = route.url.replace(':orderId', orderId).replace(':channel', 'market').replace(/:\w+/g, some);
      const { status } = await call(token, route.method, path, route.method === 'GET' ? undefined : {});
      if (status !== 404 && status !== 403) seen.push(`${nameOf(route)}: ${status}`);
    }
    return seen;
  };

  it('is there for its channel and the house, in every service, and for no other channel, nor in its lists', async () => {
    const [market = '', web = '', house = ''] = await tokensOf();
    const placed = await call(market, 'POST', '/orders', order);
    expect(placed.status).toBe(201);
    const { orderId } = placed.body as { readonly orderId: string };
    expect(await call(house, 'GET', `/orders/${orderId}`)).toMatchObject({ status: 200, body: { channel: 'market' } });
    const timeline = await call(market, 'GET', `/orders/${orderId}/timeline`);
    expect(timeline.body).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ step: 'placed', actor: 'client-0' })]),
    });
    for (const path of [`/orders/${orderId}`, `/payments/${orderId}`, `/returns/orders/${orderId}/eligible-lines`])
      await eventually(async () => expect(await call(market, 'GET', path)).toMatchObject({ status: 200 }), { withinMs: 20_000 });
    expect(await call(web, 'GET', `/payments/${orderId}`)).toMatchObject({ status: 404, body: { code: 'PAYMENT_UNKNOWN' } });
    const wanted = { orderId, lines: [{ lineId: '1', quantity: 1, reason: 'broken' }] };
    expect(await call(web, 'POST', '/returns', wanted)).toMatchObject({ status: 404, body: { code: 'ORDER_UNKNOWN' } });

    expect(await addressesThatShow(orderId, web)).toEqual([]);
    expect((await call(web, 'GET', '/orders')).body).toMatchObject({ items: [] });
    await eventually(async () => expect((await call(market, 'GET', '/orders')).body).toMatchObject({ items: [{ orderId }] }));
  });
});

describe('the OpenAPI document', () => {
  it('says of every operation which scope it demands, or that it is public', async () => {
    const document = (await (await fetch(`${running.url}/docs-json`)).json()) as Document;
    const demanded = new Map(running.routes.map((route) => [nameOf(route), route]));
    const told = operationsOf(document).map(({ path, method, operation }) => ({
      name: `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
      security: (operation as { readonly security?: unknown }).security,
    }));
    expect(told.length).toBeGreaterThan(250);
    for (const { name, security } of told) {
      const route = demanded.get(name);
      expect({ name, security }).toEqual({ name, security: route?.reason === undefined ? [{ login: [route?.scope] }] : [] });
    }
  });
});
