import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './fork';

interface ForkBody {
  readonly learned: readonly string[];
}

const totals = (amount: number, split: number, late: number) => ({
  ...{ orders: 40, fulfillments: 44, split, short: 2, unfilledUnits: 3, km: 10.5, late, daysLate: late, daysToBegin: 9 },
  costs: [{ currency: 'GBP', amount }],
});
const months = [
  { value: '2026-09', promised: 9, baseline: { late: 9, days: 9 }, learned: { late: 9, days: 9 } },
  { value: '2026-10', promised: 100, baseline: { late: 5, days: 4 }, learned: { late: 4, days: 3 } },
  { value: '2026-11', promised: 300, baseline: { late: 30, days: 4 }, learned: { late: 32, days: 2 } },
];
const by = (cost: number, late: number) => ({ cost, expected: cost + 100, ended: 50, late, lost: 1 });
const risk = { by: 'all', orders: 70, known: 50, wentWrong: 5, flagged: 9, flaggedByRules: 12, flaggedOfWrong: 4, flaggedOfGood: 5 };
const reports: Readonly<Record<string, object>> = {
  '/shipping/reports/carrier-choice/compared': { items: [{ currency: 'GBP', labels: 60, baseline: by(900, 9), learned: by(800, 4) }] },
  '/promises/compared': { items: months, next: null },
  '/payments/reports/learned-risk': { items: [risk] },
};

let server: Server;
let folder: string;
let forks: ForkBody[];
let looks: number;
let off: readonly string[];
let failure: object | undefined;

/** It is played while somebody waits. */
const forkAt = (n: number): object => {
  looks += 1;
  if (failure) return { status: 'failed', failure };
  if (looks < 3) return { status: 'running', decisions: 7, of: 41 };
  const now = forks[n]?.learned.length === 0 ? totals(9_000, 8, 5) : totals(8_500, 6, 6);
  return { status: 'done', of: 41, result: { same: 30, before: totals(9_100, 9, 5), now } };
};

const answerTo = (method: string | undefined, path: string, body: string): object | undefined => {
  if (off.some((each) => path.startsWith(each))) return undefined;
  if (method === 'POST') return { forkId: String(forks.push(JSON.parse(body) as ForkBody) - 1) };
  return path.startsWith('/fulfillment/forks/') ? forkAt(Number(path.split('/').at(-1))) : reports[path];
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fork-spec-'));
  server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    const path = new URL(request.url ?? '', 'http://cartage').pathname;
    const answer = answerTo(request.method, path, body);
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? { code: 'PATH_UNKNOWN', detail: `No service answers ${path}.` }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  [forks, looks, off, failure] = [[], 0, [], undefined];
});

const time = ['--from', '2026-10-15T00:00:00Z', '--to', '2026-11-20T00:00:00Z'];
const there = (...args: readonly string[]) => run([...args, '--url', `http://127.0.0.1:${(server.address() as AddressInfo).port}`]);

describe('cartage fork', () => {
  it('plays the same past without and with looking ahead, and shows both beside what was, with the difference', async () => {
    const { text } = await there(...time, '--rules', '2', '--method', 'look-ahead');
    expect(forks).toMatchObject([
      { from: time[1], to: time[3], rules: '2', learned: [] },
      { from: time[1], to: time[3], rules: '2', learned: ['look-ahead'] },
    ]);
    expect(text).toMatch(/carriage and handling, GBP, minor units +9,100 +9,000 +8,500 +-500/);
    expect(text).toMatch(/split: .* 9 +8 +6 +-2/);
    expect(text).toMatch(/late: .* 5 +5 +6 +\+1/);
  });

  it('shows beside them what stands in the records of carriers, promises and risk, and draws all of it', async () => {
    const picture = join(folder, 'sides.svg');
    const { text } = await there(...time, '--rules', '2', '--picture', picture);
    expect(text).toMatch(/expected with lateness and loss, GBP, minor units +1,000 +900 +-100/);
    expect(text).toMatch(/late or lost, of a hundred that went so \(GBP\) +20 +10 +-10/);
    expect(text).toMatch(/late promises +35 +36 +\+1/);
    expect(text).toMatch(/days promised, on average +4 +2\.25 +-1\.75/);
    expect(text).toMatch(/looked at or declined +12 +9 +-3/);
    expect(readFileSync(picture, 'utf8').match(/<rect/g)?.length).toBeGreaterThan(20);
  });

  it('leaves out services that are off, unless they alone were asked, and is shown to programs', async () => {
    off = ['/payments', '/shipping'];
    const { text } = await there(...time, '--rules', '2', '--json');
    const { methods } = JSON.parse(text) as { readonly methods: readonly { readonly method: string }[] };
    expect(methods.map(({ method }) => method)).toEqual(['look-ahead', 'promise']);
    await expect(there(...time, '--method', 'risk')).rejects.toThrow('No service answers');
  });

  it('says why it could not be played, and how far it is when nobody waits any more', async () => {
    await expect(there(...time, '--rules', '2', '--patience', '0')).rejects.toThrow('7 of 41 decisions are made, and it goes on.');
    failure = { code: 'FORK_TOO_SLOW', detail: 'It took too long.' };
    await expect(there(...time, '--rules', '2')).rejects.toThrow('It could not be played: It took too long.');
  });

  it.each<[readonly string[], string]>([
    [['--rules', '2'], 'Since when? Say --from'],
    [time, 'By which rules? Say --rules <version>'],
    [[...time, '--method', 'weather'], 'There is no method weather: look-ahead, carriers, promise, risk.'],
    [[...time, '--rules', '2', '--patience', 'long'], '--patience is a number of seconds, not long.'],
    [['--from', 'x', '--rules', '2', '--key', 'k'], 'Until when? A --key is for one time: say --to, too.'],
    [[...time, 'again'], 'What is again?'],
  ])('says what to do instead of %j', (args, message) => expect(there(...args)).rejects.toThrow(message));
});
