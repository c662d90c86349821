import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, testDatabase, type TestDatabase } from '@cartage/testkit';
import { Client } from 'pg';
import { tallyService } from './tally.sample';
import { startAll, type Running } from './start-all';

let database: TestDatabase;
/** For whatever starts beside `running`. */
let spare: TestDatabase;
let environment: Readonly<Record<string, string>>;
let running: Running;

const startTally = (more: Readonly<Record<string, string>> = {}): Promise<Running> =>
  startAll([tallyService], { environment: { ...environment, ...more } });

const query = async (sql: string, url = database.url): Promise<readonly Record<string, unknown>[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};

let keys = 0;
const post = (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  fetch(`${running.url}${path}`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'application/json', 'idempotency-key': `k-${(keys += 1)}`, ...headers },
  });

const json = async (response: Response): Promise<Record<string, unknown>> => (await response.json()) as Record<string, unknown>;
const get = async (path: string): Promise<Record<string, unknown>> => json(await fetch(`${running.url}${path}`));

beforeAll(async () => {
  [database, spare] = [await testDatabase(), await testDatabase()];
  environment = {
    DATABASE_URL: database.url,
    MASTER_KEY_FILE: join(await mkdtemp(join(tmpdir(), 'cartage-kit-')), 'keys', 'master.key'),
    PORT: '0',
    LOG_LEVEL: 'silent',
    LARGEST: '1000',
  };
  running = await startTally();
});

afterAll(async () => {
  await running.close();
  await Promise.all([database.drop(), spare.drop()]);
});

describe('a service on the embedded wiring', () => {
  it('takes a command to the log, from there to a view, and to a listener', async () => {
    const answer = await post('/tallies', { name: 'apples', quantity: 3 });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('etag')).toBe('"1"');
    const position = answer.headers.get('cartage-position') ?? '';
    expect(position).not.toBe('');

    expect(await get(`/tallies/apples?minPosition=${position}`)).toEqual({ name: 'apples', quantity: 3, heard: expect.any(Number) });
    await eventually(async () => expect(await get('/tallies/apples')).toHaveProperty('heard', 3));
  });

  it('answers a repeated request as the first time, and counts it once', async () => {
    const key = { 'idempotency-key': 'pears-1' };
    const first = await post('/tallies', { name: 'pears', quantity: 2 }, key);
    const again = await post('/tallies', { name: 'pears', quantity: 2 }, key);

    expect([again.status, again.headers.get('cartage-repeated')]).toEqual([201, 'true']);
    expect(again.headers.get('cartage-position')).toBe(first.headers.get('cartage-position'));
    expect(await query(`select version from tally.events where stream = 'tally-pears'`)).toHaveLength(1);
  });

  it('is told its deadlines when they are due', async () => {
    await eventually(async () => expect(await query(`select quantity from tally.heard where name = 'Opened'`)).toEqual([{ quantity: 7 }]));
    await eventually(async () => expect(await query('select 1 from tally.deadline where settled_at is not null')).toHaveLength(1));
  });

  it('keeps what the migrations made in its own schema', async () => {
    expect(await get('/tallies/migrated')).toEqual({ colours: ['green', 'red'] });
    expect(await query(`select table_name from information_schema.tables where table_schema = 'public'`)).toEqual([]);
  });

  it('shows in readiness how each of its parts does', async () => {
    const ready = await eventually(async () => {
      const found = await fetch(`${running.url}/health/ready`);
      expect(found.status).toBe(200);
      return found;
    });
    expect([ready.status, await ready.json()]).toEqual([
      200,
      {
        status: 'ready',
        checks: {
          'tally.database': { ok: true, vital: true },
          'tally.events': expect.objectContaining({ ok: true }),
          'tally.views': expect.objectContaining({ ok: true, detail: [expect.objectContaining({ view: 'tally_count' })] }),
          'tally.messaging': expect.objectContaining({
            detail: { over: expect.any(String), groups: [{ group: 'tally.order', status: 'listening', deadKeys: 0, earlyKeys: 0 }] },
          }),
        },
      },
    ]);
    expect(await get('/health/live')).toEqual({ status: 'live' });
  });

  it('documents itself, page and assets without any other host', async () => {
    const document = await get('/docs-json');
    expect(document).toMatchObject({ info: { title: 'Tallies' }, components: { schemas: { Problem: expect.anything() } } });
    expect(document).toHaveProperty(
      ['paths', '/tallies', 'post', 'parameters'],
      expect.arrayContaining([
        expect.objectContaining({ name: 'Idempotency-Key', in: 'header', required: true }),
        expect.objectContaining({ name: 'If-Match', in: 'header', required: false }),
      ]),
    );
    const page = await (await fetch(`${running.url}/docs`)).text();
    const assets = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? '');
    expect(assets.length).toBeGreaterThan(2);
    for (const asset of assets) {
      expect(asset).not.toMatch(/^(https?:)?\/\//);
      expect((await fetch(new URL(asset, `${running.url}/docs`))).status).toBe(200);
    }
  });
});

