import { Topics, type OrderEvent, type PaymentEvent, type PublicEvent, type ReturnEvent, type ShippingEvent } from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';
import type { AnyListener, Listener } from '@cartage/messaging';
import type { FollowUps } from '../app/follow-up';
import type { OrderCards } from '../app/outbox';
import type { Plan } from '../app/planning';
import { orderOccasions, paymentOccasions, returnOccasions, shippingOccasions, type Occasion, type Occasions } from '../domain/occasions';
import { cardOf, edited } from '../domain/order-card';

export interface Hearing {
  readonly cards: OrderCards;
  readonly plan: Plan;
  readonly followUps: FollowUps;
}

type Handlers<Event extends PublicEvent> = Listener<Event>['on'];

/** A message for each event that is an occasion for one. None of it comes again when events are replayed: listeners take no replays. */
const planned = <Event extends PublicEvent>(occasions: Occasions<Event>, plan: Plan): Handlers<Event> =>
  Object.fromEntries<unknown>(
    Object.entries(occasions).map(([type, occasionOf]) => [
      type,
      async (data: never, meta: Meta) => {
        const occasion = (occasionOf as (data: never) => Occasion | undefined)(data);
        if (occasion) await plan(occasion, meta);
      },
    ]),
  ) as Handlers<Event>;

const orderListener = ({ cards, plan, followUps }: Hearing): Listener<OrderEvent> => {
  const { OrderPlaced: confirm, OrderEdited: tellEdit } = orderOccasions;
  return {
    group: 'notifications.order',
    topic: Topics.order,
    on: {
      ...planned(orderOccasions, plan),
      OrderPlaced: async (placed, meta) => {
        await cards.keep(cardOf(placed));
        const occasion = confirm?.(placed);
        if (occasion) await plan(occasion, meta);
      },
      // Its customer knows how it ended; what is said of it later, such as of a return, needs to know whom to tell.
      OrderImported: (imported) => cards.keep(cardOf(imported)),
      OrderEdited: async (edit, meta) => {
        await cards.change(edit.orderId, (card) => edited(card, edit));
        const occasion = tellEdit?.(edit);
        if (occasion) await plan(occasion, meta);
      },
      OrderCompleted: ({ orderId, completedAt }) => followUps.completed(orderId, completedAt),
    },
  };
};

const shippingListener = ({ cards, plan }: Hearing): Listener<ShippingEvent> => ({
  group: 'notifications.shipping',
  topic: Topics.shipping,
  on: {
    ...planned(shippingOccasions, plan),
    LabelPurchased: ({ shipmentId, orderId, trackingToken }) => cards.keepTracking(shipmentId, orderId, trackingToken),
  },
});

const returnListener = ({ plan, followUps }: Hearing): Listener<ReturnEvent> => ({
  group: 'notifications.returns',
  topic: Topics.returns,
  on: { ...planned(returnOccasions, plan), ReturnRequested: ({ orderId }) => followUps.sentBack(orderId) },
});

const paymentListener = ({ plan }: Hearing): Listener<PaymentEvent> => ({
  group: 'notifications.payment',
  topic: Topics.payment,
  on: planned(paymentOccasions, plan),
});

export const listenersOf = (hearing: Hearing): readonly AnyListener[] => [
  orderListener(hearing),
  paymentListener(hearing),
  shippingListener(hearing),
  returnListener(hearing),
];
