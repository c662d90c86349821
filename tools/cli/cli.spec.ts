import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { commands } from './commands';
import { completionFor } from './completion';
import { overview, run } from './run';

let server: Server;
let asked: string[];
let bodies: object[];
let answers: Readonly<Record<string, unknown>>;
let said: string[];
let noted: string[];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const { url = '', headers } = request;
    const body = Buffer.concat(await request.toArray()).toString();
    if (body !== '')
      bodies.push({ ...(headers['idempotency-key'] ? { key: headers['idempotency-key'] } : {}), ...(JSON.parse(body) as object) });
    asked.push(url);
    const answer = answers[url.replace(/[?&]limit=200/, '')];
    const isStream = typeof answer === 'string';
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': isStream ? 'text/event-stream' : 'application/json' });
    response.end(isStream ? answer : JSON.stringify(answer ?? { status: 404, code: 'PATH_UNKNOWN', detail: `No service answers ${url}.` }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());
beforeEach(() => {
  [asked, bodies, answers, said, noted] = [[], [], {}, [], []];
});

const terminal = { say: (line: string) => void said.push(line), note: (line: string) => void noted.push(line) };
const cartage = (...args: readonly string[]) => run(args, commands, terminal);
const there = (...args: readonly string[]) => cartage(...args, '--url', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);

describe('cartage', () => {
  it('lists what it can do, and how each is called, in its own words', async () => {
    for (const args of [[], ['help'], ['--help']]) expect((await cartage(...args)).text).toBe(overview(commands));
    for (const [name, { usage }] of Object.entries(commands)) {
      const told = (await cartage(name, '--help')).text;
      expect([name, told.includes(`cartage ${name}`), told.includes('npm run')]).toEqual([name, true, false]);
      expect((await cartage('help', name)).text).toBe(told);
      expect(usage.split('\n')).toHaveLength(told.split('\n').length);
    }
  });

  it.each<[readonly string[], string]>([
    [['tial'], 'There is no command tial. Did you mean tail?'],
    [['constructor'], 'There is no command constructor.\nUsage: cartage <command> …'],
    [['trace'], 'Which one? Name an order by its id.\nUsage: cartage trace <orderId>'],
    [['trace', 'a', 'b'], 'One at a time, not a b.'],
    [['trace', 'a', '--jsno'], "Unknown option '--jsno'"],
    [['explain', 'why'], 'There is no why to explain: order, unit or cent.'],
    [['diff', 'order', 'a'], 'Since when? Say --from, such as --from 1'],
    [['diff', 'shipment', 'a'], 'There is no diff of shipment: order, payment or stock.'],
    [['tail', 'o-1'], 'What is o-1?\nUsage: cartage tail'],
    [['tail', '--url', 'http://127.0.0.1:1'], 'Nobody answers at http://127.0.0.1:1: '],
    [['dead-letters', 'show'], 'as `cartage dead-letters list` shows it.'],
    [['import', 'orders', 'orders.txt'], 'orders.txt: its name must end in .ndjson'],
    [['import', 'orders', '/nowhere.csv'], 'ENOENT'],
    [['replay'], 'Usage: cartage replay ask --endpoint <endpointId> | --topic replays.<name>'],
    [['replay', 'again'], 'There is no replay again: ask, list, show, cancel.'],
    [['replay', 'ask'], 'Where to? Name one of GET /subscriptions/webhook-endpoints: --endpoint <endpointId>; or a topic'],
    [['replay', 'ask', '--endpoint', 'e', '--rate', 'fast'], '--rate is a number of events a second, not fast.'],
    [['replay', 'cancel'], 'Which one? Name a replay, as `cartage replay list` shows it.'],
    [['deadlines', '--service', 'orders'], 'There is no service orders: order, inventory, '],
    [['deadlines', '--limit', 'all'], '--limit is a number of deadlines, not all.'],
    [['rebuild'], 'Which view? Name one, or `list`.'],
    [['verify', 'monye'], 'There is no monye to verify: money, stock, chain, views.'],
    [['verify-reporting', '--ledger', 'book'], 'There is no ledger book.'],
    [['completion', 'fish'], 'Not of fish: bash or zsh.'],
  ])('says what to do instead of %j', (args, message) => expect(cartage(...args)).rejects.toThrow(message));
});

const event = { position: '12', time: '2026-11-28T09:00:00.000Z', type: 'OrderPlaced', orderid: 'o-1', sequence: 1, channel: 'web' };
const movement = { position: '13', time: '2026-11-28T09:00:01.000Z', type: 'ItemChanged', subject: 'item/MUG', topic: 'inventory.events' };
const blocks = [event, movement].map((each) => `id: ${each.position}\nevent: ${each.type}\ndata: ${JSON.stringify(each)}\n\n`).join('');
const stream = `${blocks}event: end\ndata: {"reason":"complete"}\n\n`;

describe('cartage tail', () => {
  it('tells what happens, a line each, by what was asked for', async () => {
    const path = '/stream?type=OrderPlaced&type=ItemChanged&orderId=o-1&channel=web&follow=false';
    answers = { [path]: stream };
    await there('tail', '--order', 'o-1', '--channel', 'web', '--type', 'OrderPlaced', '--type', 'ItemChanged', '--until-now');
    expect(said.map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['12', event.time, 'OrderPlaced', 'o-1 1', 'web'],
      ['13', movement.time, 'ItemChanged', 'item/MUG (inventory.events)'],
    ]);
    said = [];
    answers = { '/stream?follow=false': stream };
    await there('tail', '--until-now', '--json');
    expect(said.map((line) => JSON.parse(line) as unknown)).toEqual([event, movement]);
  });

  it('says so where the stream is off', () =>
    expect(there('tail')).rejects.toThrow('The service subscriptions is off there: start it with SUBSCRIPTIONS_ENABLED=true'));
});