describe('a bad request', () => {
  it.each<[string, unknown, readonly [number, string, ...string[]]]>([
    ['lacks a field', { name: 'x' }, [422, 'REQUEST_INVALID', 'quantity']],
    ['has a misspelt field', { name: 'x', quantity: 1, quantty: 1 }, [422, 'REQUEST_INVALID', 'quantty']],
    ['is wrong deep inside', { name: 'x', quantity: 1, parts: [{ size: 1 }, { size: 'big' }] }, [422, 'REQUEST_INVALID', 'parts[1].size']],
    ['has a bare value for an object', { name: 'x', quantity: 1, parts: ['one'] }, [422, 'REQUEST_INVALID', 'parts[0]']],
    ['is a list', [{ name: 'x', quantity: 1 }], [422, 'BODY_NOT_AN_OBJECT']],
    ['is a bare value', '"x"', [422, 'BODY_NOT_AN_OBJECT']],
    ['is no JSON', '{"name": ', [400, 'BODY_MALFORMED']],
    ['is empty', '', [400, 'BODY_EMPTY']],
    [
      'has a field by the name that every object has',
      '{"name":"x","quantity":1,"__proto__":{"a":1}}',
      [422, 'REQUEST_INVALID', '__proto__'],
    ],
    ['holds half a character', '{"name":"a\\ud800","quantity":1}', [422, 'CHARACTER_REFUSED', 'name']],
    ['holds NUL in the name of a field', '{"name":"x","quantity":1,"parts":[{"a\\u0000":1}]}', [422, 'CHARACTER_REFUSED', 'parts[0]']],
    ['is nested without end', `{"name":${'['.repeat(200_000)}${']'.repeat(200_000)},"quantity":1}`, [422, 'BODY_TOO_DEEP']],
    ['breaks off', '{"name":"x', [400, 'BODY_MALFORMED']],
    [
      'holds a card number',
      { name: 'x', quantity: 1, parts: [{ note: '4111 1111 1111 1111' }] },
      [422, 'CARD_DATA_REFUSED', 'parts[0].note'],
    ],
    ['breaks a rule of the business', { name: 'x', quantity: 1001 }, [422, 'TALLY_TOO_LARGE', 'quantity']],
    ['is larger than 16 MB', { name: 'x'.repeat(17_000_000), quantity: 1 }, [413, 'BODY_TOO_LARGE']],
  ])('that %s is refused with a stable code that names the field', async (_, body, [status, code, ...fields]) => {
    const answer = await post('/tallies', body);
    const problem = await json(answer);

    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json; charset=utf-8']);
    expect(problem).toMatchObject({ status, code, type: `urn:cartage:problem:${code}`, correlationId: expect.any(String) });
    expect(((problem['errors'] ?? []) as readonly { field: string }[]).map(({ field }) => field)).toEqual(fields);
    expect(JSON.stringify(problem)).not.toContain('4111');
  });

  it('without an Idempotency-Key is refused', async () =>
    expect(await json(await post('/tallies', { name: 'x', quantity: 1 }, { 'idempotency-key': '' }))).toMatchObject({
      code: 'IDEMPOTENCY_KEY_REQUIRED',
    }));

  it('of another media type is refused', async () => {
    const answer = await post('/tallies', 'name=x', { 'content-type': 'application/x-www-form-urlencoded' });
    expect([answer.status, await answer.json()]).toEqual([415, expect.objectContaining({ code: 'MEDIA_TYPE_UNSUPPORTED' })]);
  });

  it('for a later version than there is, or for nothing at all, is refused', async () => {
    expect(await json(await post('/tallies', { name: 'stale', quantity: 1 }, { 'if-match': '"7"' }))).toMatchObject({ status: 412 });
    expect(await get('/nowhere')).toMatchObject({ status: 404, code: 'ROUTE_UNKNOWN' });
    expect(await get('/tallies/%E0%A4%A')).toMatchObject({ status: 400, code: 'PATH_MALFORMED' });
    expect(await get('/tallies/x?minPosition=%E0%A4%A')).toMatchObject({ status: 400, code: 'QUERY_MALFORMED' });
    for (const position of ['zzzz', '42', '00000000000000001'])
      expect(await get(`/tallies/x?minPosition=${position}`)).toMatchObject({
        status: 422,
        errors: [{ field: 'minPosition', code: 'POSITION_INVALID' }],
      });
    expect(await get('/tallies/a%00')).toMatchObject({ status: 422, code: 'CHARACTER_REFUSED', errors: [{ field: 'name' }] });
    expect(await get('/tallies/x?minPosition=a%00')).toMatchObject({ code: 'CHARACTER_REFUSED', errors: [{ field: 'minPosition' }] });
    expect(await get(`/tallies/${'x'.repeat(201)}`)).toMatchObject({ status: 422, errors: [{ field: 'name', code: 'TOO_LONG' }] });
  });

  it('leaves nothing in the log', async () =>
    expect(await query(`select 1 from tally.events where stream in ('tally-x', 'tally-stale')`)).toEqual([]));

  it('that meets a fault of ours tells nothing of our inside, but the correlation id', async () => {
    const answer = await fetch(`${running.url}/tallies/broken`, { headers: { 'cartage-correlation-id': 'trace-me' } });
    const text = await answer.text();
    expect([answer.status, answer.headers.get('cartage-correlation-id')]).toEqual([500, 'trace-me']);
    expect(JSON.parse(text)).toMatchObject({ code: 'FAULT', correlationId: 'trace-me' });
    expect(text).not.toContain('secret of the house');
  });
});

