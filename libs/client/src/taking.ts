import { journalTopic, type Envelope, type Topic } from '@cartage/contracts';
import { choiceOf, envelopeIn, Unacceptable, type RawRecord } from '@cartage/messaging/reading';
import type { FollowedTopic, Handlers } from './events';
import type { Inbox } from './inbox';
import type { Counted } from './sequence';

type AnyHandler<Tx> = (event: Envelope, tx: Tx) => Promise<unknown>;

export interface Subscription<Tx> {
  /** Who keeps count: a name that stays, such as that of the consumer group. */
  readonly subscriber: string;
  readonly inbox: Inbox<Tx>;
  readonly on: Handlers<Tx>;
}

/** What became of a record: `passed` is one in a version that another record carries in a newer one. */
export type Outcome = 'taken' | 'repeat' | 'passed';

/** The journal tells events of all topics: on which one it was published stands beside it. */
const eventIn = (topic: FollowedTopic, record: RawRecord): Envelope => {
  if (topic !== journalTopic) return envelopeIn(topic, record);
  const published = record.headers['ce_topic'];
  if (published === undefined) throw new Unacceptable('This record is no entry of the journal: header ce_topic is missing.');
  return envelopeIn(String(published) as Topic, record);
};

const countedOf = (topic: FollowedTopic, { subject, key, sequence }: Envelope): Counted => ({
  topic,
  subject: topic === journalTopic ? key : subject,
  sequence,
});

const handlersOf = <Tx>({ on }: Subscription<Tx>, type: string): Readonly<Record<number, AnyHandler<Tx>>> | undefined => {
  const given = Object.hasOwn(on, type) ? on[type as keyof Handlers<Tx>] : undefined;
  if (given === undefined) return undefined;
  return (typeof given === 'function' ? { 1: given } : given) as Readonly<Record<number, AnyHandler<Tx>>>;
};

const nothing = async (): Promise<void> => undefined;

/** Takes one record, to its end. Throws `EventsMissing`, and `Unacceptable` for what is no event or comes in versions that nobody here knows. */
export const take = async <Tx>(subscription: Subscription<Tx>, topic: FollowedTopic, record: RawRecord): Promise<Outcome> => {
  const event = eventIn(topic, record);
  const handlers = handlersOf(subscription, event.type);
  const choice = handlers === undefined ? 'this' : choiceOf(event, (version) => Object.hasOwn(handlers, version));
  if (choice === 'another') return 'passed';
  if (choice === 'unknown')
    throw new Unacceptable(`Version ${event.version} of ${event.type} is not known here: get a newer @cartage/client.`);
  const handle = handlers?.[event.version] ?? nothing;
  return subscription.inbox.take(subscription.subscriber, countedOf(topic, event), (tx) => handle(event, tx));
};
