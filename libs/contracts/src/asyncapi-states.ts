import type { JsonSchema } from './schema';
import { stateSchemaOf, StateTopics, type AnyStateContract } from './state-contract';
import { stateContracts } from './states';

const text = (description: string): JsonSchema => ({ type: 'string', description });

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
    'ce_causationid',
  ],
  properties: {
    ce_specversion: { const: '1.0' },
    ce_id: text('Of this state: the same on every delivery.'),
    ce_type: text('Name of the state.'),
    ce_source: text('`/cartage/subscriptions`'),
    ce_subject: text('The Kafka key.'),
    ce_partitionkey: text('The Kafka key.'),
    ce_time: text('When the event was recorded that changed it last, ISO 8601 UTC.'),
    ce_dataschema: text('`urn:cartage:states:<type>:<version>`'),
    ce_sequence: text('Grows with every change of the key, with gaps, in decimal: what has a smaller one than you have is older.'),
    ce_causationid: text('Id of the event that changed it last.'),
    'content-type': { const: 'application/json' },
  },
};

const messageOf = (contract: AnyStateContract): JsonSchema => {
  const { $schema: _dialect, $id: _id, ...schema } = stateSchemaOf(contract);
  return {
    name: contract.type,
    title: `${contract.type} (version ${contract.version})`,
    summary: contract.about,
    contentType: 'application/json',
    headers: { $ref: '#/components/schemas/StateHeaders' },
    payload: { schemaFormat: 'application/schema+json;version=draft-07', schema },
  };
};

const channelOf = ({ topic, key, type }: AnyStateContract): JsonSchema => ({
  address: topic,
  description: `What is now, one record for each key (\`${key}\`); compacted. At least once, in order per key. Without a value: whom it was about is forgotten.`,
  messages: { [type]: { $ref: `#/components/messages/${type}` } },
  bindings: { kafka: { topic, topicConfiguration: { 'cleanup.policy': ['compact'] }, bindingVersion: '0.5.0' } },
});

const named = <Value>(valueOf: (contract: AnyStateContract, name: string) => Value): Readonly<Record<string, Value>> =>
  Object.fromEntries(
    Object.entries(StateTopics).flatMap(([name, topic]) =>
      stateContracts.filter((contract) => contract.topic === topic).map((contract) => [name, valueOf(contract, name)]),
    ),
  );

/** What the document says of the compacted topics. */
export const statesInAsyncApi = {
  channels: Object.fromEntries(Object.entries(named(channelOf)).map(([name, channel]) => [`${name}-state`, channel])),
  operations: Object.fromEntries(
    Object.entries(named((contract) => contract.about)).map(([name, summary]) => [
      `publish-${name}-state`,
      { action: 'send', channel: { $ref: `#/channels/${name}-state` }, summary },
    ]),
  ),
  headers,
  messages: Object.fromEntries(stateContracts.map((contract) => [contract.type, messageOf(contract)])),
};
