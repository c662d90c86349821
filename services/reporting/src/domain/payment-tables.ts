import { decidedUnder } from './policies';
import { dayOf, keyed, last, latest, table, type Table } from './table';

export const factPayment = table({
  name: 'fact_payment',
  about:
    'One row for each thing that happened to money of an order: it was looked at, promised, declined, charged, given back. Amounts are never negative: kind says which way they went.',
  key: ['event_id'],
  columns: {
    event_id: keyed('uuid', 'The event that told it.'),
    kind: last(
      'text',
      'authorised, declined, expired, captured, capture-failed, voided, refunded, credit-returned, cod-accepted, cod-collected, cod-short, cod-remitted, chargeback-opened, chargeback-won, chargeback-lost or review-required; each from the event of that name (authorised: PaymentAuthorized, refunded: RefundIssued). Never null.',
    ),
    order_id: last('uuid', 'The order. Null: money of no order in particular.'),
    payment_id: last('uuid', 'The way of paying, as in OrderPlaced. Null: none in particular.'),
    currency: last('text', 'ISO 4217. Never null.'),
    amount: last('bigint', 'Minor units of currency. Never null.'),
    method: last('text', 'Such as card or cod. Source: PaymentAuthorized, PaymentDeclined. Null: the event does not say.'),
    provider: last('text', 'Whose adapter promised the money. Source: PaymentAuthorized. Null: the event does not say.'),
    tender: last('text', 'In which way it was given back. Source: RefundIssued. Null: nothing was given back.'),
    shipment_id: last('uuid', 'The shipment that it is for. Null: none in particular.'),
    return_id: last('uuid', 'The return that it is for. Source: RefundIssued. Null: none.'),
    capture_id: last('uuid', 'What settlements name it by. Source: PaymentCaptured. Null: no capture.'),
    balance_id: last(
      'uuid',
      'The gift card, store credit or exchange that paid, or that it went to or came back from. Source: PaymentCaptured, RefundIssued, CreditReturned. Null: money moved.',
    ),
    reason: last('text', 'Code of the reason. Null: the event has none.'),
    ...decidedUnder(
      'The rules of verification',
      'PaymentAuthorized, CodAccepted, PaymentDeclined, ReviewRequired. Null: nothing was judged',
    ),
    verdict: last(
      'text',
      'accept, review or reject: what these rules said of the order. Source: as policy_version. Null: nothing was judged.',
    ),
    happened_at: last('timestamptz', 'UTC. Never null.'),
    happened_date_key: dayOf('happened_at', 'The UTC day of it, as in dim_date. Never null.'),
  },
  indexes: ['(order_id)', '(happened_date_key, kind)'],
});

export const factSettlement = table({
  name: 'fact_settlement',
  about:
    'One row for each line of a settlement file that answers something of an order: what was paid out for it, and whether that agrees.',
  key: ['line_id'],
  columns: {
    line_id: keyed('uuid', 'The line: it follows from what the line says. Source: PaymentSettled, SettlementMismatch.'),
    order_id: last('uuid', 'The order. Never null.'),
    settlement_id: last('uuid', 'The file. Never null.'),
    source: last('text', 'Who settles: a provider, a marketplace, a courier. Never null.'),
    kind: last('text', 'charge, refund, chargeback, cod-remittance, carrier-claim or adjustment. Never null.'),
    currency: last('text', 'ISO 4217, of every amount of the row. Never null.'),
    gross: last('bigint', 'Before the fee; below zero it is taken from us. Minor units of currency. Never null.'),
    fee: last('bigint', 'Kept by whoever settles. Minor units of currency. Never null.'),
    net: last('bigint', 'gross less fee. Minor units of currency. Never null.'),
    agrees: last('boolean', 'Whether it agrees with what moved. False: SettlementMismatch was told last. Never null.'),
    mismatch: last(
      'text',
      'short, over, double or wrong-currency, while it does not agree. Source: SettlementMismatch. Null: it never disagreed.',
    ),
    settled_at: last('timestamptz', 'As the file says, UTC. Never null.'),
    settled_date_key: dayOf('settled_at', 'The UTC day of it, as in dim_date. Never null.'),
    said_at: latest('When it was last compared with what moved, UTC. Source: PaymentSettled, SettlementMismatch. Never null.'),
  },
  indexes: ['(order_id)'],
});

export const factSettledItem = table({
  name: 'fact_settled_item',
  about:
    'One row for each thing that a line of a settlement file was ever found to answer: a capture, a refund, the cash of a shipment. It stands while its said_at is that of its row in fact_settlement.',
  key: ['line_id', 'item_id'],
  columns: {
    line_id: keyed('uuid', 'The row of fact_settlement.'),
    item_id: keyed(
      'uuid',
      'The capture, refund or chargeback, or the shipment whose cash it is. Source: PaymentSettled, SettlementMismatch.',
    ),
    kind: last('text', 'charge, refund, chargeback or cod-remittance: what is answered. Never null.'),
    order_id: last('uuid', 'The order. Never null.'),
    said_at: latest('When the line was last found to answer it, UTC. Never null.'),
  },
  indexes: ['(item_id)'],
});

export const paymentTables: readonly Table[] = [factPayment, factSettlement, factSettledItem];
