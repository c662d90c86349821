import { askCartage, Trouble, type CartageAt, type Shown } from '../client/client';
import type { Done } from '../client/program';
import { table } from '../client/table';
import { asJson, asked, askingUsage } from './asking';
import { unlessOff } from './services';

/** Where each says what it is. */
const cards = {
  risk: '/payments/models/risk',
  demand: '/inventory/models/demand',
  carriers: '/shipping/models/carriers',
  transit: '/promises/models/transit',
  'look-ahead': '/fulfillment/models/look-ahead',
} as const;

const names = Object.keys(cards).join('|');
export const usage = `Usage: cartage models [${names}]
  What is learned while Cartage runs: which models there are and whether they decide; or the card of one: from what it was learned, its error, its drift, and what it must not be used for.
${askingUsage}`;

const listOf = (value: unknown): readonly Shown[] => (Array.isArray(value) ? (value as readonly Shown[]) : []);
const linesOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map((line) => `- ${String(line)}`) : []);
const rowsOf = (value: unknown, columns: readonly string[]): readonly string[] =>
  listOf(value).length === 0
    ? ['-']
    : [table([columns, ...listOf(value).map((row) => columns.map((column) => String(row[column] ?? '-')))])];

const dataOf = (data: Shown): readonly string[] => [
  String(data['about']),
  `${String(data['learnedFrom'])} outcomes, from ${String(data['from'] ?? '-')} to ${String(data['to'] ?? '-')}`,
  ...Object.entries((data['counts'] ?? {}) as Shown).map(([name, count]) => `${name}: ${String(count)}`),
];

const standings: Readonly<Record<string, string>> = {
  decides: 'It decides.',
  shadow: 'It stands in the shadow: it is recorded, and decides nothing.',
  off: 'It is not looked at.',
};

const cardText = (card: Shown): string =>
  [
    `# ${String(card['title'])}: ${String(card['method'])} ${String(card['version'])}`,
    `${standings[String(card['standing'])] ?? ''} Model: ${String(card['model']) || 'none yet'}.`,
    ...['', '## Data', ...dataOf((card['data'] ?? {}) as Shown)],
    ...['', '## Error', ...rowsOf(card['error'], ['measure', 'value', 'baseline'])],
    ...['', '## Drift', ...rowsOf(card['drift'], ['period', 'decisions', 'foretold', 'happened'])],
    ...(listOf(card['madeOf']).length === 0 ? [] : ['', '## What it is made of', ...rowsOf(card['madeOf'], ['name', 'about', 'weight'])]),
    ...['', '## Notes', ...linesOf(card['notes'])],
    ...['', '## What it must not be used for', ...linesOf(card['notFor'])],
  ].join('\n');

const cardsAt = async (at: CartageAt): Promise<readonly Shown[]> => {
  const found = await Promise.all(Object.values(cards).map((path) => unlessOff(askCartage(at, ['GET', path]), false)));
  return found.filter((card) => card !== undefined);
};

const listText = (found: readonly Shown[]): string =>
  found.length === 0
    ? 'No service that learns is on.'
    : table([
        ['model', 'what', 'standing', 'outcomes', 'up to'],
        ...found.map((card) => {
          const { learnedFrom } = (card['data'] ?? {}) as Shown;
          return [...['name', 'title', 'standing'].map((field) => String(card[field])), String(learnedFrom), String(card['model']) || '-'];
        }),
      ]);

const pathOf = (name: string): string => {
  const path = new Map<string, string>(Object.entries(cards)).get(name);
  if (path === undefined) throw new Trouble(`There is no model ${name}: ${names.replaceAll('|', ', ')}.\n${usage}`);
  return path;
};

export const run = async (args: readonly string[]): Promise<Done> => {
  const { at, json, words } = asked(args, [], usage);
  const [name, ...others] = words;
  if (others.length > 0) throw new Trouble(`One at a time, not ${words.join(' ')}.\n${usage}`);
  if (name === undefined) {
    const found = await cardsAt(at);
    return { text: json ? asJson(found) : listText(found), code: 0 };
  }
  const card = await askCartage(at, ['GET', pathOf(name)]);
  return { text: json ? asJson(card) : cardText(card), code: 0 };
};