const traced = (n: number, more: object = {}) => ({
  ...{ service: 'order', eventId: `e${n}`, type: `Type${n}`, recordedAt: `t${n}`, actor: 'ada', rules: [] },
  ...more,
});

describe('cartage trace', () => {
  it('shows what led to what, and says what could not be asked', async () => {
    const events = [
      traced(1),
      traced(2, { causationId: 'e1', rules: ['r@3'] }),
      traced(3, { causationId: 'e2' }),
      traced(4, { causationId: 'x' }),
    ];
    answers = { '/orders/o-1/audit': { events, edges: [], missing: ['shipping'], truncated: false } };
    const { text, code } = await there('trace', 'o-1');
    expect(text.split('\n')).toEqual([
      't1  order                 Type1  (ada)',
      't2  order                   Type2  (ada, by r@3)',
      't3  order                     Type3  (ada)',
      't4  order                 Type4  (ada)',
      'Not all of it: shipping could not be asked. Is SERVICE_URLS set, and do they run?',
    ]);
    expect(code).toBe(1);
    expect(JSON.parse((await there('trace', 'o-1', '--json')).text)).toMatchObject({ missing: ['shipping'] });
  });
});

const replayed = { replayId: 'r-1', askedAt: 't0', status: 'running', progress: 0.259, entered: 5, waiting: 2, delivered: 3, givenUp: 0 };

