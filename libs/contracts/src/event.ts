import type { Schema } from './schema';
import { ownKind, subjects, type SubjectKind } from './subjects';
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
  /** What it may be about: kinds of `subjects` of its topic. */
  readonly subjects: readonly string[];
  /** One sentence: what happened, in the words of the business. */
  readonly about: string;
  readonly data: Schema<Data>;
}

/** The TypeScript type of a contract's event: `{ type, data }`. */
export type EventOf<Contract> =
  Contract extends EventContract<infer Type, infer Data> ? { readonly type: Type; readonly data: Data } : never;

export type AnyEventContract = EventContract<string, unknown>;

const formsOf = (topic: Topic, kinds: readonly string[]): string => {
  const forms: Readonly<Record<string, string>> = subjects[topic];
  return kinds.map((kind) => `\`${forms[kind]}\``).join(' or ');
};

/**
 * The contracts of one topic about one kind of thing, or several; without a word, about the topic’s own aggregate. What is about an order is kept in order with all else about it, unless it is said
 * otherwise.
 */
export const contractsOf =
  <Of extends Topic>(topic: Of, kinds?: SubjectKind<Of> | readonly SubjectKind<Of>[], keyedBy: KeyedBy = 'order') =>
  <Type extends string, Data>(type: Type, about: string, data: Schema<Data>, version = 1): EventContract<Type, Data> => {
    const things: readonly string[] = [kinds ?? ownKind(topic)].flat();
    return { type, version, topic, keyedBy, subjects: things, about: `${about} Subject: ${formsOf(topic, things)}.`, data };
  };
