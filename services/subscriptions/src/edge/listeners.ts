import { contracts, Topics, type Envelope, type Topic } from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';
import type { AnyListener } from '@cartage/messaging';

type Hear = (fact: Envelope) => Promise<void>;

/** Every type of a topic, in every version that there is a contract of: of a fact in several, the newest is kept. */
const handlersOf = (topic: Topic, hear: Hear): AnyListener['on'] => {
  const handler = (_data: unknown, _meta: Meta, envelope: Envelope): Promise<void> => hear(envelope);
  const on: Record<string, Record<number, typeof handler>> = {};
  for (const { type, version } of contracts.filter((contract) => contract.topic === topic)) on[type] = { ...on[type], [version]: handler };
  return on;
};

/** All topics of services; never what was sent again to somebody, which is on topics of its own. */
export const listenersOf = (hear: Hear): readonly AnyListener[] =>
  Object.entries(Topics).map(([name, topic]) => ({ group: `subscriptions.${name}`, topic, on: handlersOf(topic, hear) }));
