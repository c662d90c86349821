import {
  contracts,
  journalTopic,
  nameOf,
  stateContracts,
  Topics,
  type AnyEventContract,
  type AnyStateContract,
  type JsonSchema,
  type Topic,
} from '@cartage/contracts';
import { goldenOf } from './schemas';

const typeOf = (schema: JsonSchema): string => {
  if (Array.isArray(schema['enum'])) return schema['enum'].map((value) => `\`${String(value)}\``).join(' \\| ');
  if (schema['type'] === 'array') return `list of ${typeOf(schema['items'] as JsonSchema)}`;
  return String(schema['format'] ?? schema['type']);
};

const fieldRows = (schema: JsonSchema, prefix = ''): readonly string[] =>
  Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>).flatMap(([name, field]) => {
    const inner = field['type'] === 'array' ? (field['items'] as JsonSchema) : field;
    const required = (schema['required'] as readonly string[]).includes(name);
    const path = `${prefix}${name}${field['type'] === 'array' ? '[]' : ''}`;
    return [
      `| \`${path}\` | ${typeOf(field)}${required ? '' : ' (optional)'} | ${String(field['description'] ?? '')} |`,
      ...fieldRows(inner, `${path}.`),
    ];
  });

const section = (contract: AnyEventContract): readonly string[] => [
  `### ${contract.type}`,
  '',
  `${contract.about} Version ${contract.version}; schema \`libs/contracts/schemas/${nameOf(contract)}.json\`.`,
  '',
  '| field | type | meaning |',
  '| --- | --- | --- |',
  ...fieldRows(contract.data.json),
  '',
  '<details><summary>Sample</summary>',
  '',
  '```json',
  JSON.stringify(goldenOf(contract), undefined, 2),
  '```',
  '',
  '</details>',
  '',
];

const topicPage = (topic: Topic): readonly string[] => {
  const events = contracts.filter((each) => each.topic === topic);
  return [`## \`${topic}\``, '', events.map(({ type }) => `[${type}](#${type.toLowerCase()})`).join(' · '), '', ...events.flatMap(section)];
};

const journalPage: readonly string[] = [
  `## \`${journalTopic}\``,
  '',
  'Every event of the topics above that belongs to an order, once more, in one sequence for each order over all services. Key: the order id. `ce_id`, `ce_type`, `ce_dataschema`, `ce_source`, `ce_subject`, `ce_time` and the data are those of the event.',
  '',
  '| header | meaning |',
  '| --- | --- |',
  '| `ce_sequence` | counts the events of the order from 1, without gaps |',
  '| `ce_topic` | the topic on which it was published |',
  '| `ce_topicsequence` | its `ce_sequence` there |',
  '| `ce_channel` | where the order was sold; absent where nobody has said so yet |',
  '',
  'How to follow it: [follow orders](../how-to/follow-orders.md).',
  '',
];

const statePage = (contract: AnyStateContract): readonly string[] => [
  `## \`${contract.topic}\``,
  '',
  `### ${contract.type}`,
  '',
  `${contract.about} Version ${contract.version}; schema \`libs/contracts/state-schemas/${nameOf(contract)}.json\`.`,
  '',
  '| field | type | meaning |',
  '| --- | --- | --- |',
  ...fieldRows(contract.state.json),
  '',
];

const statesHead: readonly string[] = [
  '## What is now',
  '',
  'The topics below are compacted: one record for each key, with the state as it is now; without a value once whom it was about is forgotten. `ce_sequence` grows with every change of the key, with gaps. How to read them: [follow states](../how-to/follow-states.md).',
  '',
];

/** The events reference, as a page. */
export const eventsPage = (): string =>
  [
    '# Events reference',
    '',
    'Generated from `libs/contracts` by `npm run contracts`; do not edit. The same as a machine reads it: [asyncapi.json](asyncapi.json).',
    '',
    'Every event travels as CloudEvents 1.0 in binary mode: attributes in Kafka headers (`ce_id`, `ce_type`, `ce_sequence`, …), `data` as the JSON value. How to subscribe: [subscribe to events](../how-to/subscribe-to-events.md).',
    '',
    ...Object.values(Topics).flatMap(topicPage),
    ...journalPage,
    ...statesHead,
    ...stateContracts.flatMap(statePage),
  ].join('\n');
