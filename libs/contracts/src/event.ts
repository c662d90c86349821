import type { Schema } from './schema';
import type { Topic } from './topics';

/** The contract of one version of one public event. */
export interface EventContract<Type extends string, Data> {
  readonly type: Type;
  readonly version: number;
  readonly topic: Topic;
  /** One sentence: what happened, in the words of the business. */
  readonly about: string;
  readonly data: Schema<Data>;
}

/** The TypeScript type of a contract's event: `{ type, data }`. */
export type EventOf<Contract> =
  Contract extends EventContract<infer Type, infer Data> ? { readonly type: Type; readonly data: Data } : never;

export type AnyEventContract = EventContract<string, unknown>;

/** The contracts of one topic. */
export const contractsOf =
  (topic: Topic) =>
  <Type extends string, Data>(type: Type, about: string, data: Schema<Data>, version = 1): EventContract<Type, Data> => ({
    type,
    version,
    topic,
    about,
    data,
  });
