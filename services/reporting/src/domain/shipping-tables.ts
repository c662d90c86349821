import { decidedUnder } from './policies';
import { dayOf, earliest, inDimension, keyed, last, latest, summed, table, type Table } from './table';

export const factShipment = table({
  name: 'fact_shipment',
  about: 'One row for each shipment: what left where, by whom, what its label cost, and how it ended.',
  key: ['shipment_id'],
  columns: {
    shipment_id: keyed('uuid', 'The shipment.'),
    order_id: last('uuid', 'The order. Null: not heard yet.'),
    fulfillment_id: last('uuid', 'The row of fact_routing_decision that it carries out. Null: not heard yet.'),
    location_key: inDimension('dim_location', 'Where it leaves. Null: not heard yet.'),
    carrier_service_key: inDimension('dim_carrier_service', 'By whom and how it goes. Source: LabelPurchased. Null: it has no label.'),
    parcels: last('bigint', 'Parcels that it was packed in. Source: ShipmentPacked, ShipmentDispatched. Null: not heard yet.'),
    units: last('bigint', 'Units in them. Source: ShipmentPacked, ShipmentDispatched. Null: not heard yet.'),
    weight_grams: last('bigint', 'All parcels together, grams. Source: ShipmentPacked. Null: not packed yet.'),
    ...decidedUnder(
      'The policy that its carrier was chosen by, or by which there was none to choose',
      'LabelRequested, LabelFailed. Null: no carrier was chosen here',
    ),
    label_requested_at: latest('When a carrier was asked for its label, last, UTC. Source: LabelRequested. Null: none was.'),
    label_failed_at: latest('When there was no label for it, last, UTC. Source: LabelFailed. Null: that never was.'),
    label_cost: summed(
      'What carriers charge us for its labels, without those that were voided. Minor units of label_currency. Source: LabelPurchased, LabelVoided. 0: there is none, or it is charged to somebody else.',
    ),
    label_currency: last('text', 'ISO 4217, of label_cost. Source: LabelPurchased. Null: no label was charged to us.'),
    labels: summed('Labels that were bought. Source: LabelPurchased.'),
    label_failures: summed('How often a label was refused. Source: LabelFailed.'),
    packed_at: latest('When it was packed, last, UTC. Source: ShipmentPacked. Null: not yet.'),
    labelled_at: latest('When its label was bought, last, UTC. Source: LabelPurchased. Null: not yet.'),
    dispatched_at: earliest('When the carrier had it, UTC. Source: ShipmentDispatched. Null: not yet.'),
    dispatched_units: summed('Units that the carrier had. Source: ShipmentDispatched.'),
    delivered_at: latest('When a parcel of it was last delivered, by the carrier’s clock, UTC. Source: ShipmentDelivered. Null: none was.'),
    delivered_parcels: summed('Parcels that were delivered. Source: ShipmentDelivered.'),
    delivered_units: summed('Units that were delivered. Source: ShipmentDelivered.'),
    attempts_failed: summed('How often nobody took a parcel. Source: DeliveryAttemptFailed.'),
    exceptions: summed('Faults that the carrier told of. Source: ShipmentException.'),
    sent_back_at: earliest('When a parcel turned back, by the carrier’s clock, UTC. Source: RtoInitiated. Null: none did.'),
    received_back_at: latest('When units of it that were not delivered were received, last, UTC. Source: RtoReceived. Null: none were.'),
    lost_at: earliest('When a parcel was given up, UTC. Source: ParcelLost. Null: none was.'),
    cancelled_at: earliest('When it was cancelled, UTC. Source: ShipmentCancelled. Null: it was not.'),
  },
  indexes: ['(order_id)', '(fulfillment_id)'],
});

