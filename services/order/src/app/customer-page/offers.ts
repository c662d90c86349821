import type { ShipGroup } from '@cartage/contracts';
import { unanswered } from '../../domain/cancellations';
import type { Occasion } from '../../domain/rules';
import type { PlacedOrder } from '../../domain/state';
import { cancelProbe, objectionTo, redirectProbe, returnable } from '../actions';

/** What customers may do by themselves, where their shop lets them. */
export const offerNames = ['cancel', 'address', 'return'] as const;
export type OfferName = (typeof offerNames)[number];

/** Why something cannot be done, as a customer is told it. */
export const obstacles = ['cancelled', 'ended', 'asked', 'left', 'erased', 'nothing-there', 'ask-us', 'not-now'] as const;
export type Obstacle = (typeof obstacles)[number];

/** Something that a customer may do now; with an obstacle, may not. */
export interface Offer {
  readonly obstacle?: Obstacle;
}

const because = (obstacle: Obstacle | undefined): Offer => (obstacle === undefined ? {} : { obstacle });

const isAsked = ({ cancellations }: PlacedOrder): boolean => [...cancellations.values()].some((each) => unanswered(each).length > 0);

/** What the decider would say, in words for whoever bought it. */
const told: Readonly<Record<string, (order: PlacedOrder) => Obstacle>> = {
  NOTHING_TO_DO: () => 'cancelled',
  NOTHING_TO_CANCEL: (order) => (isAsked(order) ? 'asked' : 'left'),
  ORDER_ENDED: ({ ended }) => (ended?.as === 'cancelled' ? 'cancelled' : 'ended'),
  DESTINATION_FIXED: () => 'left',
};

/** The least of its kind is asked of the decider itself: what is offered would be done, unless something happens in between. */
const judged = (command: ReturnType<typeof cancelProbe>, order: PlacedOrder): Offer => {
  const objection = objectionTo(command, order);
  return because(objection && (told[objection.code]?.(order) ?? 'not-now'));
};

/** What the shop lets its customers do. */
export type Offered = ReadonlySet<OfferName>;

export const cancelOffer = (order: PlacedOrder, offered: Offered, occasion: Occasion): Offer =>
  offered.has('cancel') ? judged(cancelProbe(occasion), order) : { obstacle: 'ask-us' };

/** To another place: of what is sent to the customer, while it is known who that is. Nothing of what they fetch. */
export const addressOffer = (
  order: PlacedOrder,
  { shipGroupId, method }: Pick<ShipGroup, 'shipGroupId' | 'method'>,
  { offered, occasion, erased }: { readonly offered: Offered; readonly occasion: Occasion; readonly erased: boolean },
): Offer | undefined => {
  if (method !== 'ship') return undefined;
  if (!offered.has('address')) return { obstacle: 'ask-us' };
  const offer = judged(redirectProbe(occasion, shipGroupId), order);
  return offer.obstacle === undefined && erased ? { obstacle: 'erased' } : offer;
};

/** Returns has the last word, by the policy that it was sold under. */
export const returnOffer = (order: PlacedOrder, offered: Offered): Offer => {
  if (!offered.has('return')) return { obstacle: 'ask-us' };
  return because(returnable(order).length > 0 ? undefined : 'nothing-there');
};
