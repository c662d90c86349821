import type { AnyEventContract } from './event';
import { erasureEvents, type ErasureEvent } from './erasures';
import { fulfillmentEvents, type FulfillmentEvent } from './fulfillment';
import { inventoryEvents, type InventoryEvent } from './inventory';
import { orderEvents, type OrderEvent } from './order';
import { paymentEvents, type PaymentEvent } from './payment';
import { notificationEvents, type NotificationEvent } from './notification';
import { policyEvents, type PolicyEvent } from './policies';
import { returnEvents, type ReturnEvent } from './returns';
import { shippingEvents, type ShippingEvent } from './shipping';

export * from './barcodes';
export * from './catalogue';
export { asyncApiOf, type ExampleOf } from './asyncapi';
export type { CloudEvent } from './cloud-event';
export { additionsOf, breaksOf } from './compatibility';
export { nameOf, schemaOf } from './event-schema';
export * from './customs';
export { dataSchemaOf, type Envelope } from './envelope';
export * from './erasures';
export { type AnyEventContract, type EventContract, type EventOf } from './event';
export { distanceKm, type Point } from './distance';
export * from './collections';
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
export { costOfUnits, shareOfUnits, sharesOf } from './money';
export * from './notification';
export { holdTypes } from './hold-types';
export * from './order';
export * from './order-changes';
export * from './order-promises';
export * from './partner-messages';
export * from './returns-provider-messages';
export * from './parts';
export * from './payment';
export type { ActionDetails } from './payment-actions';
export { areToFollow, TO_FOLLOW, type ShortUnits } from './picks';
export * from './policies';
export * from './prices';
export * from './claims';
export * from './exchanges';
export { learnedChoice } from './quoted-rates';
export * from './returns';
export * from './schema';
export * from './shipping';
export {
  stateDataSchemaOf,
  stateSchemaOf,
  StateTopics,
  type AnyStateContract,
  type StateContract,
  type StateOf,
  type StateTopic,
} from './state-contract';
export * from './states';
export { subjectOf, subjects } from './subjects';
export { unitCost } from './supplier-orders';
export { areaCountries, postalAreaOf } from './postal-areas';
export { exponentOf, limitIn, majorUnits, worthIn, type Amount } from './worth';
export { eventMaxBytes, journalTopic, topicMaxBytes, Topics, type Topic } from './topics';
export * from './unknown-goods';
export * from './verification';
export { clockIn, offsetIn, zoneOf } from './zones';

/** Every public event. */
export type PublicEvent =
  | OrderEvent
  | InventoryEvent
  | PaymentEvent
  | FulfillmentEvent
  | ShippingEvent
  | ReturnEvent
  | NotificationEvent
  | PolicyEvent
  | ErasureEvent;

/** Every contract, in the order of the flow. */
export const contracts: readonly AnyEventContract[] = [
  ...Object.values(orderEvents),
  ...Object.values(inventoryEvents),
  ...Object.values(paymentEvents),
  ...Object.values(fulfillmentEvents),
  ...Object.values(shippingEvents),
  ...Object.values(returnEvents),
  ...Object.values(notificationEvents),
  ...policyEvents,
  ...erasureEvents,
];
