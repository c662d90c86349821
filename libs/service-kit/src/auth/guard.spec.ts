import { Refused, systemClock, type Meta } from '@cartage/eventsourcing';
import { TestIssuer } from '@cartage/testkit';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';
import { CommandMeta } from '../http/request-meta';
import { httpServer } from '../http/server';
import { readCommonSettings } from '../settings/common';
import { Needs, Public, Shared, Within } from './access';
import { fetchJson, postForm } from './asking-issuers';
import { machineToken } from './machine-token';
import type { Owners } from './within';

@Controller('orders')
class Orders {
  @Get()
  @Within('query.channel', 'query.location')
  list(@Query() query: unknown): unknown {
    return query;
  }

  @Post()
  @Within('body.channel')
  place(@Body() body: unknown, @CommandMeta() meta: Meta): unknown {
    return { body, actor: meta.actor, commandId: meta.commandId };
  }

  @Get('forgotten')
  forgotten(): unknown {
    return {};
  }

  @Get('items')
  @Shared()
  items(): unknown {
    return {};
  }

  @Get(':orderId')
  get(@Param('orderId') orderId: string): unknown {
    return { orderId };
  }

  @Post('packed')
  @Within('body.orders.orderId')
  pack(@Body() body: unknown): unknown {
    return body;
  }

  @Post(':orderId/refunds')
  @Needs('money:refund')
  refund(): unknown {
    return {};
  }

  @Post(':orderId/links')
  @Needs('orders:personal', 'orders:write')
  link(): unknown {
    return {};
  }

  @Post('links/:token')
  @Public('link')
  byLink(@CommandMeta() meta: Meta): unknown {
    return { actor: meta.actor, commandId: meta.commandId };
  }
}

class Root {}

const channels: ReadonlyMap<string, string> = new Map([
  ['mine', 'market'],
  ['theirs', 'web'],
]);
/** Both ends of what goes from one to the other. */
const places: ReadonlyMap<string, readonly string[]> = new Map([
  ['mine', ['MAN', 'LDN']],
  ['theirs', ['MAN', 'PAR']],
]);
const owners: Owners = {
  orderId: {
    of: { channel: (id) => Promise.resolve(channels.get(id)), location: (id) => Promise.resolve(places.get(id)) },
    unknown: (id) => new Refused('ORDER_UNKNOWN', `No order ${id}.`, 'unknown'),
  },
};

const issuer = new TestIssuer();
let app: NestFastifyApplication;

const serve = async (more: Readonly<Record<string, string>>): Promise<NestFastifyApplication> => {
  const settings = readCommonSettings({ DATABASE_URL: 'postgres://u:p@localhost/c', ...issuer.settings, ...more }, 0);
  const guarding = { settings, clock: systemClock, ownersAt: () => owners };
  const areaAt = () => 'orders' as const;
  const served = await httpServer(
    { module: Root, controllers: [Orders] },
    { log: pino({ level: 'silent' }), maxInFlight: 99, guarding, areaAt },
  );
  await served.app.init();
  await (served.app.getHttpAdapter().getInstance() as FastifyInstance).ready();
  return served.app;
};

interface Asked {
  readonly method?: 'GET' | 'POST' | 'OPTIONS';
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
}

const shown = ({ statusCode, headers, body }: LightMyRequestResponse) => ({
  status: statusCode,
  headers,
  body: body === '' ? {} : (JSON.parse(body) as Record<string, unknown>),
});

const ask = async (url: string, { method = 'GET', token, headers, body }: Asked = {}, on = app) => {
  const bearer = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const key = method === 'POST' ? { 'idempotency-key': 'k-1' } : {};
  return shown(await on.inject({ method, url, headers: { ...key, ...bearer, ...headers }, ...(body ? { payload: body } : {}) }));
};

const tokenOf = (scope: string, more: object = {}): Promise<string> => issuer.token({ sub: 'ada', scope, ...more });

