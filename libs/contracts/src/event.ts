import type { Schema } from './schema';
import type { Topic } from './topics';

/**
 * What keeps its events in order, as the Kafka key: the order that they name, or their subject alone. Of one subject all events have one key: an order
 * that only some of them name cannot be it.
 */
export type KeyedBy = 'order' | 'subject';

/** The contract of one version of one public event. */
export interface EventContract<Type extends string, Data> {
  readonly type: Type;
  readonly version: number;
  readonly topic: Topic;
  readonly keyedBy: KeyedBy;
  /** One sentence: what happened, in the words of the business. */
  readonly about: string;
  readonly data: Schema<Data>;
}

/** The TypeScript type of a contract's event: `{ type, data }`. */
export type EventOf<Contract> =
  Contract extends EventContract<infer Type, infer Data> ? { readonly type: Type; readonly data: Data } : never;

export type AnyEventContract = EventContract<string, unknown>;

/** The contracts of one topic; what is about an order is kept in order with all else about it, unless it is said otherwise. */
export const contractsOf =
  (topic: Topic, keyedBy: KeyedBy = 'order') =>
  <Type extends string, Data>(type: Type, about: string, data: Schema<Data>, version = 1): EventContract<Type, Data> => ({
    type,
    version,
    topic,
    keyedBy,
    about,
    data,
  });