describe('a stop', () => {
  it('under load loses nothing that was answered, and the next start finds it', async () => {
    let stopped = false;
    const accepted: string[] = [];
    const client = async (name: string): Promise<void> => {
      for (let n = 0; !stopped; n += 1) {
        const key = `${name}-${n}`;
        const answer = await post('/tallies', { name: key, quantity: 1 }, { 'idempotency-key': key }).catch(() => undefined);
        if (answer?.status === 201) accepted.push(key);
        else expect(answer).toBeUndefined();
      }
    };
    const clients = Array.from({ length: 16 }, (_, n) => client(`load-${n}`));
    await eventually(() => expect(accepted.length).toBeGreaterThan(200));
    await running.close();
    stopped = true;
    await Promise.all(clients);

    const rows = await query(`select stream from tally.events where stream like 'tally-load-%'`);
    expect(new Set(rows.map(({ stream }) => stream))).toEqual(new Set(accepted.map((key) => `tally-${key}`)));

    running = await startTally();
    await eventually(async () =>
      expect(await query(`select count(*)::int as n from tally.tally_count where name like 'load-%' and quantity = 1`)).toEqual([
        { n: accepted.length },
      ]),
    );
    await eventually(async () =>
      expect(await query(`select count(*)::int as n from tally.heard where name like 'load-%'`)).toEqual([{ n: accepted.length }]),
    );
  }, 60_000);

  it('may be asked for twice', async () => {
    const other = await startTally({ DATABASE_URL: spare.url });
    await other.close();
    await expect(other.close()).resolves.toBeUndefined();
  });
});

