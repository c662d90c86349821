import { edgesOf, tracedEvent, type CausalGraph, type Kit, type TracedEvent } from '@cartage/service-kit';
import type { AnyPublication } from '@cartage/messaging';
import type { OrderRead, ReadOrder } from './reading';

export interface AuditNeeds {
  readonly read: ReadOrder;
  readonly publication: AnyPublication;
  /** What followed from requests, in the logs of all services. */
  readonly causes: Kit['causes'];
}

/** Every event of an order in all services: who asked, by which rules, and what led to what. */
export type AuditOrder = (orderId: string) => Promise<CausalGraph>;

/** The things that belong to an order, by which other services name what they decide. */
const subjectsOf = ({ order }: OrderRead): ReadonlySet<string> =>
  new Set([order.placed.orderId, ...order.fulfillments.keys(), ...order.shipments.keys()]);

/** Of `invoice/<orderId>` the order: whatever kind of thing stands before it. */
const idIn = (subject: string): string => subject.slice(subject.lastIndexOf('/') + 1);

const ofOrder = (orderId: string, data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'orderId' in data && data.orderId === orderId;

/**
 * The order has heard nearly everything, with the id of what led to it; so it knows the requests (correlations) that its history began with, and asks
 * for what followed from them elsewhere. Its own events it reads itself: they are there even where no log can be searched.
 */
export const auditing =
  ({ read, publication, causes }: AuditNeeds): AuditOrder =>
  async (orderId) => {
    const found = await read(orderId);
    const subjects = subjectsOf(found);
    const concerns = ({ subject, data }: TracedEvent): boolean => subjects.has(idIn(subject)) || ofOrder(orderId, data);
    const { events, ...rest } = await causes(
      found.events.map(({ meta }) => meta.correlationId),
      concerns,
    );
    const own = found.events.map((event) => tracedEvent(publication, event));
    const others = events.filter(({ service }) => service !== publication.service);
    const all = [...own, ...others].toSorted((one, other) => one.recordedAt.localeCompare(other.recordedAt));
    return { ...rest, events: all, edges: edgesOf(all), missing: rest.missing.filter((service) => service !== publication.service) };
  };
