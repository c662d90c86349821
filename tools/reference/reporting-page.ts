import { filtersOf, questions, tablesOf, viewNameOf } from '@cartage/reporting/questions';
import type { ColumnRow, TableRow } from './catalogue';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const line = ({ column, type, about }: ColumnRow): string => `| \`${column}\` | ${type} | ${cell(about ?? '')} |`;

/** Of the view of a question: how it is asked over HTTP, and what it is made of. */
const asking = (table: string): readonly string[] => {
  const question = questions.find((each) => viewNameOf(each) === table);
  if (!question) return [];
  const parameters = [...(question.time ? ['from', 'to'] : []), ...filtersOf(question)].map((each) => `\`${each}\``);
  const made = tablesOf(question).map((each) => `[${each}](#${each})`);
  return [
    `\`GET /reporting/questions/${question.name}\`, narrowed by ${parameters.length > 0 ? parameters.join(', ') : 'nothing'}. Made of ${made.join(', ')}.`,
    '',
  ];
};

const section = ({ table, about, columns }: TableRow): readonly string[] => [
  `### ${table}`,
  '',
  cell(about ?? ''),
  '',
  ...asking(table),
  '| column | type | meaning |',
  '| --- | --- | --- |',
  ...columns.map(line),
  '',
];

const groups: readonly (readonly [title: string, has: (name: string) => boolean])[] = [
  ['Facts', (name) => name.startsWith('fact_')],
  ['Dimensions', (name) => name.startsWith('dim_')],
  ['Freshness, and rates of exchange', (name) => !/^(fact|dim|question)_/.test(name)],
  ['Questions', (name) => name.startsWith('question_')],
];

/** The data dictionary of the star, as a page. */
export const reportingPage = (names: readonly TableRow[]): string =>
  [
    '# Tables for analysts',
    '',
    'Generated from a started system by `npm run reference`; do not edit. The same meanings are comments in the database (`\\d+ reporting.fact_order`). How to ask: [ask the numbers](../how-to/ask-the-numbers.md).',
    '',
    'A star in the schema `reporting`: facts, one row for each business fact, and the dimensions that they name by surrogate keys. Amounts are whole minor units of the currency beside them (1250 GBP is £12.50); times and days are UTC. Nothing in it says who a customer is.',
    '',
    ...groups.flatMap(([title, has]) => {
      const mine = names.filter(({ table }) => has(table));
      return mine.length === 0 ? [] : [`## ${title}`, '', ...mine.flatMap(section)];
    }),
  ].join('\n');
