import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { askCartage, cartageAt, itemsOf, parsed, Trouble, type CartageAt, type Shown } from '../client/client';
import type { Done } from '../client/program';
import { table } from '../client/table';
import { asJson, askingOptions, askingUsage, queryOf } from './asking';
import { sidesPicture } from './fork-picture';
import { carrierSides, monthsOf, playedSides, promiseSides, riskSides, type Figure, type Sides } from './fork-sides';
import { unlessOff } from './services';

export const usage = `Usage: cartage fork --from <time> [--to <time>] --rules <version> [--method look-ahead|carriers|promise|risk]… [--picture <file.svg>]
  The same past without and with what is learned, beside each other, with the difference.
  look-ahead is played forward twice, by these routing rules (with cost and sourcing): what one order leaves, the next one finds.
  carriers, promise and risk change nothing that later orders find: both sides stand in the records, with what became of them.
  --method    only these (look-ahead needs --rules); all, if absent. Those of services that are off are left out
  --patience  seconds to wait for what is played; 900, if absent
  --key       asked for again under the same key and for the same time, what was played is not played again
${askingUsage}`;

const options = {
  from: { type: 'string' },
  to: { type: 'string' },
  rules: { type: 'string' },
  method: { type: 'string', multiple: true },
  picture: { type: 'string' },
  patience: { type: 'string', default: '900' },
  key: { type: 'string' },
  ...askingOptions,
} as const;

interface Time {
  readonly from: string;
  readonly to: string;
}

interface Asking extends Time {
  readonly at: CartageAt;
  readonly rules: string;
  readonly key: string;
  readonly patienceMs: number;
}

const LOOK_EVERY_MS = 250;
const PATH = '/fulfillment/forks';

/** Until it is played, or nobody wants to wait any more. */
const ended = async ({ at, patienceMs }: Asking, forkId: string): Promise<Shown> => {
  for (let waited = 0; ; waited += LOOK_EVERY_MS) {
    const fork = await askCartage(at, ['GET', `${PATH}/${forkId}`]);
    const { status, failure, decisions, of } = fork;
    if (status === 'done') return fork;
    if (status === 'failed') throw new Trouble(`It could not be played: ${String((failure as Shown | null)?.['detail'])}`);
    if (waited >= patienceMs)
      throw new Trouble(
        `${String(decisions)} of ${String(of)} decisions are made, and it goes on. Ask again with the same --key and --to.`,
      );
    await pause(LOOK_EVERY_MS);
  }
};

/** Both are asked for before either is waited for: they are played one after the other. */
const played = async (asking: Asking): Promise<Sides> => {
  const { at, from, to, rules, key } = asking;
  const ask = async (side: string, learned: readonly string[]): Promise<string> => {
    const question = {
      body: { from, to, rules, learned, note: `${side} looking ahead` },
      headers: { 'idempotency-key': `${key}.${side}` },
    };
    return String((await askCartage(at, ['POST', PATH], question))['forkId']);
  };
  const [without, ahead] = [await ask('without', []), await ask('with', ['look-ahead'])];
  return playedSides(await ended(asking, without), await ended(asking, ahead));
};

const promises = async ({ at, ...time }: Asking): Promise<Sides> => {
  const months: Shown[] = [];
  for await (const month of itemsOf(at, '/promises/compared?by=month')) months.push(month);
  return promiseSides(monthsOf(months, time));
};

const reported = ({ at, from, to }: Asking, path: string): Promise<Shown> => askCartage(at, ['GET', `${path}${queryOf({ from, to })}`]);

/** What may be there or not. What suppliers would have sent of other orders nobody knows: `npm run evaluate -- reorder` says what reorder points are worth. */
const methods: Readonly<Record<string, (asking: Asking) => Promise<Sides>>> = {
  'look-ahead': played,
  carriers: async (asking) => carrierSides(await reported(asking, '/shipping/reports/carrier-choice/compared')),
  promise: promises,
  risk: async (asking) => riskSides(await reported(asking, '/payments/reports/learned-risk')),
};

const names = Object.keys(methods);

const shown = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 2 });
const more = (value: number): string => `${value > 0 ? '+' : ''}${shown(value)}`;

const rowOf = (figure: Figure, isPlayed: boolean): readonly string[] => [
  figure.measure,
  ...(isPlayed ? [figure.was === undefined ? '-' : shown(figure.was)] : []),
  ...[shown(figure.without), shown(figure.with), more(figure.with - figure.without)],
];

const sectionOf = ({ method, about, figures }: Sides): string => {
  const isPlayed = figures.some(({ was }) => was !== undefined);
  const head = ['', ...(isPlayed ? ['as it was'] : []), 'without', 'with', 'difference'];
  const lines =
    figures.length === 0 ? 'Nothing stands in the records of that time.' : table([head, ...figures.map((each) => rowOf(each, isPlayed))]);
  return `# ${method}\n${about}\n${lines}`;
};

const argumentsOf = (args: readonly string[]) => parsed(args, options, usage);
type Values = ReturnType<typeof argumentsOf>['values'];

const methodsIn = ({ method = names, rules }: Values): readonly string[] => {
  const strange = method.find((each) => !Object.hasOwn(methods, each));
  if (strange !== undefined) throw new Trouble(`There is no method ${strange}: ${names.join(', ')}.\n${usage}`);
  if (method.includes('look-ahead') && rules === undefined)
    throw new Trouble(`By which rules? Say --rules <version>, or leave look-ahead out, such as --method carriers.\n${usage}`);
  return method;
};

const patienceIn = ({ patience }: Values): number => {
  if (/^\d{1,5}$/.test(patience)) return Number(patience) * 1_000;
  throw new Trouble(`--patience is a number of seconds, not ${patience}.\n${usage}`);
};

const askingOf = (values: Values): Asking => {
  const { from, to, key, rules = '' } = values;
  if (from === undefined) throw new Trouble(`Since when? Say --from, such as --from 2026-11-01T00:00:00Z.\n${usage}`);
  if (key !== undefined && to === undefined) throw new Trouble(`Until when? A --key is for one time: say --to, too.\n${usage}`);
  const time = { from, to: to ?? new Date().toISOString() };
  return { at: cartageAt(values), ...time, rules, key: key ?? randomUUID(), patienceMs: patienceIn(values) };
};

export const run = async (args: readonly string[]): Promise<Done> => {
  const { values, positionals } = argumentsOf(args);
  if (positionals.length > 0) throw new Trouble(`What is ${positionals.join(' ')}?\n${usage}`);
  const [chosen, asking] = [methodsIn(values), askingOf(values)];
  const all: Sides[] = [];
  for (const name of chosen) {
    const found = await unlessOff(methods[name]?.(asking) ?? Promise.resolve(undefined), values.method !== undefined);
    if (found) all.push(found);
  }
  if (values.picture !== undefined) writeFileSync(values.picture, sidesPicture(all));
  const head = `${asking.from} to ${asking.to}`;
  const text = values.json ? asJson({ from: asking.from, to: asking.to, methods: all }) : [head, ...all.map(sectionOf)].join('\n\n');
  return { text, code: 0 };
};
