import { contracts, Topics, type Envelope, type Topic } from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';
import type { AnyListener } from '@cartage/messaging';
import type { Heard } from '../domain/book';

type Hear = (event: Heard) => Promise<void>;

const groups = Object.entries(Topics).map(([name, topic]) => ({ group: `audit.${name}`, topic }));

/** Every type of a topic, in every version that there is a contract of: the newest is heard. */
const handlersOf = (topic: Topic, hear: Hear): AnyListener['on'] => {
  const handler = (_data: unknown, _meta: Meta, envelope: Envelope): Promise<void> => hear(envelope as Heard);
  const on: Record<string, Record<number, typeof handler>> = {};
  for (const { type, version } of contracts.filter((contract) => contract.topic === topic)) on[type] = { ...on[type], [version]: handler };
  return on;
};

/** All topics, replays too: hearing has no effect but on what is known, and that is the same in whatever order it comes. */
export const listenersOf = (hear: Hear): readonly AnyListener[] =>
  groups.map(({ group, topic }) => ({ group, topic, on: handlersOf(topic, hear), replays: true, anyOrder: true }));
