import type { DataOf } from '@cartage/eventsourcing';
import type { Decision } from '../domain/events';
import { money, said, why, type Words } from './phrases';

const promise = (shipGroupId: string, { shipBy, deliverBy }: { readonly shipBy?: string; readonly deliverBy?: string }) => [
  `ship group ${shipGroupId}:`,
  shipBy && `handed over by ${shipBy}`,
  deliverBy && `delivered by ${deliverBy}`,
];

/** A word for everything that the order decides. */
export const decisionWords: { readonly [Type in Decision['type']]: (data: DataOf<Decision, Type>) => Words } = {
  OrderPlaced: ({ placedAt, channel, externalOrderId }) => ({ step: 'placed', at: placedAt, ...said(channel, externalOrderId) }),
  OrderImported: ({ importedAt, channel, externalOrderId }) => ({ step: 'imported', at: importedAt, ...said(channel, externalOrderId) }),
  OrderConfirmed: ({ confirmedAt }) => ({ step: 'confirmed', at: confirmedAt }),
  HoldApplied: ({ appliedAt, type, reason, lines }) => ({
    step: 'on-hold',
    at: appliedAt,
    ...said(`${type}:`, reason.detail ?? reason.code),
    ...(lines ? { lines } : {}),
  }),
  HoldReleased: ({ releasedAt, type, resolution }) => ({ step: 'hold-released', at: releasedAt, ...said(`${type}:`, resolution) }),
  CancellationRequested: ({ requestedAt, reason, lines }) => ({
    step: 'cancellation-requested',
    at: requestedAt,
    ...said(why(reason)),
    lines,
  }),
  OrderCancellationRefused: ({ refusedAt, reason, lines }) => ({
    step: 'cancellation-refused',
    at: refusedAt,
    ...said('Too late:', why(reason)),
    lines,
  }),
  LineCancelled: ({ cancelledAt, reason, lines }) => ({ step: 'line-cancelled', at: cancelledAt, ...said(why(reason)), lines }),
  LostParcelsResolved: ({ resolvedAt, choice, reason, lines }) => ({
    step: 'loss-resolved',
    at: resolvedAt,
    ...said(`${choice},`, why(reason)),
    lines,
  }),
  ShortageResolved: ({ resolvedAt, choice, reason, lines }) => ({
    step: 'shortage-resolved',
    at: resolvedAt,
    ...said(`${choice},`, why(reason)),
    lines,
  }),
  PaymentAdded: ({ addedAt, payments }) => ({
    step: 'payment-added',
    at: addedAt,
    ...said(payments.map(({ method, amount }) => `${method} ${amount}`).join(', ')),
  }),
  OrderEdited: ({ editedAt, orderVersion, totalsBefore, totals, reason }) => ({
    step: 'edited',
    at: editedAt,
    ...said(`version ${orderVersion}, total ${totalsBefore.total} to ${totals.total}`, why(reason)),
  }),
  DestinationChanged: ({ changedAt, shipGroupId, reason }) => ({
    step: 'destination-changed',
    at: changedAt,
    ...said(`ship group ${shipGroupId}`, why(reason)),
  }),
  ChannelRefunded: ({ refundedAt, lines, channel, asked, ...refund }) => ({
    step: 'refunded-by-channel',
    at: refundedAt,
    ...said(channel, money(refund), asked ? 'as it was asked to' : undefined),
    ...(lines.length > 0 ? { lines } : {}),
  }),
  ChannelReturnOpened: ({ openedAt, channel, channelReturnId, standing, lines }) => ({
    step: 'return-at-channel',
    at: openedAt,
    ...said(channel, channelReturnId, standing),
    lines,
  }),
  ChannelReturnEnded: ({ endedAt, channel, channelReturnId, how }) => ({
    step: 'return-ended-at-channel',
    at: endedAt,
    ...said(channel, channelReturnId, how),
  }),
  HandoverRequested: ({ requestedAt, location, lines }) => ({ step: 'handover-requested', at: requestedAt, ...said(location), lines }),
  GoodsHandedOver: ({ handedOverAt, method, location, lines }) => ({
    step: method === 'digital' ? 'delivered-digitally' : 'carried-out',
    at: handedOverAt,
    ...said(location),
    lines,
  }),
  DigitalResent: ({ resentAt, reason, lines }) => ({ step: 'resent', at: resentAt, ...said(why(reason)), lines }),
  PromiseMade: ({ promisedAt, shipGroupId, ...dates }) => ({ step: 'promised', at: promisedAt, ...said(...promise(shipGroupId, dates)) }),
  PromiseMoved: ({ movedAt, shipGroupId, reason, ...dates }) => ({
    step: 'promise-moved',
    at: movedAt,
    ...said(...promise(shipGroupId, dates), why(reason)),
  }),
  DeadlineAtRisk: ({ warnedAt, deadline, dueAt, lines }) => ({ step: 'at-risk', at: warnedAt, ...said(deadline, dueAt), lines }),
  DeadlineMissed: ({ missedAt, deadline, dueAt, lines }) => ({ step: 'late', at: missedAt, ...said(deadline, dueAt), lines }),
  OrderCancelled: ({ cancelledAt, reason }) => ({ step: 'cancelled', at: cancelledAt, ...said(why(reason)) }),
  OrderCompleted: ({ completedAt }) => ({ step: 'completed', at: completedAt }),
};
