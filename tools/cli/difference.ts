import { askCartage, Trouble, type Shown } from '../client/client';
import type { Done } from '../client/program';
import { asJson, asked, askingUsage, queryOf, theOne } from './asking';

export const usage = `Usage: cartage diff order <orderId> --from <version or time> [--to <version or time>]
       cartage diff payment <orderId> --from <version or time> [--to <version or time>]
       cartage diff stock <sku> --from <time or position> [--to <time or position>] [--location <code>]
${askingUsage}`;

const listOf = (value: unknown): readonly Shown[] => (Array.isArray(value) ? (value as readonly Shown[]) : []);
const said = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

const changesOf = (whole: Shown): readonly string[] => {
  const changes = listOf(whole['changes']).map(({ field, before, after }) => `  ${String(field)}: ${said(before)} -> ${said(after)}`);
  return [
    `Version ${String(whole['from'])} to ${String(whole['to'])}${changes.length === 0 ? ': nothing became another.' : ':'}`,
    ...changes,
  ];
};

const figures = ['onHand', 'reserved', 'allocated', 'safetyStock', 'unavailable', 'atp'];

const stockOf = (whole: Shown): readonly string[] => {
  const [from, to] = [whole['from'] as Shown, whole['to'] as Shown];
  const moved = figures.filter((figure) => from[figure] !== to[figure]);
  return [
    `${String(whole['sku'])}, ${String(from['asOf'])} to ${String(to['asOf'])}${moved.length === 0 ? ': nothing became another.' : ':'}`,
    ...moved.map((figure) => `  ${figure}: ${said(from[figure])} -> ${said(to[figure])}`),
    ...listOf(whole['movements']).map(({ sentence }) => `  ${String(sentence)}`),
  ];
};

interface Kind {
  readonly path: (id: string) => string;
  readonly what: string;
  readonly linesOf: (whole: Shown) => readonly string[];
}

const kinds: Readonly<Record<string, Kind>> = {
  order: { path: (id) => `/orders/${id}/diff`, what: 'an order by its id', linesOf: changesOf },
  payment: { path: (id) => `/payments/${id}/diff`, what: 'an order by its id', linesOf: changesOf },
  stock: { path: (sku) => `/inventory/items/${sku}/explanation/diff`, what: 'a SKU', linesOf: stockOf },
};

export const run = async (args: readonly string[]): Promise<Done> => {
  const { at, json, words, values } = asked(args, ['from', 'to', 'location'], usage);
  const [name = '', ...rest] = words;
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (!kind) throw new Trouble(name === '' ? usage : `There is no diff of ${name}: order, payment or stock.\n${usage}`);
  const id = theOne(rest, kind.what, usage);
  if (values.from === undefined) throw new Trouble(`Since when? Say --from, such as --from 1 or --from 2026-11-27T18:00:00Z.\n${usage}`);
  const whole = await askCartage(at, ['GET', `${kind.path(id)}${queryOf(values)}`]);
  return { text: json ? asJson(whole) : kind.linesOf(whole).join('\n'), code: 0 };
};
