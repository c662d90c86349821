import { randomUUID } from 'node:crypto';
import { askCartage, itemsOf, parsed, cartageAt, Trouble, type CartageAt, type Shown } from '../client/client';
import type { Done } from '../client/program';
import { table } from '../client/table';
import { asJson, askingOptions, askingUsage, queryOf, theOne } from './asking';

export const usage = `Usage: cartage replay ask --endpoint <endpointId> | --topic replays.<name> [--type OrderPlaced]… [--order <orderId>]… [--from <time>] [--to <time>]
                          [--about <key>]… [--sku <SKU>]… [--location <code>]… [--payment <paymentId>]… [--customer <customerId>]…
                          [--after <position>] [--up-to <position>] [--rate <a second>] [--note "what for"] [--key <key>]
       cartage replay list [--endpoint <endpointId>]
       cartage replay show <replayId>
       cartage replay cancel <replayId>
  --about the key or the subject under which it was published: a shipment, a return, a gift card, item/MUG-RED
  --key   asked for again under the same key, it is the same replay; without it each call asks for another
${askingUsage}`;

const options = {
  endpoint: { type: 'string' },
  topic: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  after: { type: 'string' },
  'up-to': { type: 'string' },
  rate: { type: 'string' },
  note: { type: 'string' },
  key: { type: 'string' },
  type: { type: 'string', multiple: true },
  order: { type: 'string', multiple: true },
  about: { type: 'string', multiple: true },
  sku: { type: 'string', multiple: true },
  location: { type: 'string', multiple: true },
  payment: { type: 'string', multiple: true },
  customer: { type: 'string', multiple: true },
  ...askingOptions,
} as const;

const argumentsOf = (args: readonly string[]) => parsed(args, options, usage);
type Values = ReturnType<typeof argumentsOf>['values'];

interface Invocation {
  readonly at: CartageAt;
  readonly words: readonly string[];
  readonly values: Values;
}

/** What is shown to people, and what to programs. */
interface Answer {
  readonly whole: unknown;
  readonly text: string;
}

const PATH = '/subscriptions/replays';
const text = (value: unknown): string => (value === undefined || value === null ? '' : String(value));
const percent = (progress: unknown): string => `${Math.floor(Number(progress) * 100)} %`;

const rowOf = ({ replayId, askedAt, status, progress, ...replay }: Shown): readonly string[] => [
  text(replayId),
  text(askedAt),
  text(status),
  percent(progress),
  ...['entered', 'waiting', 'delivered', 'givenUp'].map((field) => text(replay[field])),
  text(replay['topic'] ?? replay['endpointId']),
  text(replay['failure'] ?? replay['note']),
];

const tableOf = (replays: readonly Shown[]): string =>
  table([
    ['replay', 'asked at', 'status', 'done', 'entered', 'waiting', 'delivered', 'given up', 'to', 'what for, or why it stands still'],
    ...replays.map(rowOf),
  ]);

const answerOf = (replay: Shown): Answer => ({ whole: replay, text: tableOf([replay]) });

const rateIn = (rate: string | undefined): number | undefined => {
  if (rate === undefined || /^\d{1,4}$/.test(rate)) return rate === undefined ? undefined : Number(rate);
  throw new Trouble(`--rate is a number of events a second, not ${rate}.\n${usage}`);
};

const WHERE_TO = 'Where to? Name one of GET /subscriptions/webhook-endpoints: --endpoint <endpointId>; or a topic: --topic replays.<name>.';

const aboutOf = ({ about, sku, location, payment, customer }: Values): object => ({
  ...{ key: about, sku, location, paymentId: payment, customerId: customer },
});

const ask = async ({ at, words, values }: Invocation): Promise<Answer> => {
  if (words.length > 0) throw new Trouble(`What is ${words.join(' ')}?\n${usage}`);
  const { endpoint, topic, type, order, from, to, after, rate, note, key = randomUUID() } = values;
  if (endpoint === undefined && topic === undefined)
    throw new Trouble(`${WHERE_TO}
${usage}`);
  const body = {
    endpointId: endpoint,
    topic,
    type,
    orderId: order,
    from,
    to,
    after,
    upTo: values['up-to'],
    rate: rateIn(rate),
    note,
    ...aboutOf(values),
  };
  return answerOf(await askCartage(at, ['POST', PATH], { body, headers: { 'idempotency-key': key } }));
};

const list = async ({ at, words, values }: Invocation): Promise<Answer> => {
  if (words.length > 0) throw new Trouble(`What is ${words.join(' ')}?\n${usage}`);
  const replays: Shown[] = [];
  for await (const replay of itemsOf(at, `${PATH}${queryOf({ endpointId: values.endpoint })}`)) replays.push(replay);
  return { whole: replays, text: replays.length === 0 ? 'There are none.' : tableOf(replays) };
};

const one = (words: readonly string[]): string => `${PATH}/${theOne(words, 'a replay, as `cartage replay list` shows it', usage)}`;

const verbs: Readonly<Record<string, (invocation: Invocation) => Promise<Answer>>> = {
  ask,
  list,
  show: async ({ at, words }) => answerOf(await askCartage(at, ['GET', one(words)])),
  cancel: async ({ at, words }) => answerOf(await askCartage(at, ['POST', `${one(words)}/cancel`])),
};

export const run = async (args: readonly string[]): Promise<Done> => {
  const { values, positionals } = argumentsOf(args);
  const [name = '', ...words] = positionals;
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (!verb) throw new Trouble(name === '' ? usage : `There is no replay ${name}: ${Object.keys(verbs).join(', ')}.\n${usage}`);
  const { whole, text: shown } = await verb({ at: cartageAt(values), words, values });
  return { text: values.json ? asJson(whole) : shown, code: 0 };
};
