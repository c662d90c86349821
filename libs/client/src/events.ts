import type { Envelope, journalTopic, PublicEvent, Topic } from '@cartage/contracts';

/** The name of a public event. */
export type EventType = PublicEvent['type'];

/** An event by its name, such as `EventNamed<'OrderPlaced'>`: `{ type, data }`. */
export type EventNamed<Type extends EventType> = Extract<PublicEvent, { readonly type: Type }>;

/** What can be followed: a topic of a service, or the journal of every order. */
export type FollowedTopic = Topic | typeof journalTopic;

/** An event as it comes, with everything that stands around it. In the journal `sequence` counts the events of the order. */
export type Received<Event extends { readonly type: string; readonly data: unknown } = PublicEvent> = Envelope<Event>;

type Handler<Type extends EventType, Tx> = (event: Received<EventNamed<Type>>, tx: Tx) => Promise<unknown>;

/** A handler for each version that it knows. Each says itself what its version carries. */
type VersionHandlers<Type extends EventType, Tx> = {
  readonly [version: number]: (event: Received<{ readonly type: Type; readonly data: never }>, tx: Tx) => Promise<unknown>;
};

/** What to do about which event: a function takes version 1, `{ 1: …, 2: … }` several. Other events are counted, and passed over. */
export type Handlers<Tx> = { readonly [Type in EventType]?: Handler<Type, Tx> | VersionHandlers<Type, Tx> };
