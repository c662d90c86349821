import type { Destination, Reason, Sealed, ShipGroup } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import { isHere } from './commitments';
import type { Decision } from './events';
import { present } from './present';
import type { PlacedOrder } from './state';

/** Another place, or another person, for what has not left. */
export interface RedirectRequest {
  readonly shipGroupId: string;
  readonly destination: Destination;
  readonly personal: Sealed;
  readonly reason: Reason;
  readonly now: string;
}

const isOpen = (order: PlacedOrder, { shipGroupId, destination }: ShipGroup): boolean =>
  destination !== undefined && order.sold.lines.some((line) => line.shipGroupId === shipGroupId && isHere(order, line.lineId));

/** The first ship group that can go elsewhere. */
export const redirectable = (order: PlacedOrder): string | undefined =>
  order.sold.shipGroups.find((group) => isOpen(order, group))?.shipGroupId;

/** Nothing is said of the others: an order is counted by where the first goes that is sent anywhere. */
const beingFirst = ({ sold }: PlacedOrder, { shipGroupId }: ShipGroup) =>
  sold.shipGroups.find(({ destination }) => destination !== undefined)?.shipGroupId === shipGroupId ? { isFirst: true } : {};

export const redirect = (order: PlacedOrder, { shipGroupId, destination, personal, reason, now }: RedirectRequest): readonly Decision[] => {
  const { sold, placed, ended } = order;
  if (ended) throw new Refused('ORDER_ENDED', `The order is ${ended.as}: it goes nowhere any more.`);
  const group = sold.shipGroups.find((each) => each.shipGroupId === shipGroupId);
  const message = 'It is no ship group of this order.';
  if (!group) throw new Refused('SHIP_GROUP_UNKNOWN', message, 'invalid', [{ field: 'shipGroupId', code: 'SHIP_GROUP_UNKNOWN', message }]);
  if (!group.destination) throw new Refused('DESTINATION_FIXED', 'This ship group is sent nowhere: the customer fetches it.');
  if (!isOpen(order, group))
    throw new Refused('DESTINATION_FIXED', 'Everything of this ship group has left, or is cancelled: it cannot go elsewhere.');
  return [
    {
      type: 'DestinationChanged',
      data: {
        ...{ orderId: placed.orderId, shipGroupId, ...beingFirst(order, group) },
        ...{ ...present({ destination }), personal, reason, changedAt: now },
      },
    },
  ];
};
