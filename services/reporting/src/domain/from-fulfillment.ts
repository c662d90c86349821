import type { FulfillmentEvent } from '@cartage/contracts';
import { about, type Fact, type Row } from './table';
import { activated, namedRouting } from './policies';
import { factOrder } from './order-tables';
import { factRoutingDecision } from './shipping-tables';
import { unitsOf, type Extraction } from './extraction';

interface OfFulfillment {
  readonly fulfillmentId: string;
  readonly orderId: string;
  readonly location: string;
}

const decision = ({ fulfillmentId, orderId, location }: OfFulfillment, row: Row): Fact =>
  about(factRoutingDecision, { fulfillment_id: fulfillmentId, order_id: orderId, location_key: location, ...row });

export const fromFulfillment: Extraction<FulfillmentEvent> = {
  RulesActivated: activated,
  FulfillmentBrokered: (data) => [
    decision(data, {
      ...{
        ship_group_id: data.shipGroupId,
        decision_id: data.decisionId,
        rules: data.rules,
        ...namedRouting(data.rules),
        attempt: data.attempt,
      },
      ...{ method: data.method, units: unitsOf(data.lines), brokered_at: data.brokeredAt, cost_currency: data.estimate?.currency },
      ...{ cost: data.estimate?.cost, cheapest_alone: data.estimate?.cheapestAlone, cheapest_other: data.estimate?.cheapestOther },
    }),
    about(factOrder, { order_id: data.orderId, brokered_at: data.brokeredAt }),
  ],
  FulfillmentAccepted: (data) => [decision(data, { accepted_at: data.acceptedAt })],
  FulfillmentRejected: (data) => [decision(data, { rejected_at: data.rejectedAt, reject_reason: data.reason.code })],
  FulfillmentPickedShort: (data) => [decision(data, { short_at: data.notedAt })],
  FulfillmentCancelled: ({ fulfillmentId, orderId, location, cancelledAt }) =>
    fulfillmentId === undefined || location === undefined
      ? []
      : [decision({ fulfillmentId, orderId, location }, { cancelled_at: cancelledAt })],
};
