import type { JsonSchema, Schema } from './schema';

/** The compacted topics that tell what is now: one record for each key. Names are for ever. */
export const StateTopics = {
  order: 'order.state',
  stock: 'stock.state',
  payment: 'payment.state',
  shipment: 'shipment.state',
  return: 'return.state',
} as const;

export type StateTopic = (typeof StateTopics)[keyof typeof StateTopics];

/** The contract of what one topic tells. */
export interface StateContract<Type extends string, State> {
  readonly type: Type;
  readonly version: number;
  readonly topic: StateTopic;
  /** How the key reads. */
  readonly key: string;
  readonly about: string;
  readonly state: Schema<State>;
}

/** The TypeScript type of a contract's state. */
export type StateOf<Contract> = Contract extends StateContract<string, infer State> ? State : never;

export type AnyStateContract = StateContract<string, unknown>;

export const stateOn =
  (topic: StateTopic, key: string) =>
  <Type extends string, State>(type: Type, about: string, state: Schema<State>): StateContract<Type, State> => ({
    ...{ type, version: 1, topic, key, state },
    about: `${about} Key: \`${key}\`.`,
  });

/** `dataschema` of CloudEvents: `urn:cartage:states:<type>:<version>`. */
export const stateDataSchemaOf = ({ type, version }: Pick<AnyStateContract, 'type' | 'version'>): string =>
  `urn:cartage:states:${type}:${version}`;

/** The JSON Schema document of a state, as it is committed, published and served. */
export const stateSchemaOf = ({ type, version, about, state }: AnyStateContract): JsonSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: stateDataSchemaOf({ type, version }),
  title: type,
  ...state.json,
  description: about,
});
