import type { LineQuantity, Reason, Sealed } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import { together } from './cancellations';
import type { Decision } from './events';
import { deliveredDigitally, groupOf } from './handovers';
import { present } from './present';
import type { PlacedOrder } from './state';

/** Digital goods once more; without a box of its own, as they were sent before. */
export interface ResendRequest {
  readonly shipGroupId: string;
  readonly personal?: Sealed | undefined;
  readonly reason: Reason;
  readonly now: string;
}

export const resend = (order: PlacedOrder, { shipGroupId, personal, reason, now }: ResendRequest): readonly Decision[] => {
  const group = groupOf(order, shipGroupId);
  if (!group) throw new Refused('SHIP_GROUP_UNKNOWN', `The order has no ship group ${shipGroupId}.`, 'unknown');
  const sent = deliveredDigitally(order, shipGroupId);
  const last = sent.at(-1);
  if (!last) throw new Refused('NOTHING_DELIVERED', 'Nothing of this ship group was delivered digitally: there is nothing to send again.');
  const lines: readonly LineQuantity[] = together(sent.flatMap((each) => each.lines));
  const box = personal ?? group.personal ?? order.placed.personal;
  const named = { orderId: order.placed.orderId, handoverId: last.handoverId, shipGroupId, lines };
  return [{ type: 'DigitalResent', data: { ...named, ...present({ personal: box }), reason, resentAt: now } }];
};

/** Another link or key is the one that holds from then on. */
export const resent = (
  order: PlacedOrder,
  { shipGroupId, personal }: { readonly shipGroupId: string; readonly personal?: Sealed },
): PlacedOrder =>
  personal === undefined
    ? order
    : {
        ...order,
        sold: {
          ...order.sold,
          shipGroups: order.sold.shipGroups.map((group) => (group.shipGroupId === shipGroupId ? { ...group, personal } : group)),
        },
      };
