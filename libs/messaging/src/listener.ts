import type { Envelope, Topic } from '@cartage/contracts';
import type { Meta, Named } from '@cartage/eventsourcing';

type Hear<Event extends Named> = (data: Event['data'], meta: Meta, envelope: Envelope<Event>) => Promise<unknown>;

/**
 * What one group does with the events of one topic; types that are not in `on` are passed over. Events of one subject come one after the
 * other; different subjects come at the same time, so that facades can share round trips. Delivery is at least once: `meta.commandId` is
 * the event's id, and a command with an id that was seen before changes nothing. A listener that sends two commands to one stream for one
 * event must give the second an id of its own, derived from it.
 *
 * `Refused` is final (logged, not retried), except the kind `unknown`, which may only be early and is retried like a fault.
 */
export interface Listener<Event extends Named = Named> {
  /** `<who>.<to what>`, such as `order.inventory`. A name is for ever: the group's position hangs on it. */
  readonly group: string;
  readonly topic: Topic;
  readonly on: { readonly [Type in Event['type']]?: Hear<Extract<Event, { readonly type: Type }>> };
  /** Whether it also takes events marked as replay. False unless it has no effect in the outside world. */
  readonly replays?: boolean;
}

/** A listener of any events, as transports see it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- handlers are contravariant in their event; only `any` accepts them all
export type AnyListener = Listener<any>;

/** The command meta of an event that a group heard. */
export const metaOf = (group: string, envelope: Envelope): Meta => ({
  commandId: envelope.id,
  causationId: envelope.id,
  correlationId: envelope.correlationId,
  actor: group,
  ...(envelope.traceparent === undefined ? {} : { traceparent: envelope.traceparent }),
});
