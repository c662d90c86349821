import { AvailabilityChanged } from './availability';
import { BackorderMoved, StockBackordered } from './backorders';
import { DemandExpected } from './demand';
import { ItemChanged, PriceListChanged } from './catalogue';
import { CartReleased, CartReserved, ReservationExpired } from './carts';
import { ChannelLocationsChanged, ChannelSafetyStockChanged } from './channel-stock';
import { contractsOf, type EventOf } from './event';
import { HandoverRefused, StockHandedOver } from './handovers';
import { LocationChanged } from './locations';
import { disposition, lineQuantity, orderId, reason, shortLine, stockLevel } from './parts';
import { count, integer, list, object, optional, text, time, truth, uuid, word } from './schema';
import { ReorderPointReached, StockAlertEnded, StockAlertRaised } from './stock-alerts';
import { SafetyStockChanged, StockAdjusted, StockCounted, StockDisposed, StockReceived, StockTransferred } from './stock-movements';
import { StockValued } from './stock-values';
import { Topics } from './topics';

const event = contractsOf(Topics.inventory, 'reservation');
const levels = list(stockLevel, 'Stock after the movement, one entry for each SKU and location that it touched.');

/** Of the order, where inventory knows it. */
const ofChannel = optional(text('The sales channel, such as `web`.'));

export const StockReserved = event(
  'StockReserved',
  'These lines of an order have a claim on the network’s stock; no location is named yet. More lines may follow.',
  object({
    orderId,
    channel: ofChannel,
    reservationId: uuid(),
    lines: list(lineQuantity),
    waited: optional(truth('Some of them had been short: they waited for this.')),
    reservedAt: time(),
  }),
);

export const StockShort = event(
  'StockShort',
  'The network cannot promise these lines; each waits for stock, first in, first out, until it is filled (`StockReserved`), cancelled or edited away. Other lines are not concerned.',
  object({
    orderId,
    channel: ofChannel,
    short: list(
      object({
        ...shortLine.shape,
        nextSupplyAt: optional(time('When more is expected; absent: not known.')),
        substitutes: optional(
          list(
            object({ sku: text(), available: count('Units of it that the channel could have.') }),
            'Items of the same substitution group that were there, those of most units first. Nobody keeps them until one is chosen.',
          ),
        ),
      }),
    ),
    decidedAt: time(),
  }),
);

export const SupplyOverdue = contractsOf(Topics.inventory, ['purchase', 'transfer'])(
  'SupplyOverdue',
  'Goods that are on order did not come in time: nobody knows any more when they will, and nothing is promised of them. For whoever asks the supplier.',
  object({
    source: word(['purchase-order', 'transfer'], 'show it as it is', 'Where the goods come from.'),
    reference: text('The purchase order, or the transfer.'),
    lineId: text(),
    sku: text(),
    location: text('Where they are expected.'),
    quantity: count('Still to come.'),
    expectedAt: time(),
    overdueAt: time(),
  }),
);

export const StockReleased = event(
  'StockReleased',
  'Claims of an order on these units of the network’s stock are given back: they will not be needed.',
  object({ orderId, reservationId: uuid(), reason, lines: list(lineQuantity), releasedAt: time() }),
);

export const StockAllocated = event(
  'StockAllocated',
  'The reservation of these lines became a claim on one location’s stock: it may be picked.',
  object({ orderId, fulfillmentId: uuid(), location: text(), lines: list(lineQuantity), levels, allocatedAt: time() }),
);

export const AllocationRefused = event(
  'AllocationRefused',
  'The location no longer has what was brokered to it; routing brokers again.',
  object({
    orderId,
    fulfillmentId: uuid(),
    location: text(),
    short: list(shortLine),
    unreserved: optional(
      list(lineQuantity, 'Units that the order has no reservation for (lost, or cancelled meanwhile): no location can be given them.'),
    ),
    levels,
    refusedAt: time(),
  }),
);

export const AllocationReleased = event(
  'AllocationReleased',
  'The location will not ship these lines after all: its claim is a claim on the network’s stock again.',
  object({
    orderId,
    fulfillmentId: uuid(),
    location: text(),
    lines: list(lineQuantity),
    reason,
    levels,
    releasedAt: time(),
  }),
);

export const StockIssued = event(
  'StockIssued',
  'Goods left the location: on hand falls now, and not before. They are booked whoever had a claim on them: what was not allocated there any more (a loss was booked while they were on their way) is told apart.',
  object({
    orderId,
    fulfillmentId: uuid(),
    shipmentId: uuid(),
    location: text(),
    lines: list(lineQuantity),
    unallocated: optional(
      list(
        object({ ...lineQuantity.shape, reserved: integer('So many of them had been reserved on the network, and end that claim.') }),
        'Units among them that were not allocated there. Where the books had no unit for them, a `StockAdjusted` of cause `drift` went before.',
      ),
    ),
    levels,
    issuedAt: time(),
  }),
);

export const StockRestocked = event(
  'StockRestocked',
  'Units that came back, from the customer or undelivered, were booked where they were received; they can be sold again only if their disposition is `restock`.',
  object({
    orderId,
    returnId: optional(uuid('Of the customer’s return, if it was one.')),
    shipmentId: optional(uuid('Of the shipment that came back undelivered, if it was one.')),
    gradingId: uuid('Of the grading, or of the line of a receipt.'),
    location: text(),
    sku: text(),
    lineId: optional(text('Absent for what the order has no line of.')),
    quantity: count(),
    disposition,
    levels,
    restockedAt: time(),
  }),
);

export const inventoryEvents = {
  StockReceived,
  StockAdjusted,
  StockCounted,
  StockTransferred,
  StockDisposed,
  SafetyStockChanged,
  StockValued,
  ChannelLocationsChanged,
  ChannelSafetyStockChanged,
  StockReserved,
  StockShort,
  StockBackordered,
  BackorderMoved,
  SupplyOverdue,
  StockReleased,
  StockAllocated,
  AllocationRefused,
  AllocationReleased,
  StockHandedOver,
  HandoverRefused,
  StockIssued,
  StockRestocked,
  CartReserved,
  CartReleased,
  ReservationExpired,
  AvailabilityChanged,
  StockAlertRaised,
  ReorderPointReached,
  StockAlertEnded,
  DemandExpected,
  LocationChanged,
  ItemChanged,
  PriceListChanged,
};
/** Public events of the inventory service. */
export type InventoryEvent = EventOf<(typeof inventoryEvents)[keyof typeof inventoryEvents]>;
