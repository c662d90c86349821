import { Refused } from '@cartage/eventsourcing';
import type { ShipGroup } from './events';
import type { Brokered, Brokering, Fulfillment } from './state';

export const requireBrokered = (state: Brokering): Brokered => {
  if (!state || state.shipGroups.size === 0) throw new Refused('BROKERING_UNKNOWN', 'This order was not brokered, or not yet.', 'unknown');
  return state;
};

export const requireFulfillment = (state: Brokering, fulfillmentId: string): Fulfillment => {
  const fulfillment = state?.fulfillments.get(fulfillmentId);
  if (!fulfillment) throw new Refused('FULFILLMENT_UNKNOWN', `There is no fulfilment ${fulfillmentId} of this order.`, 'unknown');
  return fulfillment;
};

export const shipGroupOf = ({ shipGroups }: Brokered, shipGroupId: string): ShipGroup => {
  const shipGroup = shipGroups.get(shipGroupId);
  if (!shipGroup) throw new Error(`Ship group ${shipGroupId} was never brokered.`);
  return shipGroup;
};
