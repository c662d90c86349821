import { Refused } from '@cartage/eventsourcing';
import type { Events, Given } from './commands';
import type { BrokeringEvent } from './events';
import { requireBrokered, requireFulfillment } from './requiring';
import { isStanding, type Brokering, type Fulfillment } from './state';

/** The location takes it. Whatever else is asked of it meanwhile goes on. */
export const acceptFulfillment = ({ fulfillmentId, now }: Given<'AcceptFulfillment'>, state: Brokering): Events => {
  const of = requireFulfillment(state, fulfillmentId);
  if (of.acceptedAt !== undefined || of.status === 'closed') return [];
  if (!isStanding(of)) throw new Refused('FULFILLMENT_CLOSED', 'It is at its end; there is nothing to accept.');
  const { orderId } = requireBrokered(state);
  return [{ type: 'FulfillmentAccepted', data: { fulfillmentId, orderId, location: of.location, acceptedAt: now } }];
};

const waits = ({ status, acceptedAt, notAcceptedAt }: Fulfillment): boolean =>
  status === 'brokered' && acceptedAt === undefined && notAcceptedAt === undefined;

const notAccepted = { code: 'not-accepted', detail: 'The location did not accept it in time.', by: 'policy' };

/** It was to be accepted by now. It is asked back in the same way as what a location rejects: the goods may have left all the same. */
export const noteAcceptanceDue = ({ fulfillmentId, now }: Given<'NoteAcceptanceDue'>, state: Brokering): Events => {
  const of = requireFulfillment(state, fulfillmentId);
  const { acceptBy, ifNotAccepted = 'alert', location, lines } = of;
  if (acceptBy === undefined || !waits(of)) return [];
  const { orderId } = requireBrokered(state);
  const noted: BrokeringEvent = {
    type: 'FulfillmentNotAccepted',
    data: { fulfillmentId, orderId, location, acceptBy, ifNotAccepted, notedAt: now },
  };
  if (ifNotAccepted !== 'rebroker') return [noted];
  const asked = { fulfillmentId, orderId, location, lines, stockEffect: 'keep', reason: notAccepted, requestedAt: now };
  return [noted, { type: 'FulfillmentRejectionRequested', data: asked }];
};