beforeAll(async () => {
  await issuer.start();
  app = await serve({ CORS_ORIGINS: 'https://desk.example.com' });
});
afterAll(async () => {
  await app.close();
  await issuer.stop();
});

describe('who asks without a token that is good', () => {
  it('is told how to log in, and nothing else', async () => {
    const nobody = await ask('/orders/mine');
    expect(nobody).toMatchObject({
      status: 401,
      body: { code: 'TOKEN_MISSING' },
      headers: { 'www-authenticate': 'Bearer realm="cartage"' },
    });
    const expired = await ask('/orders/mine', { token: await issuer.token({}, { expiresIn: -90 }) });
    expect(expired).toMatchObject({ status: 401, body: { code: 'TOKEN_EXPIRED' } });
    expect(expired.headers['www-authenticate']).toContain('error="invalid_token"');
    expect(await ask('/orders/mine', { headers: { authorization: 'Basic YTpi' } })).toMatchObject({ status: 401 });
  });

  it('is turned away before the body is read', async () => {
    const headers = { 'content-type': 'application/json' };
    const answer = await app.inject({ method: 'POST', url: '/orders', headers, payload: '{ malformed' });
    expect(answer.statusCode).toBe(401);
  });

  it('finds out that there is nothing where there is nothing', async () => expect(await ask('/nowhere')).toMatchObject({ status: 404 }));

  it('is answered 503 where nobody can say whose the token is', async () => {
    const away = await new TestIssuer().start();
    away.isAway = true;
    const other = await serve(away.settings);
    const answer = await ask('/orders/mine', { token: await away.token({ scope: 'orders:read' }) }, other);
    expect(answer).toMatchObject({ status: 503, body: { code: 'LOGIN_AWAY' }, headers: { 'retry-after': '1' } });
    await other.close();
    await away.stop();
  });
});

describe('who has a token', () => {
  it('may do what its scopes say, which follow from address and method', async () => {
    const token = await tokenOf('orders:read');
    expect(await ask('/orders/mine', { token })).toMatchObject({ status: 200, body: { orderId: 'mine' } });
    const refused = await ask('/orders', { method: 'POST', token, body: {} });
    expect(refused).toMatchObject({ status: 403, body: { code: 'SCOPE_MISSING', errors: [{ message: 'orders:write' }] } });
    expect(refused.headers['www-authenticate']).toContain('error="insufficient_scope", scope="orders:write"');
    expect(await ask('/orders/mine/refunds', { method: 'POST', token: await tokenOf('orders:write') })).toMatchObject({ status: 403 });
    expect(await ask('/orders/mine/refunds', { method: 'POST', token: await tokenOf('money:refund') })).toMatchObject({ status: 201 });
  });

  it('needs all scopes that a route demands at once, and is told the first that is missing', async () => {
    const link = async (scope: string) => ask('/orders/mine/links', { method: 'POST', token: await tokenOf(scope) });
    expect(await link('orders:write')).toMatchObject({ status: 403, body: { errors: [{ message: 'orders:personal' }] } });
    expect(await link('orders:personal')).toMatchObject({ status: 403, body: { errors: [{ message: 'orders:write' }] } });
    expect(await link('orders:personal orders:write')).toMatchObject({ status: 201 });
  });

  it('is the actor of what follows, whatever a header says, and its keys are its own', async () => {
    const place = async (sub: string) =>
      (
        await ask('/orders', {
          method: 'POST',
          body: {},
          token: await tokenOf('orders:write', { sub }),
          headers: { 'cartage-actor': 'ceo' },
        })
      ).body;
    const [ada, ben, again] = [await place('ada'), await place('ben'), await place('ada')];
    expect([ada['actor'], ben['actor']]).toEqual(['ada', 'ben']);
    expect(again['commandId']).toBe(ada['commandId']);
    expect(ben['commandId']).not.toBe(ada['commandId']);
  });

  it('is nobody where none is needed, and keys belong to the link', async () => {
    const follow = async (link: string) =>
      (await ask(`/orders/links/${link}`, { method: 'POST', headers: { 'cartage-actor': 'ceo' } })).body;
    const [one, other] = [await follow('a'), await follow('b')];
    expect([one['actor'], other['actor']]).toEqual(['anybody', 'anybody']);
    expect(one['commandId']).not.toBe(other['commandId']);
  });
});

