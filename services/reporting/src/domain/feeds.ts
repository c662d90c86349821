import { Topics, type Topic } from '@cartage/contracts';

const { order, inventory, payment, fulfillment, shipping, returns, notification } = Topics;

/** Which topics say something to which table. */
export const feeds: Readonly<Record<string, readonly Topic[]>> = {
  dim_carrier_service: [shipping],
  dim_channel: [order],
  dim_customer: [order],
  dim_location: [fulfillment, inventory, returns, shipping],
  dim_location_history: [inventory],
  dim_policy: [fulfillment, inventory, notification, order, payment, returns, shipping],
  dim_policy_history: [fulfillment, inventory, notification, order, payment, returns, shipping],
  dim_product: [inventory, order, returns],
  dim_product_history: [inventory],
  fact_cancellation_line: [order],
  fact_order: [fulfillment, inventory, order, payment, shipping],
  fact_order_line: [order, returns, shipping],
  fact_parcel_event: [shipping],
  fact_payment: [payment],
  fact_promise: [order],
  fact_refund_due: [returns],
  fact_return: [returns, shipping],
  fact_return_line: [returns],
  fact_routing_decision: [fulfillment],
  fact_settled_item: [payment],
  fact_settlement: [payment],
  fact_shipment: [shipping],
  fact_stock_level: [inventory],
  fact_stock_movement: [inventory],
};
