import {
  Topics,
  type FulfillmentEvent,
  type OrderEvent,
  type PaymentEvent,
  type PublicEvent,
  type ReturnEvent,
  type ShippingEvent,
} from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';
import type { AnyListener, Listener } from '@cartage/messaging';
import type { FollowUps } from '../app/follow-up';
import type { OrderCards, Outbox } from '../app/outbox';
import type { Plan } from '../app/planning';
import {
  fulfillmentOccasions,
  orderOccasions,
  paymentOccasions,
  returnOccasions,
  shippingOccasions,
  type Occasion,
  type Occasions,
} from '../domain/occasions';
import { cardOf, edited } from '../domain/order-card';

export interface Hearing {
  readonly cards: OrderCards;
  readonly plan: Plan;
  readonly withdraw: Outbox['withdraw'];
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
      OrderCancelled: ({ orderId }) => cards.change(orderId, (card) => ({ ...card, cancelled: true })),
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

/** What was fetched, or cannot be any more, is waited for no longer. */
const fulfillmentListener = ({ plan, withdraw }: Hearing): Listener<FulfillmentEvent> => ({
  group: 'notifications.fulfillment',
  topic: Topics.fulfillment,
  on: {
    ...planned(fulfillmentOccasions, plan),
    HandedOver: async (handover, meta) => {
      await withdraw(handover.orderId, handover.fulfillmentId);
      const occasion = fulfillmentOccasions.HandedOver?.(handover);
      if (occasion) await plan(occasion, meta);
    },
    PickupExpired: ({ orderId, fulfillmentId }) => withdraw(orderId, fulfillmentId),
    FulfillmentCancellationRequested: ({ orderId, fulfillmentId }) => withdraw(orderId, fulfillmentId),
    FulfillmentRejectionRequested: ({ orderId, fulfillmentId }) => withdraw(orderId, fulfillmentId),
  },
});

const returnListener = ({ plan, followUps }: Hearing): Listener<ReturnEvent> => ({
  group: 'notifications.returns',
  topic: Topics.returns,
  on: { ...planned(returnOccasions, plan), ReturnRequested: ({ orderId }) => followUps.sentBack(orderId) },
});

/** What the customer was asked for has an answer. */
const answered = ({ withdraw }: Hearing): Handlers<PaymentEvent> => ({
  PaymentAuthorized: ({ orderId, authorizationId }) => withdraw(orderId, authorizationId),
  PaymentDeclined: async ({ orderId, authorizationId }) => {
    if (authorizationId !== undefined) await withdraw(orderId, authorizationId);
  },
});

const paymentListener = (hearing: Hearing): Listener<PaymentEvent> => ({
  group: 'notifications.payment',
  topic: Topics.payment,
  on: { ...planned(paymentOccasions, hearing.plan), ...answered(hearing) },
});

export const listenersOf = (hearing: Hearing): readonly AnyListener[] => [
  orderListener(hearing),
  paymentListener(hearing),
  fulfillmentListener(hearing),
  shippingListener(hearing),
  returnListener(hearing),
];
