import { everything, id, minute, orderId } from './order.fixture';
import { fulfillment, money, shipment, tell } from './telling.fixture';

const chargeback = { ...money, chargebackId: id(19) } as const;
const backorder = { backorderId: id(16), lineId: '2', sku: 'MUG', quantity: 3 } as const;

/** The goods that its second line waits for are expected then. */
export const backorderedTo = (promisedAt: string) =>
  tell('StockBackordered', { orderId, lines: [{ ...backorder, promisedAt }], backorderedAt: minute(1) });

/** They come then instead; absent: nobody knows when. */
export const backorderMovedTo = (promisedAt?: string) =>
  tell('BackorderMoved', {
    orderId,
    lines: [{ ...backorder, ...(promisedAt === undefined ? {} : { promisedAt }), before: minute(60) }],
    reason: { code: 'supplier-late', by: 'system' },
    movedAt: minute(3),
  });

/** What others tell when something does not go as it should. */
export const troubles = {
  pending: tell('PaymentPending', {
    ...money,
    authorizationId: id(17),
    method: 'card',
    action: { kind: 'redirect', details: { key: 'c-1.k', box: 'c2VhbGVk' } },
    expiresAt: minute(30),
    pendingAt: minute(2),
  }),
  payLinkUsed: tell('PayLinkUsed', {
    ...{ ...money, paymentId: id(41), linkId: id(24), method: 'pay_link', replaces: [money.paymentId], usedAt: minute(4) },
  }),
  expired: tell('AuthorizationExpired', { ...money, authorizationId: id(9), expiredAt: minute(5) }),
  dueChanged: tell('AmountDueChanged', {
    orderId,
    currency: 'GBP',
    due: 1294,
    before: 2134,
    reason: { code: 'line-cancelled', by: 'customer' },
    changedAt: minute(5),
  }),
  voidFailed: tell('VoidFailed', { ...money, voidId: id(18), reason: { code: 'provider-away', by: 'provider' }, failedAt: minute(19) }),
  chargeback: tell('ChargebackOpened', { ...chargeback, reason: { code: 'fraudulent', by: 'customer' }, openedAt: minute(20) }),
  chargebackWon: tell('ChargebackWon', { ...chargeback, decidedAt: minute(21) }),
  chargebackLost: tell('ChargebackLost', { ...chargeback, decidedAt: minute(21) }),
  destinationTooLate: tell('DestinationChangeRefused', {
    ...shipment,
    shipGroupId: '1',
    reason: { code: 'handed-over', by: 'carrier' },
    refusedAt: minute(9),
  }),
  backordered: backorderedTo(minute(60)),
  backorderMoved: backorderMovedTo(minute(120)),
  released: tell('StockReleased', {
    orderId,
    reservationId: id(8),
    reason: { code: 'line-cancelled', by: 'customer' },
    lines: [{ ...everything[1], quantity: 1 }],
    releasedAt: minute(4),
  }),
  fulfillmentCancelled: tell('FulfillmentCancelled', {
    ...fulfillment,
    cancellationId: id(70),
    lines: everything,
    reason: { code: 'changed-mind', by: 'customer' },
    cancelledAt: minute(5),
  }),
  cancellationTooLate: tell('FulfillmentCancellationRefused', {
    ...fulfillment,
    cancellationId: id(70),
    lines: everything,
    reason: { code: 'handed-over', by: 'carrier' },
    refusedAt: minute(5),
  }),
} as const;