export const factParcelEvent = table({
  name: 'fact_parcel_event',
  about: 'One row for each thing that a carrier told of a parcel.',
  key: ['event_id', 'parcel_id'],
  columns: {
    event_id: keyed('uuid', 'The event that told it.'),
    parcel_id: keyed('text', 'The parcel; unique in its shipment.'),
    shipment_id: last('uuid', 'The shipment. Never null.'),
    order_id: last('uuid', 'The order. Never null.'),
    location_key: inDimension('dim_location', 'Where the shipment left. Never null.'),
    carrier: last('text', 'Name of the carrier. Never null.'),
    kind: last(
      'text',
      'dispatched, in-transit, out-for-delivery, attempt-failed, exception, at-store, delivered, sent-back or back-in-transit; each from the event of that name. Never null.',
    ),
    reason: last('text', 'Code of the reason. Null: there is none to tell.'),
    happened_at: last('timestamptz', 'By the carrier’s clock, UTC. Never null.'),
    happened_date_key: dayOf('happened_at', 'The UTC day of it, as in dim_date. Never null.'),
    recorded_at: last('timestamptz', 'When it was heard here, UTC. Never null.'),
  },
  indexes: ['(shipment_id)'],
});

export const factRoutingDecision = table({
  name: 'fact_routing_decision',
  about: 'One row for each location that was to ship something of an order: the decision, and whether it was taken.',
  key: ['fulfillment_id'],
  columns: {
    fulfillment_id: keyed('uuid', 'What the location was asked to ship. Source: FulfillmentBrokered.'),
    order_id: last('uuid', 'The order. Never null.'),
    ship_group_id: last('text', 'The row of fact_promise that it is for. Source: FulfillmentBrokered. Null: not heard yet.'),
    location_key: inDimension('dim_location', 'The location. Never null.'),
    decision_id: last(
      'uuid',
      'The decision record that says why: GET /fulfillment/decisions. Source: FulfillmentBrokered. Null: not heard yet.',
    ),
    ...decidedUnder('The routing rules', 'FulfillmentBrokered. Null: not heard yet, or they have none'),
    rules: last(
      'text',
      'The routing rules with their version, as the decision names them. Source: FulfillmentBrokered. Null: not heard yet.',
    ),
    attempt: last('bigint', '1 for the first time that these lines were brokered. Source: FulfillmentBrokered. Null: not heard yet.'),
    method: last('text', 'How the goods get to the customer. Source: FulfillmentBrokered. Null: not heard yet.'),
    units: last('bigint', 'Units that it was asked to ship. Source: FulfillmentBrokered. Null: not heard yet.'),
    cost_currency: last('text', 'ISO 4217, of every amount of the row. Source: FulfillmentBrokered. Null: the rules knew no costs.'),
    cost: last(
      'bigint',
      'What shipping its units was estimated to cost, carriage and handling. Minor units of cost_currency. Source: FulfillmentBrokered. Null: the rules knew no costs.',
    ),
    cheapest_alone: last(
      'bigint',
      'The same of all units of the decision, from whichever location alone would have cost least. Minor units of cost_currency. Source: FulfillmentBrokered. Null: no location had all of it, or the rules knew no costs.',
    ),
    cheapest_other: last(
      'bigint',
      'The same, of those locations only that ship nothing of it. Minor units of cost_currency. Source: FulfillmentBrokered. Null: none of them had all of it, or the rules knew no costs.',
    ),
    brokered_at: earliest('UTC. Source: FulfillmentBrokered. Null: not heard yet.'),
    accepted_at: earliest('When the location took it, UTC. Source: FulfillmentAccepted. Null: it did not say so.'),
    rejected_at: earliest('When the location would not ship it, UTC. Source: FulfillmentRejected. Null: it did not say so.'),
    reject_reason: last('text', 'Code of the reason. Source: FulfillmentRejected. Null: it was not rejected.'),
    short_at: earliest('When units of it were found missing, UTC. Source: FulfillmentPickedShort. Null: none were.'),
    cancelled_at: earliest('When units of it were cancelled, UTC. Source: FulfillmentCancelled. Null: none were.'),
  },
  indexes: ['(order_id)', '(decision_id)'],
});

export const shippingTables: readonly Table[] = [factShipment, factParcelEvent, factRoutingDecision];
