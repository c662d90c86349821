import { decidedUnder } from './policies';
import { dated, dayOf, earliest, inDimension, keyed, last, latest, summed, table, type Table } from './table';

const orderKey = keyed('uuid', 'The order.');
const minor = (text: string) => last('bigint', `${text} Minor units of currency.`);

export const factOrder = table({
  name: 'fact_order',
  about:
    'One row for each order: what it is worth now, and when each step of it was first reached. Add up money of one currency only, or at the rates of fx_rate.',
  key: ['order_id'],
  columns: {
    order_id: orderKey,
    channel_key: inDimension('dim_channel', 'Where it was sold. Source: OrderPlaced, OrderImported. Null: not heard yet.'),
    customer_key: inDimension('dim_customer', 'Who bought it, under a pseudonym. Source: OrderPlaced, OrderImported. Null: a guest.'),
    placed_at: last('timestamptz', 'When the customer placed it, UTC. Source: OrderPlaced, OrderImported. Null: not heard yet.'),
    placed_date_key: dayOf('placed_at', 'The UTC day of placed_at, as in dim_date. Null: not heard yet.'),
    currency: last('text', 'ISO 4217, of every amount of the row. Source: OrderPlaced, OrderImported. Null: not heard yet.'),
    tax_included: last('boolean', 'Whether prices and charges include tax. Source: OrderPlaced, OrderImported. Null: not heard yet.'),
    priority: last('text', 'standard or expedited. Source: OrderPlaced, OrderImported, OrderEdited. Null: not heard yet.'),
    country: last(
      'text',
      'Where its first ship group goes that goes anywhere, ISO 3166-1 alpha-2. Source: OrderPlaced, OrderImported, DestinationChanged. Null: nothing is sent.',
    ),
    goods: minor('Sum of quantity times price, as the order stands. Source: OrderPlaced, OrderImported, OrderEdited. Null: not heard yet.'),
    discount: minor('Taken off the goods. Source: OrderPlaced, OrderImported, OrderEdited. Null: not heard yet.'),
    shipping: minor('Charges for delivery. Source: OrderPlaced, OrderImported, OrderEdited. Null: not heard yet.'),
    tax: minor('All taxes, in the prices or on top. Source: OrderPlaced, OrderImported, OrderEdited. Null: not heard yet.'),
    total: minor(
      'What the order comes to, before anything is cancelled. Source: OrderPlaced, OrderImported, OrderEdited. Null: not heard yet.',
    ),
    placed_total: minor('What it came to when it was placed. Source: OrderPlaced, OrderImported. Null: not heard yet.'),
    imported: last('boolean', 'Whether it lived and ended elsewhere. Source: OrderPlaced, OrderImported. Null: not heard yet.'),
    replaces_order_id: last(
      'uuid',
      'The order whose goods it sends again or exchanges. Source: OrderPlaced, OrderImported. Null: it is a sale of its own.',
    ),
    edits: summed('How often it was edited. Source: OrderEdited.'),
    holds: summed('How often it, or a part of it, was held. Source: HoldApplied.'),
    reviews: summed('How often a person had to look at a payment. Source: ReviewRequired.'),
    declines: summed('How often a payment was declined. Source: PaymentDeclined.'),
    reserved_at: earliest('When stock was first reserved for it, UTC. Source: StockReserved. Null: not yet, or none is needed.'),
    short_at: earliest('When stock was first short for it, UTC. Source: StockShort. Null: it never was.'),
    authorised_at: earliest(
      'When money was first promised for it, UTC. Source: PaymentAuthorized, CodAccepted. Null: not yet, or none is needed.',
    ),
    confirmed_at: earliest('When units of it were first confirmed, UTC. Source: OrderConfirmed. Null: not yet, or not needed.'),
    brokered_at: earliest('When a location was first found for it, UTC. Source: FulfillmentBrokered. Null: not yet, or not needed.'),
    packed_at: earliest('When units of it were first packed, UTC. Source: ShipmentPacked. Null: not yet, or not needed.'),
    dispatched_at: earliest('When units of it first left, UTC. Source: ShipmentDispatched, GoodsHandedOver. Null: nothing has left.'),
    delivered_at: latest('When units of it were last delivered, UTC. Source: ShipmentDelivered, GoodsHandedOver. Null: nothing was.'),
    completed_at: last(
      'timestamptz',
      'When all of it had been delivered, UTC. Source: OrderCompleted, OrderImported. Null: not yet, or never.',
    ),
    cancelled_at: last('timestamptz', 'When it ended unshipped, UTC. Source: OrderCancelled, OrderImported. Null: it did not.'),
  },
  indexes: ['(placed_date_key)', '(customer_key, placed_at)'],
});

