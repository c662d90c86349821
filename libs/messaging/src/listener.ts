import type { Envelope, Topic } from '@cartage/contracts';
import { inSpan, Refused, type Meta, type Named, type SpanAbout } from '@cartage/eventsourcing';
import type { Logger } from 'pino';
import { messageAttributes, type TracedMessaging } from './traced';
import { Unacceptable } from './unacceptable';
import { choiceOf } from './versions';

type Handler<Event extends Named> = (data: Event['data'], meta: Meta, envelope: Envelope<Event>) => Promise<unknown>;

/** A handler for each version of a type that the listener takes. Each says itself what its version carries. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each version has data of its own
type VersionHandlers<Type extends string> = { readonly [version: number]: Handler<Named<Type, any>> };

/**
 * What one group does with the events of one topic; types that are not in `on` are passed over. Events of one key (`Envelope.key`) come one after
 * the other; different keys come at the same time, so that facades can share round trips. Delivery is at least once: `meta.commandId` is
 * the event's id, and a command with an id that was seen before changes nothing. A listener that sends two commands to one stream for one
 * event must give the second an id of its own, derived from it.
 *
 * What becomes of an event whose handler throws:
 * - `Refused` is final (logged, not tried again), except the kind `unknown`, which may only be early: its key waits, with growing pauses.
 * - What is away (`isAway`: a database, a broker, a carrier) makes the group wait, for ever if need be.
 * - Anything else is tried a few times and then becomes a dead letter, behind which later events of its key wait.
 */
export interface Listener<Event extends Named = Named> {
  /** `<who>.<to what>`, such as `order.inventory`. A name is for ever: the group's checkpoint hangs on it. */
  readonly group: string;
  readonly topic: Topic;
  /** A function takes version 1. Of an event in several versions the newest that is named here comes; one in none of them is a dead letter. */
  readonly on: {
    readonly [Type in Event['type']]?: Handler<Extract<Event, { readonly type: Type }>> | VersionHandlers<Type>;
  };
  /** Whether it also takes events marked as replay. False unless it has no effect in the outside world. */
  readonly replays?: boolean;
  /**
   * True only where what becomes of events hangs neither on their order nor on how often they come: then those of one key come side by side, too, and a handler that gathers them
   * writes once for many. Behind a dead letter they wait as others do.
   */
  readonly anyOrder?: boolean;
}

/** A listener of any events, as transports see it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- handlers are contravariant in their event; only `any` accepts them all
export type AnyListener = Listener<any>;

/** The command meta of an event that came to a group. */
export const metaOf = (group: string, envelope: Envelope): Meta => ({
  commandId: envelope.id,
  causationId: envelope.id,
  correlationId: envelope.correlationId,
  actor: group,
  ...(envelope.traceparent === undefined ? {} : { traceparent: envelope.traceparent }),
});

/** Whether it listens to events of this type. Types come from outside, and may be named as anything. */
export const isHeard = ({ on }: AnyListener, type: string): boolean => Object.hasOwn(on, type) && on[type] !== undefined;

/** Takes one event, to its end. */
export type Work = () => Promise<unknown>;

/** What a listener has to do about an event; nothing, if it does not listen to its type, takes no replays, or takes it in another version. */
export const workFor = (listener: AnyListener, log: Logger, envelope: Envelope, traced?: TracedMessaging): Work | undefined => {
  if (envelope.replay && listener.replays !== true) return undefined;
  if (!isHeard(listener, envelope.type)) return undefined;
  const handler = handlerOf(listener.on[envelope.type] as Taken, envelope);
  if (!handler || !traced) return handler && (() => handle(listener, log, envelope, handler));
  return () =>
    inSpan(traced.tracing, processing(listener, traced, envelope), ({ traceparent }) =>
      handle(listener, log, { ...envelope, traceparent }, handler),
    );
};

/** What follows has this span for its parent; it follows itself from the command whose event it is about. */
const processing = ({ group, topic }: AnyListener, { system }: TracedMessaging, envelope: Envelope): SpanAbout => ({
  name: `process ${topic}`,
  kind: 'consumer',
  parent: envelope.traceparent,
  attributes: {
    ...messageAttributes(system, envelope),
    ...{ 'messaging.operation.name': 'process', 'messaging.operation.type': 'process', 'messaging.consumer.group.name': group },
  },
});

const unknownVersion =
  ({ type, version }: Envelope): Handler<Named> =>
  () =>
    Promise.reject(new Unacceptable(`Version ${version} of ${type} is not known here.`));

type Taken = Handler<Named> | VersionHandlers<string>;

const handlerOf = (taken: Taken, envelope: Envelope): Handler<Named> | undefined => {
  const inVersion = (version: number): Handler<Named> | undefined => {
    if (typeof taken === 'function') return version === 1 ? taken : undefined;
    return taken[version];
  };
  const choice = choiceOf(envelope, (version) => inVersion(version) !== undefined);
  if (choice === 'another') return undefined;
  return choice === 'this' ? inVersion(envelope.version) : unknownVersion(envelope);
};

const handle = async (listener: AnyListener, log: Logger, envelope: Envelope, handler: Handler<Named>): Promise<void> => {
  try {
    await handler(envelope.data, metaOf(listener.group, envelope), envelope);
  } catch (error) {
    if (!isFinal(error)) throw error;
    log.warn(aboutRefusal(listener, envelope, error), 'An event was refused, for good.');
  }
};

/** A refusal is an answer. Only `unknown` may be too early: what the event speaks of may still be on its way here. */
const isFinal = (error: unknown): error is Refused => error instanceof Refused && error.kind !== 'unknown';

const aboutRefusal = ({ group }: AnyListener, { id, type, subject, key, correlationId }: Envelope, { code, message }: Refused): object => ({
  group,
  eventId: id,
  type,
  subject,
  key,
  correlationId,
  code,
  reason: message,
});
