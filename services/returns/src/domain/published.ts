import type { ReturnEvent as PublicEvent } from '@cartage/contracts';
import type { Named, Translation } from '@cartage/eventsourcing';
import type { ReturnEvent } from './events';

const same = <Event extends Named>({ type, data }: Event): Pick<Event, 'type' | 'data'> => ({ type, data });

/** What the world hears of returns: purchases, deliveries, reviews and refunds are others' news or ours alone. */
export const published: Translation<ReturnEvent, PublicEvent> = {
  ReturnRequested: same,
  ReturnAuthorized: same,
  ReturnDeclined: same,
  ReturnReceived: same,
  ItemGraded: same,
  ReturnClosed: same,
};
