import type { ShippingEvent } from '@cartage/contracts';
import type { Translation } from '@cartage/eventsourcing';
import type { WayBackEvent } from './events';

/** What others hear of labels for the way back: not who sends it, nor how its parcel was described to the carrier. */
export const publishedWayBack: Translation<WayBackEvent, ShippingEvent> = {
  ReturnLabelRequested: ({ type, data: { returnId, orderId, labelId, carrier, service, policy, location, requestedAt } }) => ({
    type,
    data: { returnId, orderId, labelId, carrier, service, ...(policy === undefined ? {} : { policy }), location, requestedAt },
  }),
  ReturnLabelPurchased: ({ type, data }) => ({ type, data }),
  ReturnLabelFailed: ({ type, data }) => ({ type, data }),
  ReturnLabelVoided: ({ type, data }) => ({ type, data }),
  ReturnParcelScanned: ({ type, data: { eventId: _carriers, reason: _said, ...data } }) => ({ type, data }),
  ReturnParcelOverdue: ({ type, data }) => ({ type, data }),
};