describe('who belongs to a channel', () => {
  const seller = (...of: readonly string[]): Promise<string> => tokenOf('orders:read orders:write money:refund', { channels: of });

  it('finds its own orders, and no other’s: as if they were not there', async () => {
    const token = await seller('market');
    expect(await ask('/orders/mine', { token })).toMatchObject({ status: 200 });
    expect(await ask('/orders/theirs', { token })).toMatchObject({ status: 404, body: { code: 'ORDER_UNKNOWN' } });
    expect(await ask('/orders/nowhere', { token })).toMatchObject({ status: 404, body: { code: 'ORDER_UNKNOWN' } });
    expect(await ask('/orders/theirs/refunds', { method: 'POST', token })).toMatchObject({ status: 404, body: { code: 'ORDER_UNKNOWN' } });
  });

  it('sees its own in lists, and sells in its own name', async () => {
    const token = await seller('market');
    expect(await ask('/orders', { token })).toMatchObject({ status: 200, body: { channel: 'market' } });
    expect(await ask('/orders?channel=web', { token })).toMatchObject({ status: 404, body: { code: 'CHANNEL_UNKNOWN' } });
    expect(await ask('/orders?channel=market&channel=web', { token })).toMatchObject({ status: 404 });
    expect(await ask('/orders', { method: 'POST', token, body: {} })).toMatchObject({ status: 201, body: { body: { channel: 'market' } } });
    expect(await ask('/orders', { method: 'POST', token, body: { channel: 'web' } })).toMatchObject({ status: 404 });
  });

  it('says which where there are several, and sees nothing where there is none', async () => {
    const both = await seller('market', 'pos');
    expect(await ask('/orders', { token: both })).toMatchObject({ status: 403, body: { code: 'CHANNEL_BOUND' } });
    expect(await ask('/orders?channel=pos', { token: both })).toMatchObject({ status: 200 });
    expect(await ask('/orders', { token: await seller() })).toMatchObject({ status: 403 });
    expect(await ask('/orders/mine', { token: await seller() })).toMatchObject({ status: 404 });
  });

  it('is refused where nobody thought of channels, but for what is the same for all', async () => {
    const token = await seller('market');
    expect(await ask('/orders/forgotten', { token })).toMatchObject({ status: 403, body: { code: 'CHANNEL_BOUND' } });
    expect(await ask('/orders/items', { token })).toMatchObject({ status: 200 });
  });
});

describe('who belongs to a location', () => {
  it('asks for what is there, and nowhere else', async () => {
    const token = await tokenOf('orders:read', { locations: ['LDN'] });
    expect(await ask('/orders', { token })).toMatchObject({ status: 200, body: { location: 'LDN' } });
    expect(await ask('/orders?location=MAN', { token })).toMatchObject({ status: 404, body: { code: 'LOCATION_UNKNOWN' } });
    expect(await ask('/orders/forgotten', { token })).toMatchObject({ status: 403, body: { code: 'LOCATION_BOUND' } });
  });

  it('finds what has one of its ends there, and nothing else', async () => {
    const token = await tokenOf('orders:read', { locations: ['LDN'] });
    expect(await ask('/orders/mine', { token })).toMatchObject({ status: 200 });
    expect(await ask('/orders/theirs', { token })).toMatchObject({ status: 404, body: { code: 'ORDER_UNKNOWN' } });
    expect(await ask('/orders/nowhere', { token })).toMatchObject({ status: 404, body: { code: 'ORDER_UNKNOWN' } });
  });

  it('asks for many at once where all of them are there', async () => {
    const token = await tokenOf('orders:write', { locations: ['LDN'] });
    const pack = (...orders: readonly unknown[]) => ask('/orders/packed', { method: 'POST', token, body: { orders } });
    expect(await pack({ orderId: 'mine' }, { orderId: 'mine' })).toMatchObject({ status: 201 });
    for (const other of ['theirs', 'nowhere'])
      expect(await pack({ orderId: 'mine' }, { orderId: other })).toMatchObject({ status: 404, body: { code: 'ORDER_UNKNOWN' } });
    for (const malformed of [{ orderId: ['mine'] }, {}, 'mine'])
      expect(await pack({ orderId: 'mine' }, malformed)).toMatchObject({ status: 403 });
    expect(await pack()).toMatchObject({ status: 403, body: { code: 'LOCATION_BOUND' } });
  });

  it('is let in to what is of its channel and at its location, and of only one of them not', async () => {
    const both = { channels: ['web'], locations: ['LDN'] };
    expect(await ask('/orders/mine', { token: await tokenOf('orders:read', both) })).toMatchObject({ status: 404 });
    expect(await ask('/orders/mine', { token: await tokenOf('orders:read', { ...both, channels: ['market'] }) })).toMatchObject({
      status: 200,
    });
  });
});

