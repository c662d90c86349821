import type { AnyEventContract } from './event';
import { fulfillmentEvents, type FulfillmentEvent } from './fulfillment';
import { inventoryEvents, type InventoryEvent } from './inventory';
import { orderEvents, type OrderEvent } from './order';
import { paymentEvents, type PaymentEvent } from './payment';
import { notificationEvents, type NotificationEvent } from './notification';
import { returnEvents, type ReturnEvent } from './returns';
import { shippingEvents, type ShippingEvent } from './shipping';

export * from './catalogue';
export { breaksOf } from './compatibility';
export { dataSchemaOf, type Envelope } from './envelope';
export { type AnyEventContract, type EventContract, type EventOf } from './event';
export { distanceKm, type Point } from './distance';
export * from './fulfillment';
export * from './input';
export * from './inventory';
export * from './stock-movements';
export * from './channel-stock';
export * from './locations';
export * from './balances';
export * from './invoicing';
export * from './iso-codes';
export { piecesOf, unitsBySku, wholeUnits, withParts, type Sold } from './kits';
export { shareOfUnits, sharesOf } from './money';
export * from './notification';
export * from './order';
export * from './order-changes';
export * from './order-promises';
export * from './parts';
export * from './payment';
export * from './prices';
export * from './returns';
export * from './schema';
export * from './shipping';
export { areaCountries, postalAreaOf } from './postal-areas';
export { exponentOf, limitIn, worthIn, type Amount } from './worth';
export { eventMaxBytes, topicMaxBytes, Topics, type Topic } from './topics';
export * from './verification';
export { clockIn, offsetIn, zoneOf } from './zones';

/** Every public event. */
export type PublicEvent = OrderEvent | InventoryEvent | PaymentEvent | FulfillmentEvent | ShippingEvent | ReturnEvent | NotificationEvent;

/** Every contract, in the order of the flow. */
export const contracts: readonly AnyEventContract[] = [
  ...Object.values(orderEvents),
  ...Object.values(inventoryEvents),
  ...Object.values(paymentEvents),
  ...Object.values(fulfillmentEvents),
  ...Object.values(shippingEvents),
  ...Object.values(returnEvents),
  ...Object.values(notificationEvents),
];
