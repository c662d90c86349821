import { readFileSync } from 'node:fs';
import { scopes, type Route } from '@cartage/service-kit';
import { eventually } from '@cartage/testkit';
import { everythingAt, everythingOf, openShop, type Things } from './belonging.calls.fixture';
import { orderOf } from './calls.fixture';
import { operationsOf } from './document.fixture';
import { addressOf, all, GuardedCartage, nameOf, type Who } from './guarded.fixture';

/* Every address of every service, as it was registered: one that is added tomorrow is walked tomorrow. */

let cartage: GuardedCartage;
jest.setTimeout(60_000);

beforeAll(async () => (cartage = await GuardedCartage.start()));
afterAll(() => cartage.stop());

interface Answer {
  readonly status: number;
  readonly code: unknown;
  readonly challenge: string;
}

/** Asked without a body: whoever is let in is told what is missing, and whoever is not is told nothing of it. */
const ask = async (route: Route, token?: string): Promise<Answer> => {
  const bearer = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(`${cartage.running.url}${addressOf(route)}`, { method: route.method, headers: bearer, redirect: 'manual' });
  const text = await response.text();
  const isProblem = response.headers.get('content-type')?.includes('problem+json') === true && text !== '';
  const { code } = isProblem ? (JSON.parse(text) as { readonly code: unknown }) : { code: undefined };
  return { status: response.status, code, challenge: response.headers.get('www-authenticate') ?? '' };
};

/** Asks all of them; those that answer otherwise. */
const othersThan = async (routes: readonly Route[], token: string | undefined, expected: (route: Route, answer: Answer) => boolean) => {
  const wrong: string[] = [];
  for (const route of routes) {
    const answer = await ask(route, token);
    if (!expected(route, answer)) wrong.push(`${nameOf(route)}: ${answer.status} ${String(answer.code)}`);
  }
  return wrong;
};

