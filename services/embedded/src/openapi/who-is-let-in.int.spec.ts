import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scopes, startAll, type Route, type Running } from '@cartage/service-kit';
import { eventually, TestIssuer, testDatabase, type TestDatabase } from '@cartage/testkit';
import { services } from '../services';
import { everythingAt, everythingOf, openShop, type Things } from './belonging.calls.fixture';
import { callsTo, orderOf, type Calls, type Json } from './calls.fixture';
import { comparedWith, operationsOf, type Document } from './document.fixture';

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

type Who = 'market' | 'web' | 'house' | 'ldn' | 'par' | 'man';
const tokens = new Map<Who, string>();
let compared: ReturnType<typeof comparedWith>;

const callsOf = (who: Who): Calls => callsTo(() => ({ url: running.url, compared, token: tokens.get(who) ?? '' }));

const answerTo = async (who: Who, method: string, path: string, body?: object) => {
  const headers = { authorization: `Bearer ${tokens.get(who)}`, 'content-type': 'application/json', 'idempotency-key': 'k-1' };
  const response = await fetch(`${running.url}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  const text = await response.text();
  return { status: response.status, body: /^[{[]/.test(text) ? (JSON.parse(text) as Json) : {} };
};

/** Addresses that name one of these things. */
const about = (things: Things): readonly (Route & { readonly path: string })[] =>
  guarded()
    .filter(({ method, url }) => method !== 'HEAD' && Object.keys(things).some((name) => url.split('/').includes(`:${name}`)))
    .map((route) => ({
      ...route,
      path: addressOf({ ...route, url: route.url.replace(/:(\w+)/g, (param, name: string) => things[name] ?? param) }),
    }));

/** Those of them that show somebody anything of the things. */
const shownTo = async (who: Who, things: Things): Promise<readonly string[]> => {
  const seen: string[] = [];
  for (const route of about(things)) {
    const { status } = await answerTo(who, route.method, route.path, route.method === 'GET' ? undefined : {});
    if (status !== 404 && status !== 403) seen.push(`${nameOf(route)}: ${status}`);
  }
  return seen;
};

/** Those of them that somebody may not so much as look at. */
const refusedTo = async (who: Who, things: Things): Promise<readonly string[]> => {
  const refused: string[] = [];
  for (const route of about(things).filter(({ method }) => method === 'GET')) {
    const { status } = await answerTo(who, 'GET', route.path);
    if (status === 403 || status >= 500) refused.push(`${nameOf(route)}: ${status}`);
  }
  return refused;
};

const listsWithin = (field: 'query.channel' | 'query.location'): readonly string[] =>
  guarded().flatMap(({ method, url, within = [] }) => (method === 'GET' && url !== '/stream' && within.includes(field) ? [url] : []));

/** What of a list somebody sees, by one of its fields. */
const seenBy = async (who: Who, url: string, field: string): Promise<readonly unknown[]> => [
  ...new Set((await callsOf(who).itemsOf(url)).map((item) => item[field])),
];

beforeAll(async () => {
  compared = comparedWith((await (await fetch(`${running.url}/docs-json`)).json()) as Document);
  const claims: Readonly<Record<Who, object>> = {
    ...{ market: { channels: ['market'] }, web: { channels: 'web' }, house: {} },
    ...{ ldn: { locations: ['LDN'] }, par: { locations: ['PAR'] }, man: { locations: ['MAN'] } },
  };
  for (const [who, claim] of Object.entries(claims)) tokens.set(who as Who, await issuer.token({ ...all, sub: `of-${who}`, ...claim }));
});

/** Of an order of which something came back. */
let cameBack: Things = {};

describe('what follows from an order of a channel', () => {
  let things: Things;
  let orderOfWeb: unknown;

  beforeAll(async () => {
    await openShop(callsOf('house'), 'market');
    things = { channel: 'market', ...(await everythingOf(callsOf('house'), callsOf('market'))) };
    cameBack = things;
    orderOfWeb = (await callsOf('web').post('/orders', orderOf(1_000)))['orderId'];
  });

  it('is sold in the name of its channel, by whoever the token is of', async () => {
    const path = `/orders/${things['orderId']}`;
    expect(await callsOf('house').get(path)).toMatchObject({ channel: 'market' });
    const timeline = await callsOf('market').get(`${path}/timeline`);
    expect(timeline).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ step: 'placed', actor: 'of-market' })]) });
  });

  it.each([
    ...['/orders/:orderId', '/payments/:orderId', '/fulfillment/orders/:orderId', '/fulfillment/decisions/:decisionId'],
    ...['/shipping/shipments/:shipmentId', '/returns/:returnId', '/returns/claims/:claimId', '/notifications/:messageId'],
  ])('is shown to its channel and to the house: %s', async (url) => {
    const path = url.replace(/:(\w+)/, (_, name: string) => things[name] ?? '');
    for (const who of ['market', 'house'] as const) expect(await answerTo(who, 'GET', path)).toMatchObject({ status: 200 });
    expect(await answerTo('web', 'GET', path)).toMatchObject({ status: 404, body: { code: expect.stringMatching(/_UNKNOWN$/) } });
  });

  it('is not there for another channel, at any address of any service', async () => {
    expect(about(things).length).toBeGreaterThan(110);
    const wanted = { orderId: things['orderId'], lines: [{ lineId: '1', quantity: 1, reason: 'broken' }] };
    expect(await answerTo('web', 'POST', '/returns', wanted)).toMatchObject({ status: 404, body: { code: 'ORDER_UNKNOWN' } });
    expect(await shownTo('web', things)).toEqual([]);
  });

  it('is refused to its channel at no address where it is shown, but for what carriers owe the house, and what its audit expects', async () =>
    expect((await refusedTo('market', things)).toSorted()).toEqual([
      'GET /audit/orders/:orderId: 403',
      'GET /shipping/claims/:claimId: 403',
    ]));

  it('is in the lists of its channel, and in those of no other', async () => {
    expect(listsWithin('query.channel').toSorted()).toEqual(
      [
        ...['/orders', '/payments', '/payments/reviews', '/payments/chargebacks', '/payments/invoices', '/fulfillment/fulfillments'],
        ...['/shipping/shipments', '/returns', '/returns/claims', '/returns/exchanges', '/notifications'],
      ].sort(),
    );
    for (const url of listsWithin('query.channel')) {
      const isEmpty = url.endsWith('/reviews') || url.endsWith('/exchanges');
      const mine = isEmpty ? [] : [things['orderId']];
      await eventually(async () => expect({ url, of: await seenBy('market', url, 'orderId') }).toEqual({ url, of: mine }), {
        withinMs: 20_000,
      });
      expect([[], [orderOfWeb]]).toContainEqual(await seenBy('web', url, 'orderId'));
    }
    await eventually(async () => expect(await seenBy('web', '/shipping/shipments', 'orderId')).toEqual([orderOfWeb]), { withinMs: 20_000 });
  });
});

describe('what is at a location', () => {
  let things: Things;
  beforeAll(async () => {
    things = await everythingAt(callsOf('house'), 'LDN', 'PAR');
  });

  it('is shown to its staff: shipments, waves with their pick lists, counts, transfers, fulfilments', async () => {
    for (const path of ['shipping/shipments/:shipmentId', 'shipping/waves/:waveId', 'shipping/waves/:waveId/pick-list.pdf'])
      expect(await answerTo('ldn', 'GET', `/${path.replace(/:(\w+)/, (_, name: string) => things[name] ?? '')}`)).toMatchObject({
        status: 200,
      });
    expect(await answerTo('ldn', 'GET', `/inventory/counts/${things['countId']}`)).toMatchObject({ status: 200 });
    for (const who of ['ldn', 'par'] as const)
      expect(await answerTo(who, 'GET', `/inventory/transfers/${things['transferId']}`)).toMatchObject({ status: 200 });
    expect(await refusedTo('ldn', things)).toEqual([]);
  });

  it('is not there for the staff of another, at any address of any service', async () => {
    expect(about(things).length).toBeGreaterThan(42);
    for (const url of ['/shipping/manifests/:manifestId', '/shipping/pickups/:pickupId', '/returns/unknown-goods/:receiptId'])
      expect(about(things).map((route) => route.url)).toContain(url);
    expect(await shownTo('man', things)).toEqual([]);
    expect(await shownTo('par', things)).toEqual(expect.arrayContaining([expect.stringContaining('GET /inventory/transfers/:transferId')]));
  });

  it('is worked on by its staff, and nobody else begins anything there', async () => {
    const shipments = [{ shipmentId: things['shipmentId'] }];
    expect(await answerTo('man', 'POST', '/shipping/shipments/dispatch', { shipments })).toMatchObject({ status: 404 });
    expect(await answerTo('ldn', 'POST', '/shipping/shipments/dispatch', { shipments })).toMatchObject({ status: 200 });
    expect(await answerTo('man', 'POST', '/shipping/waves', { location: 'LDN' })).toMatchObject({ status: 404 });
    const lines = [{ sku: 'MUG', quantity: 1 }];
    expect(await answerTo('par', 'POST', '/inventory/transfers', { from: 'LDN', to: 'PAR', lines })).toMatchObject({ status: 404 });
    expect(await answerTo('ldn', 'POST', '/inventory/transfers', { from: 'LDN', to: 'PAR', lines })).toMatchObject({ status: 201 });
  });

  it('takes in at its own docks, by its own staff: what nobody knows, and what comes back', async () => {
    const [goods, place] = [
      { location: 'LDN', items: [{ quantity: 1 }] },
      { carrier: 'simulated', location: 'LDN' },
    ];
    const refused = { status: 404, body: { code: expect.stringMatching(/^(LOCATION|RETURN)_UNKNOWN$/) } };
    for (const path of ['/returns/unknown-goods', '/returns/receipts', `/returns/${cameBack['returnId']}/receive`])
      expect(await answerTo('man', 'POST', path, goods)).toMatchObject(refused);
    for (const path of ['/shipping/manifests', '/shipping/pickups'])
      expect(await answerTo('man', 'POST', path, place)).toMatchObject(refused);
    expect(await answerTo('ldn', 'POST', '/returns/unknown-goods', goods)).toMatchObject({ status: 201 });
    const path = `/returns/${cameBack['returnId']}`;
    expect(await answerTo('ldn', 'GET', path)).toMatchObject({ status: 200 });
    for (const who of ['par', 'man'] as const)
      expect(await answerTo(who, 'GET', path)).toMatchObject({ status: 404, body: { code: 'RETURN_UNKNOWN' } });
    expect(await answerTo('man', 'POST', `${path}/grade`, { sku: 'MUG', quantity: 1, grade: 'A' })).toMatchObject({ status: 404 });
  });

  it('is in the lists of its staff, and in those of no other', async () => {
    expect(listsWithin('query.location').toSorted()).toEqual(
      [
        ...['/fulfillment/fulfillments', '/inventory/counts', '/inventory/transfers', '/returns/unknown-goods'],
        ...['/shipping/manifests', '/shipping/pickups', '/shipping/shipments', '/shipping/waves'],
      ].sort(),
    );
    for (const url of listsWithin('query.location')) {
      const field = url.endsWith('/transfers') ? 'from' : 'location';
      await eventually(async () => expect({ url, of: await seenBy('ldn', url, field) }).toEqual({ url, of: ['LDN'] }), {
        withinMs: 20_000,
      });
      expect(await seenBy('man', url, field)).toEqual([]);
    }
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
