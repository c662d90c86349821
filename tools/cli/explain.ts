import { askCartage, itemsOf, Trouble, type Shown } from '../client/client';
import type { Done } from '../client/program';
import { table } from '../client/table';
import { asJson, asked, askingUsage, queryOf, theOne, type Asked } from './asking';

export const usage = `Usage: cartage explain order <orderId> [--line <lineId>]
       cartage explain unit <sku> [--location <code>] [--as-of <time or position>]
       cartage explain cent <orderId>
${askingUsage}`;

type Given = Asked<'line' | 'location' | 'as-of'>;

interface Answer {
  readonly whole: unknown;
  readonly text: string;
}

const listOf = (value: unknown): readonly Shown[] => (Array.isArray(value) ? (value as readonly Shown[]) : []);
const text = (value: unknown): string => (value === undefined || value === null ? '' : String(value));

const unitsOf = (entry: Shown): string =>
  listOf(entry['lines'])
    .map(({ lineId, quantity, status }) => `${text(quantity)} of line ${text(lineId)}: ${text(status)}`)
    .join(', ');

const order = async ({ at, words, values: { line } }: Given): Promise<Answer> => {
  const id = theOne(words.slice(1), 'an order by its id', usage);
  const shown = await askCartage(at, ['GET', `/orders/${id}`]);
  const entries: Shown[] = [];
  for await (const entry of itemsOf(at, `/orders/${id}/timeline${queryOf({ lineId: line })}`)) entries.push(entry);
  const rows = entries.map((entry) => [
    text(entry['at']),
    text(entry['step']),
    unitsOf(entry) || text(entry['detail']),
    text(entry['actor']),
  ]);
  const head = `Order ${text(shown['orderId'])} of ${text(shown['channel'])} is ${text(shown['status'])}.`;
  return { whole: { order: shown, timeline: entries }, text: [head, table([['at', 'what', 'of what', 'who'], ...rows])].join('\n') };
};

const unit = async ({ at, words, values }: Given): Promise<Answer> => {
  const path = `/inventory/items/${theOne(words.slice(1), 'a SKU', usage)}/explanation`;
  const whole = await askCartage(at, ['GET', `${path}${queryOf({ location: values.location, asOf: values['as-of'] })}`]);
  const sentences = listOf(whole['movements']).map(({ sentence }) => `  ${text(sentence)}`);
  return { whole, text: [text(whole['sentence']), ...sentences].join('\n') };
};

const cent = async ({ at, words }: Given): Promise<Answer> => {
  const whole = await askCartage(at, ['GET', `/payments/${theOne(words.slice(1), 'an order by its id', usage)}/explanation`]);
  const rows = listOf(whole['entries']).map((entry) => [
    ...['at', 'type', 'amount', 'effect', 'balance'].map((field) => text(entry[field])),
    text((entry['cause'] as Shown | undefined)?.['actor']),
  ]);
  const head = `Our money of order ${text(whole['orderId'])}: ${text(whole['balance'])} ${text(whole['currency'])}, in minor units.`;
  return { whole, text: [head, table([['at', 'what', 'amount', 'effect', 'balance', 'who'], ...rows])].join('\n') };
};

const kinds: Readonly<Record<string, (given: Given) => Promise<Answer>>> = { order, unit, cent };

export const run = async (args: readonly string[]): Promise<Done> => {
  const given = asked(args, ['line', 'location', 'as-of'], usage);
  const [kind = ''] = given.words;
  const explain = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (!explain) throw new Trouble(kind === '' ? usage : `There is no ${kind} to explain: order, unit or cent.\n${usage}`);
  const { whole, text } = await explain(given);
  return { text: given.json ? asJson(whole) : text, code: 0 };
};