describe('cartage replay', () => {
  it('asks for one under a key, lists, shows and cancels them', async () => {
    const path = '/subscriptions/replays';
    answers = { [path]: replayed, [`${path}/r-1/cancel`]: { ...replayed, status: 'cancelled' }, [`${path}/r-1`]: replayed };
    const filter = ['--type', 'OrderPlaced', '--type', 'OrderCompleted', '--order', 'o-1', '--after', '7', '--up-to', '9', '--rate', '20'];
    const { text } = await there('replay', 'ask', '--endpoint', 'e-1', ...filter, '--key', 'restore-1');
    expect(text).toMatch(/r-1 +t0 +running +25 % +5 +2 +3 +0/);
    expect(bodies).toEqual([
      { endpointId: 'e-1', type: ['OrderPlaced', 'OrderCompleted'], orderId: ['o-1'], after: '7', upTo: '9', rate: 20, key: 'restore-1' },
    ]);
    const about = ['--sku', 'MUG', '--location', 'LDN-1', '--payment', 'p-1', '--customer', 'c-1', '--about', 'item/MUG', '--about', 's-1'];
    await there('replay', 'ask', '--endpoint', 'e-1', ...about);
    expect(bodies.at(-1)).toMatchObject({
      sku: ['MUG'],
      location: ['LDN-1'],
      paymentId: ['p-1'],
      customerId: ['c-1'],
      key: ['item/MUG', 's-1'],
    });
    answers = { ...answers, [path]: { ...replayed, topic: 'replays.erp', failure: 'Kafka is away.' } };
    expect((await there('replay', 'ask', '--topic', 'replays.erp')).text).toMatch(/replays\.erp +Kafka is away\./);
    expect(bodies.at(-1)).toMatchObject({ topic: 'replays.erp' });
    expect((await there('replay', 'cancel', 'r-1')).text).toContain('cancelled');
    expect(JSON.parse((await there('replay', 'show', 'r-1', '--json')).text)).toEqual(replayed);
    answers = { [`${path}?endpointId=e-1`]: { items: [replayed], next: null } };
    expect((await there('replay', 'list', '--endpoint', 'e-1')).text).toContain('r-1');
  });
});

describe('cartage deadlines', () => {
  it('shows what waits in every service that is on, so many of each', async () => {
    const deadline = (id: string) => ({
      id,
      stream: 'payment-1',
      name: 'AuthorizationOverdue',
      state: 'overdue',
      dueAt: 't1',
      nextAt: 't2',
      tries: 3,
    });
    answers = {
      '/operations/order/deadlines?state=overdue': { items: [], next: null },
      '/operations/payment-verification/deadlines?state=overdue': { items: [deadline('a'), deadline('b')], next: null },
    };
    const { text } = await there('deadlines', '--state', 'overdue', '--limit', '1');
    expect(text.split('\n').slice(1)).toEqual(['payment-verification  t1      overdue  AuthorizationOverdue  payment-1  3      t2']);
    await expect(there('deadlines', '--service', 'audit')).rejects.toThrow('No service answers');
    expect((await there('deadlines', '--service', 'order', '--state', 'overdue')).text).toBe('Nothing waits.');
  });
});

describe('cartage models', () => {
  const card = {
    ...{ name: 'risk', title: 'Risk of orders', method: 'monotone logistic', version: '1', model: '0042', standing: 'shadow' },
    data: { about: 'Orders of the own log.', from: '2026-01-01', to: '2026-09-01', learnedFrom: 900, counts: { 'went wrong': 40 } },
    error: [{ measure: 'Brier score', value: 0.04, baseline: 0.05 }],
    drift: [{ period: '2026-08', decisions: 100, foretold: 0.05, happened: 0.04 }],
    madeOf: [{ name: 'worth', about: 'never lowers the risk as it rises', weight: 0.3 }],
    ...{ notes: ['A note.'], notFor: ['Declining without a person.'] },
  };

  it('shows which of those that are on have learned what, and the card of one in the form of those that evaluate writes', async () => {
    answers = { '/payments/models/risk': card };
    expect((await there('models')).text.split('\n')[1]).toMatch(/^risk +Risk of orders +shadow +900 +0042$/);
    const { text } = await there('models', 'risk');
    for (const part of [
      '## Data',
      '900 outcomes, from 2026-01-01 to 2026-09-01',
      '## Error',
      '## Drift',
      '2026-08',
      '## What it must not be used for',
    ])
      expect(text).toContain(part);
    expect(JSON.parse((await there('models', 'risk', '--json')).text)).toEqual(card);
    await expect(there('models', 'weather')).rejects.toThrow('There is no model weather: risk, demand, carriers, transit, look-ahead.');
  });
});

const view = (name: string, more: object = {}) => ({ view: name, behind: false, filling: false, rebuilding: false, ...more });

