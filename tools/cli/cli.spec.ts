import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { commands } from './commands';
import { completionFor } from './completion';
import { overview, run } from './run';

let server: Server;
let asked: string[];
let answers: Readonly<Record<string, unknown>>;
let said: string[];
let noted: string[];

beforeAll(async () => {
  server = createServer(({ url = '' }, response) => {
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
  [asked, answers, said, noted] = [[], {}, [], []];
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
