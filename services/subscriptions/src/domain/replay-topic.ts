import { journalTopic, StateTopics, Topics } from '@cartage/contracts';

/** As Kafka has it. */
export const isTopicName = (name: string): boolean => /^[A-Za-z0-9._-]{1,249}$/.test(name) && name !== '.' && name !== '..';

const ours: readonly string[] = [...Object.values(Topics), ...Object.values(StateTopics), journalTopic];

/** Kafka takes `order.events` and `order_events` for the same in the names of its metrics, and refuses the second. */
const spelling = (name: string): string => name.replaceAll('_', '.').toLowerCase();

const areOurs: ReadonlySet<string> = new Set(ours.map(spelling));

/**
 * Why past events are not sent to this topic; nothing where they may be. What is sent again never comes to where Cartage’s own services listen, whatever an operator allows: nothing is shipped, paid
 * or written to a customer for it.
 */
export const faultOfTopic = (topic: string, prefixes: readonly string[]): string | undefined => {
  if (!isTopicName(topic)) return 'It must be the name of a topic: 1 to 249 letters, digits, dots, underscores and hyphens.';
  if (areOurs.has(spelling(topic))) return 'It is a topic of Cartage’s own: what is sent again goes to another one.';
  if (prefixes.some((prefix) => topic.startsWith(prefix) && topic.length > prefix.length)) return undefined;
  return prefixes.length === 0
    ? 'No topic may be named here: REPLAY_TOPIC_PREFIXES is empty. Name a webhook endpoint.'
    : `It must begin with ${prefixes.join(' or ')}, as REPLAY_TOPIC_PREFIXES says.`;
};