describe('cartage rebuild and verify', () => {
  const inOrder = (...items: readonly object[]) => ({ '/operations/order/views': { items } });

  it('lists views, and has one made anew, wherever it is', async () => {
    answers = inOrder(view('order_summary', { rebuiltAlike: false }), view('order_line', { error: 'No room.' }));
    expect((await there('rebuild', 'list')).text).toMatch(/order_summary +current +NO\norder +order_line +fails +No room\./);
    answers = { ...answers, '/operations/order/views/order_summary/rebuild': view('order_summary', { rebuiltAlike: true }) };
    expect(await there('rebuild', 'order_summary', '--compare')).toMatchObject({
      text: 'order order_summary is made anew, and is row for row what it was.',
      code: 0,
    });
    expect(bodies.at(-1)).toEqual({ compare: true });
    await expect(there('rebuild', 'order_sumary')).rejects.toThrow('There is no view order_sumary. `cartage rebuild list` shows');
  });

  it('waits for it, and says so where it is not done or not the same', async () => {
    answers = { ...inOrder(view('a', { rebuiltAlike: false })), '/operations/order/views/a/rebuild': view('a', { rebuilding: true }) };
    expect(await there('rebuild', 'a', '--compare')).toEqual({ text: 'order a is made anew, and it was NOT what the log says.', code: 1 });
    expect((await there('rebuild', 'a', '--patience', '0')).text).toContain('order a is not done yet and goes on');
  });

  it('looks at money, stock and views, and names what is wrong', async () => {
    const drift = { orderId: 'o-1', view: 'payment_summary', field: 'captured', currency: 'GBP', shown: 5, recomputed: 7 };
    answers = {
      '/payments/verify': { checked: 200, behind: [], drifts: [], mismatches: [], next: 'c2' },
      '/payments/verify?cursor=c2': { checked: 3, behind: [], drifts: [drift], mismatches: [], next: null },
      '/inventory/verify': { asOf: 't1', checked: 12, drifts: [] },
      ...inOrder(view('a'), view('b')),
      '/operations/order/views/a/rebuild': view('a', { rebuiltAlike: true }),
      '/operations/order/views/b/rebuild': view('b', { rebuiltAlike: false }),
    };
    const { text, code } = await there('verify', 'money', 'stock', 'views');
    expect(text.split('\n')).toEqual([
      'money: 1 thing WRONG, of 203 payments and movements.',
      '  o-1: captured is 5 GBP in payment_summary, and 7 by the log',
      'stock: holds, of 12 rows of stock, as of t1.',
      'views: 1 thing WRONG, of 2 views.',
      '  order b was not what its log says; now it is',
    ]);
    expect(code).toBe(1);
    expect(await there('verify', 'stock')).toMatchObject({ code: 0 });
    expect(JSON.parse((await there('verify', 'stock', '--json')).text)).toMatchObject([{ what: 'stock', wrong: [] }]);
  });
});

describe('the completion', () => {
  const completed = (...words: readonly string[]): readonly string[] => {
    const array = words.map((word) => `'${word}'`).join(' ');
    const script = `${completionFor('bash', commands)}\nCOMP_WORDS=(${array}) COMP_CWORD=${words.length - 1}\n_cartage\nprintf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\n').filter(Boolean);
  };

  it('completes commands, what they do, and their options in bash', () => {
    expect(completed('cartage', 't')).toEqual(['tail', 'trace']);
    expect(completed('cartage', 'diff', '')).toEqual(expect.arrayContaining(['order', 'payment', 'stock', '--from', '--help']));
    expect(completed('cartage', 'dead-letters', 's')).toEqual(['show', 'send']);
    expect(completed('cartage', 'tail', '--un')).toEqual(['--until-now']);
    expect(completed('cartage', 'nonsense', '--')).toEqual([]);
  });

  it('is a script that zsh can read', () => {
    const script = completionFor('zsh', commands);
    expect(script).toContain('tail) compadd -- --order --channel --type');
    // Where there is none, its form is all that can be looked at.
    const { error, status } = spawnSync('zsh', ['-n'], { input: script });
    expect(error === undefined ? status : 0).toBe(0);
  });
});
