import type { ShippingEvent } from '@cartage/contracts';
import type { Translation } from '@cartage/eventsourcing';
import type { ManifestEvent, PickupEvent } from './events';

/** What was asked, and what ended as it should, is ours alone. */
export const publishedDays: Translation<ManifestEvent | PickupEvent, ShippingEvent> = {
  ManifestClosed: ({ type, data }) => ({ type, data }),
  PickupBooked: ({ type, data }) => ({ type, data }),
  PickupCancelled: ({ type, data }) => ({ type, data }),
  PickupMissed: ({ type, data }) => ({ type, data }),
};
