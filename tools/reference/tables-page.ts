import type { AnyService } from '@cartage/service-kit';
import type { ColumnRow, TableRow } from './catalogue';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const columnLine = ({ column, type, nullable, about }: ColumnRow): string =>
  `| \`${column}\` | ${type}${nullable ? ', may be null' : ''} | ${cell(about ?? '')} |`;

const kindOf = (service: AnyService, table: string): string =>
  service.views.some(({ name }) => name === table) ? 'View' : 'Kept by the service itself';

const section =
  (service: AnyService) =>
  ({ schema, table, about, key, columns }: TableRow): readonly string[] => [
    `### ${schema}.${table}`,
    '',
    `${cell(about ?? '')} ${kindOf(service, table)}. Key: ${key.map((column) => `\`${column}\``).join(', ')}.`.trim(),
    '',
    '| column | type | meaning |',
    '| --- | --- | --- |',
    ...columns.map(columnLine),
    '',
  ];

const ofService = (service: AnyService, tables: readonly TableRow[]): readonly string[] => [
  `## ${service.name}: schema \`${service.schema}\``,
  '',
  ...tables.filter(({ schema }) => schema === service.schema).flatMap(section(service)),
];

const freshness = `## How fresh is it?

Views are fed from the service's event log; rows and position move in one transaction, so a view is always consistent in itself. How far each has got
stands in \`view_state\` of the same schema:

\`\`\`sql
select name, shown_until, updated_at from orders.view_state where shown;
\`\`\`

\`shown_until\` is when the newest event that the view shows was recorded. While nothing happens it stands still: it says how old the newest fact is, not
that something is late; \`/health/ready\` says \`behind\` of a view that has not yet shown what is in the log. Each definition of a view has a table of its own
(\`order_summary_1a2b3c4d\`); query the view's name, which shows the newest one that is full. A changed view is filled beside the old one, and the name moves on when it is full; what it means stays.
Tables kept by a service itself are always as fresh as its answers.

The log itself is \`<schema>.events\` (every fact, never changed); events that a listener could not take are in \`<schema>.dead_letter\`.
`;

/** What analysts can query, as a page. */
export const tablesPage = (services: readonly AnyService[], tables: readonly TableRow[]): string =>
  [
    '# Tables',
    '',
    'Generated from a started system by `npm run reference`; do not edit. The same meanings are comments in the database (`\\d+ orders.order_summary`).',
    '',
    'Each service owns one schema. Read what you like with a role of your own that may only `select` ([how](../how-to/give-least-rights.md#let-somebody-read-a-services-tables)); write nothing. Amounts are integers in minor units of the currency beside them (1250 GBP is £12.50); times are UTC. Personal data is not in the tables, or only sealed.',
    '',
    freshness,
    ...services.flatMap((service) => ofService(service, tables)),
  ].join('\n');