describe('a browser', () => {
  it('is told that the answers are shown, run and framed by nobody', async () => {
    const { headers } = await ask('/orders/mine');
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    expect(headers['content-security-policy']).toContain(`frame-ancestors 'none'`);
  });

  it('may ask for pages of the origins that are named, and for no others', async () => {
    const preflight = (origin: string) =>
      ask('/orders', { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });
    expect(await preflight('https://desk.example.com')).toMatchObject({
      status: 204,
      headers: { 'access-control-allow-origin': 'https://desk.example.com' },
    });
    expect((await preflight('https://evil.example.com')).headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('too many requests', () => {
  it('of one client are turned away, and those of others are not', async () => {
    const few = await serve({ RATE_LIMIT: '2', RATE_LIMIT_PUBLIC: '5' });
    const [ada, ben] = [await tokenOf('orders:read'), await tokenOf('orders:read', { sub: 'ben' })];
    for (const status of [200, 200, 429]) expect(await ask('/orders/mine', { token: ada }, few)).toMatchObject({ status });
    expect(await ask('/orders/mine', { token: ada }, few)).toMatchObject({
      status: 429,
      body: { code: 'RATE_LIMIT_EXCEEDED' },
      headers: { 'retry-after': expect.anything() },
    });
    expect(await ask('/orders/mine', { token: ben }, few)).toMatchObject({ status: 200 });
    await few.close();
  });

  it('without a token, or with unknown ones, are counted by address', async () => {
    const few = await serve({ RATE_LIMIT_PUBLIC: '2' });
    for (const status of [401, 401, 429]) expect(await ask('/orders/mine', { token: 'a.b.c' }, few)).toMatchObject({ status });
    for (const status of [201, 201, 429]) expect(await ask('/orders/links/a', { method: 'POST' }, few)).toMatchObject({ status });
    await few.close();
  });
});

describe('a process that asks others', () => {
  it('has a token of its own, asked for once and kept until it is about to expire', async () => {
    let passed = 0;
    const settings = readCommonSettings(
      { DATABASE_URL: 'postgres://u:p@localhost/c', ...issuer.settings, AUTH_CLIENT_ID: 'cartage', AUTH_CLIENT_SECRET: 's' },
      0,
    );
    const tokenFor = machineToken(settings, { fetchJson, postForm, now: () => Date.now() + passed });
    const [first, second] = await Promise.all([tokenFor(), tokenFor()]);
    expect([first, await tokenFor()]).toEqual([second, first]);
    expect(issuer.tokensAsked).toBe(1);
    passed = 280_000;
    await tokenFor();
    expect(issuer.tokensAsked).toBe(2);
  });

  it('needs none where nobody checks callers', async () => {
    const settings = readCommonSettings({ DATABASE_URL: 'postgres://u:p@localhost/c' }, 0);
    expect(await machineToken(settings, { fetchJson, postForm, now: Date.now })()).toBeUndefined();
  });
});