export const factOrderLine = table({
  name: 'fact_order_line',
  about:
    'One row for each line of an order: what was sold, for how much, and how far its units have come. Channel, customer and day stand in fact_order.',
  key: ['order_id', 'line_id'],
  columns: {
    order_id: orderKey,
    line_id: keyed('text', 'The line; unique in the order.'),
    product_key: inDimension('dim_product', 'What is sold. Source: OrderPlaced, OrderImported, OrderEdited. Null: not heard yet.'),
    ship_group_id: last('text', 'The ship group that it goes with. Source: OrderPlaced, OrderImported, OrderEdited. Null: not heard yet.'),
    currency: last(
      'text',
      'ISO 4217, of every amount of the row. Source: OrderPlaced, OrderImported. Null: added by an edit; see fact_order.',
    ),
    placed_units: last('bigint', 'Units when the order was placed. Source: OrderPlaced, OrderImported. Null: added by an edit.'),
    units: last(
      'bigint',
      'Units as the order stands, before anything is cancelled. Source: OrderPlaced, OrderImported, OrderEdited. Null: not heard yet.',
    ),
    unit_price: minor('Of one unit before discounts. Source: OrderPlaced, OrderImported, OrderEdited. Null: not heard yet.'),
    ...decidedUnder(
      'The price list that unit_price is from',
      'OrderPlaced, OrderEdited. Null: it is a price of the channel’s, or of a person’s, own',
      'revocable',
    ),
    discount: minor('Off the whole line. Source: OrderPlaced, OrderImported, OrderEdited. Null: not heard yet.'),
    tax: minor('Taxes of the whole line, in the price or on top. Source: OrderPlaced, OrderImported, OrderEdited. Null: not heard yet.'),
    total: minor(
      'What the customer pays for the line, before anything is cancelled. Source: OrderPlaced, OrderImported, OrderEdited. Null: not heard yet.',
    ),
    cancelled_units: summed(
      'Units that will not ship, or did not arrive. Source: LineCancelled; of an import that ended cancelled, all of them.',
    ),
    dispatched_units: summed('Units that left. Source: ShipmentDispatched, GoodsHandedOver.'),
    delivered_units: summed('Units that the customer has. Source: ShipmentDelivered, GoodsHandedOver.'),
    returned_units: summed('Units that came back from the customer. Source: ReturnReceived.'),
  },
  indexes: ['(product_key)'],
});

export const factCancellationLine = table({
  name: 'fact_cancellation_line',
  about: 'One row for each line of a cancellation: which units will not ship, and why.',
  key: ['cancellation_id', 'line_id'],
  columns: {
    cancellation_id: keyed('uuid', 'The cancellation. Source: LineCancelled.'),
    line_id: keyed('text', 'The line of the order.'),
    order_id: last('uuid', 'The order. Never null.'),
    product_key: inDimension('dim_product', 'What was sold. Never null.'),
    units: summed('Units that were cancelled.'),
    reason: last('text', 'Code of the reason, such as payment-declined. Never null.'),
    decided_by: last('text', 'Whose decision it was: customer, operator, channel, carrier, provider, policy or system. Never null.'),
    undelivered: last('boolean', 'True: they had left, and did not arrive. Never null.'),
    cancelled_at: last('timestamptz', 'UTC. Never null.'),
    cancelled_date_key: dayOf('cancelled_at', 'The UTC day of it, as in dim_date. Never null.'),
  },
  indexes: ['(order_id)'],
});

export const factPromise = table({
  name: 'fact_promise',
  about: 'One row for each ship group of an order: until when it was promised, and where it goes.',
  key: ['order_id', 'ship_group_id'],
  columns: {
    order_id: orderKey,
    ship_group_id: keyed('text', 'The ship group; unique in the order.'),
    method: last(
      'text',
      'ship, pickup, ship-to-store, carry-out or digital. Source: OrderPlaced, OrderImported, OrderEdited. Null: not heard yet.',
    ),
    service: last('text', 'The delivery service that was sold. Source: OrderPlaced, OrderImported, OrderEdited. Null: none in particular.'),
    country: last(
      'text',
      'Where it goes, ISO 3166-1 alpha-2. Source: OrderPlaced, OrderImported, OrderEdited, DestinationChanged. Null: it is not sent.',
    ),
    charge: minor('For delivery. Source: OrderPlaced, OrderImported, OrderEdited. Null: not heard yet.'),
    sold_ship_by: last(
      'timestamptz',
      'To be handed over until then, as it was sold, UTC. Source: OrderPlaced, OrderImported. Null: nothing was said.',
    ),
    sold_deliver_by: last(
      'timestamptz',
      'To be delivered until then, as it was sold, UTC. Source: OrderPlaced, OrderImported. Null: nothing was said.',
    ),
    ship_by: dated(
      'To be handed over until then, as it was promised last, UTC. Source: OrderPlaced, OrderImported, OrderEdited, PromiseMade, PromiseMoved. Null: nothing was said, or nobody knows any more.',
    ),
    deliver_by: dated(
      'To be delivered until then, as it was promised last, UTC. Source: OrderPlaced, OrderImported, OrderEdited, PromiseMade, PromiseMoved. Null: nothing was said, or nobody knows any more.',
    ),
    ...decidedUnder('The promise policy', 'PromiseMade, PromiseMoved. Null: it was promised under none'),
    moves: summed('How often the promise was moved. Source: PromiseMoved.'),
    ship_by_missed_at: earliest('When a hand-over was found to be late, UTC. Source: DeadlineMissed. Null: none was.'),
    deliver_by_missed_at: earliest('When a delivery was found to be late, UTC. Source: DeadlineMissed. Null: none was.'),
  },
});

export const orderTables: readonly Table[] = [factOrder, factOrderLine, factCancellationLine, factPromise];