describe('a stop', () => {
  it('says so in readiness first, and goes on answering for a while', async () => {
    const draining = await startTally({ DATABASE_URL: spare.url, DRAIN_DELAY_MS: '4000' });
    await eventually(async () => expect((await fetch(`${draining.url}/health/ready`)).status).toBe(200));
    const closed = draining.close();
    const ready = await fetch(`${draining.url}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([503, expect.objectContaining({ status: 'stopping' })]);
    expect((await fetch(`${draining.url}/tallies/migrated`)).status).toBe(200);
    await closed;
    await expect(fetch(`${draining.url}/health/ready`)).rejects.toThrow();
  });
});

describe('a service in two processes', () => {
  it('takes requests in the one and follows in the other', async () => {
    const apart = await testDatabase();
    const settings = { DATABASE_URL: apart.url, MASTER_KEY_FILE: String(environment['MASTER_KEY_FILE']) };
    const api = await startTally({ ...settings, ROLE: 'api' });
    const answer = await fetch(`${api.url}/tallies`, {
      method: 'POST',
      body: '{"name":"plums","quantity":4}',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'plums' },
    });
    expect(answer.status).toBe(201);
    const shown = `${api.url}/tallies/plums?minPosition=${answer.headers.get('cartage-position')}`;
    expect((await fetch(`${api.url}/health/live`)).status).toBe(200);
    expect(await json(await fetch(`${api.url}/health/ready`))).toMatchObject({ checks: { 'tally.messaging': { detail: { groups: [] } } } });

    const worker = await startTally({ ...settings, ROLE: 'worker' });
    await eventually(async () => expect(await json(await fetch(shown))).toEqual({ name: 'plums', quantity: 4, heard: 4 }));
    await eventually(async () => expect((await fetch(`${worker.url}/health/ready`)).status).toBe(200));
    expect((await fetch(`${worker.url}/tallies/plums`)).status).toBe(404);

    await Promise.all([api.close(), worker.close()]);
    await apart.drop();
  }, 60_000);

  it('may keep the data keys in another database than the data', async () => {
    const [data, keys] = [await testDatabase(), await testDatabase()];
    const apart = await startTally({
      DATABASE_URL: data.url,
      VAULT_DATABASE_URL: keys.url,
      MASTER_KEY: Buffer.alloc(32, 5).toString('base64'),
    });
    const vaultIn = (url: string): Promise<unknown> => query(`select to_regclass('vault.data_key') is not null as there`, url);
    expect([await vaultIn(data.url), await vaultIn(keys.url)]).toEqual([[{ there: false }], [{ there: true }]]);
    await apart.close();
    await Promise.all([data.drop(), keys.drop()]);
  });
});

describe('a start that cannot be', () => {
  const reasonOf = async (more: Readonly<Record<string, string>>): Promise<unknown> =>
    startTally({ DATABASE_URL: spare.url, ...more }).then(
      () => 'it started',
      (error: unknown) => error,
    );
  const portInUse = (): string => new URL(running.url).port;

  it.each<[string, () => Readonly<Record<string, string>>, RegExp]>([
    ['on a busy port', () => ({ PORT: portInUse() }), /^Setting PORT: port \d+ on 127\.0\.0\.1 is in use/],
    [
      'without its database',
      () => ({ DATABASE_URL: 'postgres://u:secret@127.0.0.1:1/x', START_PATIENCE_SECONDS: '0' }),
      /^Setting DATABASE_URL: .*127\.0\.0\.1:1\/x.*nothing listens/,
    ],
    [
      'with a wrong password',
      () => ({ DATABASE_URL: database.url.replace(/\/\/.*@/, '//postgres:secret@') }),
      /refuses this user and password/,
    ],
    ['with a wrong setting of its own', () => ({ LARGEST: 'huge' }), /^Setting LARGEST is wrong: got "huge"/],
    ['with another master key', () => ({ MASTER_KEY: Buffer.alloc(32).toString('base64') }), /^The master key .* Put the old key back/],
    ['open to the world', () => ({ HOST: '0.0.0.0' }), /^Setting AUTH/],
  ])('%s says so in one line that names the fix', async (_, more, line) => {
    const reason = await reasonOf(more());
    expect(reason).toMatchObject({ name: 'StartFailure', lines: [expect.stringMatching(line)] });
    expect(String(reason)).not.toContain('secret@');
  });
});
