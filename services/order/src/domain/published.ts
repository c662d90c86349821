import type { EventOf, OrderEvent as OfOrders, PersonErasureRequested } from '@cartage/contracts';
import type { StoredEvent, Translation } from '@cartage/eventsourcing';
import type { ErasureEvent } from './erasure';
import type { Decision, OrderEvent } from './events';

type Published = OfOrders | EventOf<typeof PersonErasureRequested>;

const asItStands = <Each extends Published>({ type, data }: StoredEvent<Each>): { type: Each['type']; data: Each['data'] } => ({
  type,
  data,
});

/** What the world is told: what the order decided. What others told it they have published themselves. */
export const published: Translation<OrderEvent | ErasureEvent, Published> & { readonly [Type in Decision['type']]: unknown } = {
  OrderPlaced: ({ data: { raw: _, ...data } }) => ({ type: 'OrderPlaced', data }),
  OrderImported: ({ data: { raw: _, ...data } }) => ({ type: 'OrderImported', data }),
  OrderConfirmed: asItStands,
  HoldApplied: asItStands,
  HoldReleased: asItStands,
  CancellationRequested: ({ data: { edit: _, ...data } }) => ({ type: 'CancellationRequested', data }),
  OrderEdited: asItStands,
  DestinationChanged: asItStands,
  ChannelRefunded: asItStands,
  ChannelReturnOpened: asItStands,
  ChannelReturnEnded: asItStands,
  OrderCancellationRefused: asItStands,
  LineCancelled: asItStands,
  ShortageResolved: asItStands,
  LostParcelsResolved: asItStands,
  PaymentAdded: asItStands,
  HandoverRequested: asItStands,
  GoodsHandedOver: asItStands,
  DigitalResent: asItStands,
  PromiseMade: asItStands,
  PromiseMoved: asItStands,
  DeadlineAtRisk: asItStands,
  DeadlineMissed: asItStands,
  OrderCancelled: asItStands,
  OrderCompleted: asItStands,
  PersonErasureRequested: ({ data: { by: _, reason: __, ...data } }) => ({ type: 'PersonErasureRequested', data }),
};
