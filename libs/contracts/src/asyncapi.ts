import type { AnyEventContract } from './event';
import { nameOf, schemaOf } from './event-schema';
import type { JsonSchema } from './schema';
import { statesInAsyncApi } from './asyncapi-states';
import { subjects } from './subjects';
import { journalTopic, Topics, type Topic } from './topics';

/** A sample of what an event of a contract carries; nothing where there is none at hand. */
export type ExampleOf = (contract: AnyEventContract) => unknown;

const subjectsOn = (topic: Topic): string =>
  Object.values(subjects[topic])
    .map((form) => `\`${form}\``)
    .join(', ');

const text = (description: string): JsonSchema => ({ type: 'string', description });

/** CloudEvents 1.0 attributes as Kafka headers (binary content mode of the CloudEvents Kafka protocol binding). */
const headers: JsonSchema = {
  type: 'object',
  required: [
    'ce_specversion',
    'ce_id',
    'ce_type',
    'ce_source',
    'ce_subject',
    'ce_partitionkey',
    'ce_time',
    'ce_dataschema',
    'ce_sequence',
    'ce_correlationid',
  ],
  properties: {
    ce_specversion: { const: '1.0' },
    ce_id: text('Stable for ever; the same on every delivery and replay.'),
    ce_type: text('Name of the event.'),
    ce_source: text('`/cartage/<service>`'),
    ce_subject: text('What it is about, which is what `ce_sequence` counts: each channel says how it reads.'),
    ce_partitionkey: text('The Kafka key: the order id for everything that belongs to an order, else the subject.'),
    ce_time: text('When it was recorded, ISO 8601 UTC.'),
    ce_dataschema: text('`urn:cartage:events:<type>:<version>`'),
    ce_versions: text('Every version in which this event is published, parted by commas, where there are several.'),
    ce_sequence: text('Counts the subject’s events on this topic from 1, without gaps, in decimal.'),
    ce_correlationid: text('Shared by everything that follows from one request.'),
    ce_causationid: text('Id of the event that caused this one.'),
    ce_replay: text('`true` when sent again on request.'),
    traceparent: text('W3C trace context.'),
    'content-type': { const: 'application/json' },
  },
};

const examplesOf = (name: string, payload: unknown): JsonSchema => (payload === undefined ? {} : { examples: [{ name, payload }] });

const message = (contract: AnyEventContract, exampleOf: ExampleOf): JsonSchema => ({
  name: contract.type,
  title: `${contract.type} (version ${contract.version})`,
  summary: contract.about,
  contentType: 'application/json',
  headers: { $ref: '#/components/schemas/Headers' },
  payload: { schemaFormat: 'application/schema+json;version=draft-07', schema: withoutDialect(schemaOf(contract)) },
  ...examplesOf(nameOf(contract), exampleOf(contract)),
});

/** AsyncAPI tools read draft-07; what our schemas use is the same in both drafts. */
const withoutDialect = ({ $schema: _dialect, $id: _id, ...schema }: JsonSchema): JsonSchema => schema;

const channel = (topic: Topic, contracts: readonly AnyEventContract[]): JsonSchema => ({
  address: topic,
  description: `\`ce_subject\`: ${subjectsOn(topic)}. At least once, in order per key, and so per subject.`,
  messages: Object.fromEntries(
    contracts.filter((each) => each.topic === topic).map((each) => [each.type, { $ref: `#/components/messages/${nameOf(each)}` }]),
  ),
  bindings: { kafka: { topic, bindingVersion: '0.5.0' } },
});

/** What stands beside the attributes of an event where its order's journal tells it. */
const journalHeaders: JsonSchema = {
  allOf: [
    { $ref: '#/components/schemas/Headers' },
    {
      type: 'object',
      required: ['ce_topic', 'ce_topicsequence'],
      properties: {
        ce_partitionkey: text('The order id.'),
        ce_sequence: text('Counts the events of the order over all topics from 1, without gaps, in decimal.'),
        ce_topic: text('The topic on which it was published.'),
        ce_topicsequence: text('Its `ce_sequence` there.'),
        ce_channel: text('Where the order was sold; absent where nobody has said so yet.'),
      },
    },
  ],
};

const journalMessage: JsonSchema = {
  name: 'JournalEntry',
  title: 'An event of an order',
  summary:
    'Any event of another channel that belongs to an order: the same `ce_id`, `ce_type`, `ce_dataschema`, `ce_source`, `ce_time` and data.',
  contentType: 'application/json',
  headers: journalHeaders,
  payload: { type: 'object', description: 'As the contract of `ce_type` has it.' },
};

const journalChannel: JsonSchema = {
  address: journalTopic,
  description: 'Everything that happened to an order, over all services. At least once, in order per order.',
  messages: { JournalEntry: { $ref: '#/components/messages/JournalEntry' } },
  bindings: { kafka: { topic: journalTopic, bindingVersion: '0.5.0' } },
};

const publishJournal: JsonSchema = {
  action: 'send',
  channel: { $ref: '#/channels/journal' },
  summary: 'What all services tell of an order, in one sequence.',
};

/** The AsyncAPI 3 document of these public events. */
export const asyncApiOf = (contracts: readonly AnyEventContract[], exampleOf: ExampleOf = () => undefined): JsonSchema => ({
  asyncapi: '3.0.0',
  info: {
    title: 'Cartage events',
    version: '1.0.0',
    description: 'Domain events that the services of Cartage publish on Kafka, as CloudEvents 1.0 in binary mode.',
    license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
  },
  defaultContentType: 'application/json',
  channels: {
    ...Object.fromEntries(Object.entries(Topics).map(([name, topic]) => [name, channel(topic, contracts)])),
    journal: journalChannel,
    ...statesInAsyncApi.channels,
  },
  operations: {
    ...Object.fromEntries(
      Object.keys(Topics).map((name) => [
        `publish-${name}`,
        { action: 'send', channel: { $ref: `#/channels/${name}` }, summary: `What ${name} tells the world.` },
      ]),
    ),
    'publish-journal': publishJournal,
    ...statesInAsyncApi.operations,
  },
  components: {
    schemas: { Headers: headers, StateHeaders: statesInAsyncApi.headers },
    messages: {
      ...Object.fromEntries(contracts.map((each) => [nameOf(each), message(each, exampleOf)])),
      ...{ JournalEntry: journalMessage, ...statesInAsyncApi.messages },
    },
  },
});