describe('every address', () => {
  it('is walked', () => {
    expect(cartage.guarded.length).toBeGreaterThan(250);
    expect(cartage.guarded.filter(({ scope }) => !scopes.includes(scope))).toEqual([]);
  });

  it('but the public ones that the page names asks for a token', async () => {
    expect(
      await othersThan(cartage.guarded, undefined, (_, { status, challenge }) => status === 401 && challenge.startsWith('Bearer')),
    ).toEqual([]);
    const page = readFileSync('docs/explanation/security.md', 'utf8');
    const named = [...page.matchAll(/^\| `([A-Z]+) (\/[^`]*)`/gm)].map(([, method = '', url = '']) => nameOf({ method, url }));
    expect(named.length).toBeGreaterThan(10);
    const found = cartage.open
      .filter(({ method }) => method !== 'HEAD')
      .map(({ method, url }) => nameOf({ method, url: url.startsWith('/docs/') ? '/docs/*' : url }));
    expect([...new Set(found)].sort()).toEqual([...named].sort());
  });

  it.each<[string, string, () => Promise<string>]>([
    ['has expired', 'TOKEN_EXPIRED', () => cartage.issuer.token(all, { expiresIn: -90 })],
    ['is not valid yet', 'TOKEN_NOT_YET_VALID', () => cartage.issuer.token(all, { validIn: 90 })],
    ['is for somebody else', 'TOKEN_AUDIENCE_WRONG', () => cartage.issuer.token(all, { audience: 'billing' })],
    ['is of an unknown issuer', 'TOKEN_ISSUER_UNKNOWN', () => cartage.issuer.token(all, { issuer: 'https://login.example.org' })],
    ['is none', 'TOKEN_INVALID', () => Promise.resolve('a.b.c')],
  ])('refuses a token that %s', async (_, expected, tokenOf) => {
    const token = await tokenOf();
    const isRefused = ({ method }: Route, { status, code }: Answer): boolean => status === 401 && (method === 'HEAD' || code === expected);
    expect(await othersThan(cartage.guarded, token, isRefused)).toEqual([]);
  });

  it('refuses a token that lacks the one scope that it demands, and names it', async () => {
    const lacking = new Map(
      await Promise.all(
        scopes.map(
          async (scope) => [scope, await cartage.issuer.token({ scope: scopes.filter((each) => each !== scope).join(' ') })] as const,
        ),
      ),
    );
    for (const scope of scopes) {
      const demanding = cartage.guarded.filter((route) => route.scope === scope);
      expect(demanding).not.toEqual([]);
      const isRefused = (_: Route, { status, challenge }: Answer): boolean => status === 403 && challenge.includes(`scope="${scope}"`);
      expect(await othersThan(demanding, lacking.get(scope), isRefused)).toEqual([]);
    }
  });

  it('shows nothing to a client of a channel that is not there, but what is the same for all', async () => {
    const token = await cartage.issuer.token({ ...all, channels: ['nowhere'] });
    const mine = cartage.guarded.filter(({ isShared, within = [] }) => isShared !== true && within.length === 0);
    const isHidden = ({ method }: Route, { status, code }: Answer): boolean =>
      (status === 403 && (method === 'HEAD' || code === 'CHANNEL_BOUND')) ||
      status === 404 ||
      status === 422 ||
      status === 400 ||
      status === 415;
    expect(await othersThan(mine, token, isHidden)).toEqual([]);
  });

  it('lets in who has the scope', async () => {
    const token = await cartage.issuer.token(all);
    const isLetIn = (_: Route, { status, challenge }: Answer): boolean =>
      status !== 401 && status !== 403 && challenge === '' && status < 500;
    expect(
      await othersThan(
        cartage.guarded.filter(({ method }) => method === 'GET'),
        token,
        isLetIn,
      ),
    ).toEqual([]);
  });
});

/** Of an order of which something came back. */
let cameBack: Things = {};

describe('what follows from an order of a channel', () => {
  let things: Things;
  let orderOfWeb: unknown;

  beforeAll(async () => {
    await openShop(cartage.callsOf('house'), 'market');
    things = { channel: 'market', ...(await everythingOf(cartage.callsOf('house'), cartage.callsOf('market'))) };
    cameBack = things;
    orderOfWeb = (await cartage.callsOf('web').post('/orders', orderOf(1_000)))['orderId'];
  });

  it('is sold in the name of its channel, by whoever the token is of', async () => {
    const path = `/orders/${things['orderId']}`;
    expect(await cartage.callsOf('house').get(path)).toMatchObject({ channel: 'market' });
    const timeline = await cartage.callsOf('market').get(`${path}/timeline`);
    expect(timeline).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ step: 'placed', actor: 'of-market' })]) });
  });

  it.each([
    ...['/orders/:orderId', '/payments/:orderId', '/fulfillment/orders/:orderId', '/fulfillment/decisions/:decisionId'],
    ...['/shipping/shipments/:shipmentId', '/returns/:returnId', '/returns/claims/:claimId', '/notifications/:messageId'],
  ])('is shown to its channel and to the house: %s', async (url) => {
    const path = url.replace(/:(\w+)/, (_, name: string) => things[name] ?? '');
    for (const who of ['market', 'house'] as const) expect(await cartage.answerTo(who, 'GET', path)).toMatchObject({ status: 200 });
    expect(await cartage.answerTo('web', 'GET', path)).toMatchObject({ status: 404, body: { code: expect.stringMatching(/_UNKNOWN$/) } });
  });

  it('is not there for another channel, at any address of any service', async () => {
    expect(cartage.about(things).length).toBeGreaterThan(110);
    const wanted = { orderId: things['orderId'], lines: [{ lineId: '1', quantity: 1, reason: 'broken' }] };
    expect(await cartage.answerTo('web', 'POST', '/returns', wanted)).toMatchObject({ status: 404, body: { code: 'ORDER_UNKNOWN' } });
    expect(await cartage.shownTo('web', things)).toEqual([]);
  });

  it('is refused to its channel at no address where it is shown, but for what carriers owe the house, and what its audit expects', async () =>
    expect((await cartage.refusedTo('market', things)).toSorted()).toEqual([
      'GET /audit/orders/:orderId: 403',
      'GET /shipping/claims/:claimId: 403',
    ]));

  it('is in the lists of its channel, and in those of no other', async () => {
    expect(cartage.listsWithin('query.channel').toSorted()).toEqual(
      [
        ...['/orders', '/payments', '/payments/reviews', '/payments/chargebacks', '/payments/invoices', '/fulfillment/fulfillments'],
        ...['/shipping/shipments', '/returns', '/returns/claims', '/returns/exchanges', '/notifications'],
        '/subscriptions/webhook-endpoints',
      ].sort(),
    );
    for (const url of cartage.listsWithin('query.channel')) {
      const isEmpty = /\/(reviews|exchanges|webhook-endpoints)$/.test(url);
      const mine = isEmpty ? [] : [things['orderId']];
      await eventually(async () => expect({ url, of: await cartage.seenBy('market', url, 'orderId') }).toEqual({ url, of: mine }), {
        withinMs: 20_000,
      });
      expect([[], [orderOfWeb]]).toContainEqual(await cartage.seenBy('web', url, 'orderId'));
    }
    await eventually(async () => expect(await cartage.seenBy('web', '/shipping/shipments', 'orderId')).toEqual([orderOfWeb]), {
      withinMs: 20_000,
    });
  });

  it('is counted for its channel only', async () => {
    const { body } = await cartage.answerTo('web', 'GET', '/orders/counts');
    const counts = (body['statuses'] as readonly { readonly orders: number }[]).map(({ orders }) => orders);
    expect(counts.reduce((sum, orders) => sum + orders, 0)).toBe(1);
    expect(await cartage.answerTo('web', 'GET', '/orders/counts?channel=market')).toMatchObject({ status: 404 });
  });
});

/** By which field of its items a list says where they are. */
const fieldsOfPlaces: Readonly<Record<string, string>> = {
  ...{ '/inventory/transfers': 'from', '/inventory/purchase-orders': 'purchaseOrder', '/payments': 'locations', '/returns': 'locations' },
};

describe('what is at a location', () => {
  let things: Things;
  beforeAll(async () => {
    things = await everythingAt(cartage.callsOf('house'), 'LDN', 'PAR');
  });

  it('is shown to its staff: shipments, waves with their pick lists, counts, transfers, fulfilments', async () => {
    for (const path of ['shipping/shipments/:shipmentId', 'shipping/waves/:waveId', 'shipping/waves/:waveId/pick-list.pdf'])
      expect(await cartage.answerTo('ldn', 'GET', `/${path.replace(/:(\w+)/, (_, name: string) => things[name] ?? '')}`)).toMatchObject({
        status: 200,
      });
    expect(await cartage.answerTo('ldn', 'GET', `/inventory/counts/${things['countId']}`)).toMatchObject({ status: 200 });
    for (const who of ['ldn', 'par'] as const)
      expect(await cartage.answerTo(who, 'GET', `/inventory/transfers/${things['transferId']}`)).toMatchObject({ status: 200 });
    expect(await cartage.refusedTo('ldn', things)).toEqual([]);
  });

  it('is not there for the staff of another, at any address of any service', async () => {
    expect(cartage.about(things).length).toBeGreaterThan(42);
    for (const url of ['/shipping/manifests/:manifestId', '/shipping/pickups/:pickupId', '/returns/unknown-goods/:receiptId'])
      expect(cartage.about(things).map((route) => route.url)).toContain(url);
    expect(await cartage.shownTo('man', things)).toEqual([]);
    expect(await cartage.shownTo('par', things)).toEqual(
      expect.arrayContaining([expect.stringContaining('GET /inventory/transfers/:transferId')]),
    );
  });

  it('is worked on by its staff, and nobody else begins anything there', async () => {
    const shipments = [{ shipmentId: things['shipmentId'] }];
    expect(await cartage.answerTo('man', 'POST', '/shipping/shipments/dispatch', { shipments })).toMatchObject({ status: 404 });
    expect(await cartage.answerTo('ldn', 'POST', '/shipping/shipments/dispatch', { shipments })).toMatchObject({ status: 200 });
    expect(await cartage.answerTo('man', 'POST', '/shipping/waves', { location: 'LDN' })).toMatchObject({ status: 404 });
    const lines = [{ sku: 'MUG', quantity: 1 }];
    expect(await cartage.answerTo('par', 'POST', '/inventory/transfers', { from: 'LDN', to: 'PAR', lines })).toMatchObject({ status: 404 });
    expect(await cartage.answerTo('ldn', 'POST', '/inventory/transfers', { from: 'LDN', to: 'PAR', lines })).toMatchObject({ status: 201 });
  });

  it('is booked as come by its staff, of a purchase order its own lines only, and nobody else’s are shown', async () => {
    expect(
      cartage.guarded
        .filter(({ method, keeps }) => method !== 'HEAD' && keeps)
        .map(nameOf)
        .toSorted(),
    ).toEqual(['GET /inventory/purchase-orders/:purchaseOrder', 'POST /inventory/purchase-orders/:purchaseOrder/receipts']);
    const path = `/inventory/purchase-orders/${things['purchaseOrder']}`;
    const receive = (who: Who, ...lineIds: readonly string[]) =>
      cartage.answerTo(who, 'POST', `${path}/receipts`, { lines: lineIds.map((lineId) => ({ lineId, quantity: 2 })) });
    expect(await receive('man', '1')).toMatchObject({ status: 404, body: { code: 'PURCHASE_ORDER_UNKNOWN' } });
    for (const lineIds of [['2'], ['1', '2']])
      expect(await receive('ldn', ...lineIds)).toMatchObject({ status: 422, body: { code: 'LINE_UNKNOWN' } });
    expect(await receive('ldn', '1')).toMatchObject({ status: 201, body: { lines: [{ lineId: '1', received: 2 }] } });
    for (const [who, lines] of [
      ['ldn', [{ lineId: '1', received: 2 }]],
      ['par', [{ lineId: '2', received: 0 }]],
    ] as const) {
      const { body } = await cartage.answerTo(who, 'GET', path);
      expect(body).toMatchObject({ lines });
      expect(body['lines']).toHaveLength(1);
    }
    expect((await cartage.answerTo('house', 'GET', path)).body['lines']).toHaveLength(2);
    for (const [method, address] of [
      ['PUT', path],
      ['POST', `${path}/close`],
    ] as const)
      expect(await cartage.answerTo('ldn', method, address, {})).toMatchObject({ status: 403, body: { code: 'LOCATION_BOUND' } });
    expect(await cartage.answerTo('market', 'GET', path)).toMatchObject({ status: 403, body: { code: 'CHANNEL_BOUND' } });
  });

  it('takes in at its own docks, by its own staff: what nobody knows, and what comes back', async () => {
    const [goods, place] = [
      { location: 'LDN', items: [{ quantity: 1 }] },
      { carrier: 'simulated', location: 'LDN' },
    ];
    const refused = { status: 404, body: { code: expect.stringMatching(/^(LOCATION|RETURN)_UNKNOWN$/) } };
    for (const path of ['/returns/unknown-goods', '/returns/receipts', `/returns/${cameBack['returnId']}/receive`])
      expect(await cartage.answerTo('man', 'POST', path, goods)).toMatchObject(refused);
    for (const path of ['/shipping/manifests', '/shipping/pickups'])
      expect(await cartage.answerTo('man', 'POST', path, place)).toMatchObject(refused);
    expect(await cartage.answerTo('ldn', 'POST', '/returns/unknown-goods', goods)).toMatchObject({ status: 201 });
    const path = `/returns/${cameBack['returnId']}`;
    expect(await cartage.answerTo('ldn', 'GET', path)).toMatchObject({ status: 200 });
    for (const who of ['par', 'man'] as const)
      expect(await cartage.answerTo(who, 'GET', path)).toMatchObject({ status: 404, body: { code: 'RETURN_UNKNOWN' } });
    expect(await cartage.answerTo('man', 'POST', `${path}/grade`, { sku: 'MUG', quantity: 1, grade: 'A' })).toMatchObject({ status: 404 });
  });

  it('is in the lists of its staff, and in those of no other', async () => {
    expect(cartage.listsWithin('query.location').toSorted()).toEqual(
      [
        ...[
          '/fulfillment/fulfillments',
          '/inventory/counts',
          '/inventory/purchase-orders',
          '/inventory/stock',
          '/inventory/transfers',
          '/payments',
          '/returns',
          '/returns/unknown-goods',
        ],
        ...['/shipping/manifests', '/shipping/pickups', '/shipping/shipments', '/shipping/waves'],
      ].sort(),
    );
    for (const url of cartage.listsWithin('query.location')) {
      const field = fieldsOfPlaces[url] ?? 'location';
      const mine = field === 'purchaseOrder' ? things['purchaseOrder'] : 'LDN';
      await eventually(async () => expect({ url, of: await cartage.seenBy('ldn', url, field) }).toEqual({ url, of: [mine] }), {
        withinMs: 20_000,
      });
      expect(await cartage.seenBy('man', url, field)).toEqual([]);
    }
  });
});

describe('the OpenAPI document', () => {
  it('says of every operation which scope it demands, or that it is public', async () => {
    const demanded = new Map(cartage.running.routes.map((route) => [nameOf(route), route]));
    const told = operationsOf(cartage.document).map(({ path, method, operation }) => ({
      name: `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
      security: (operation as { readonly security?: unknown }).security,
    }));
    expect(told.length).toBeGreaterThan(250);
    for (const { name, security } of told) {
      const route = demanded.get(name);
      expect({ name, security }).toEqual({
        name,
        security: route?.reason === undefined ? [{ login: [route?.scope, ...(route?.also ?? [])] }] : [],
      });
    }
  });
});
