import { decidedUnder } from './policies';
import { dayOf, earliest, inDimension, keyed, last, latest, summed, table, type Table } from './table';

const { policy_key: label_policy_key, policy_version: label_policy_version } = decidedUnder(
  'The policy that the carrier of its latest label was chosen by, or by which there was none to choose',
  'ReturnLabelRequested, ReturnLabelFailed. Null: no policy of carriers was looked at',
);

export const factReturn = table({
  name: 'fact_return',
  about:
    'One row for each return, or claim that money was owed for: when it was asked for, what it was decided under, and what it cost to bring it back.',
  key: ['return_id'],
  columns: {
    return_id: keyed('uuid', 'The return, or the claim.'),
    order_id: last('uuid', 'The order. Never null.'),
    requested_at: earliest('UTC. Source: ReturnRequested. Null: nobody asked, such as for a claim.'),
    authorised_at: earliest('When units were first allowed to come, UTC. Source: ReturnAuthorized. Null: none were.'),
    received_at: earliest('When units first came, UTC. Source: ReturnReceived. Null: none did.'),
    closed_at: last('timestamptz', 'When all of it was over, UTC. Source: ReturnClosed. Null: it is not.'),
    ...decidedUnder('The return policy that it was last judged by', 'ReturnAuthorized, ReturnDeclined. Null: nothing was judged'),
    way_back: last('text', 'merchant or customer: who pays for bringing it back. Source: ReturnAuthorized. Null: nothing was allowed.'),
    label_policy_key,
    label_policy_version,
    label_requested_at: latest('When a carrier was asked for a label, last, UTC. Source: ReturnLabelRequested. Null: none was.'),
    label_failed_at: latest('When there was no label, last, UTC. Source: ReturnLabelFailed. Null: that never was.'),
    labels: summed('Labels that were bought for the way back. Source: ReturnLabelPurchased.'),
    label_cost: summed(
      'What carriers charge us for them, without those that were voided. Minor units of label_currency. Source: ReturnLabelPurchased, ReturnLabelVoided.',
    ),
    label_currency: last('text', 'ISO 4217, of label_cost. Source: ReturnLabelPurchased. Null: no label was bought.'),
    label_failures: summed('How often a label was refused, or nobody could be asked for one. Source: ReturnLabelFailed.'),
  },
  indexes: ['(order_id)'],
});

export const factReturnLine = table({
  name: 'fact_return_line',
  about:
    'One row for each line of each thing that happened to a return: units that were asked for, allowed, refused, received, graded. Add up one stage only.',
  key: ['event_id', 'position'],
  columns: {
    event_id: keyed('uuid', 'The event that told it.'),
    position: keyed('integer', 'Of the line in the event, from 0.'),
    stage: last(
      'text',
      'requested, authorised, declined, expired, cancelled, received or graded; each from the event of that name (graded: ItemGraded). Never null.',
    ),
    return_id: last('uuid', 'The return. Never null.'),
    order_id: last('uuid', 'The order. Never null.'),
    line_id: last('text', 'The line of the order. Null: the order has no such line.'),
    product_key: inDimension('dim_product', 'What it is. Never null.'),
    location_key: inDimension(
      'dim_location',
      'Where it was received. Source: ReturnReceived, ItemGraded. Null: nothing was received at this stage.',
    ),
    units: last('bigint', 'Never null.'),
    reason: last(
      'text',
      'The customer’s code at stage requested, that of whoever decided at stage declined or cancelled. Null: none was given.',
    ),
    ...decidedUnder('The return policy', 'ReturnAuthorized, ReturnDeclined. Null: nothing was judged at this stage'),
    grade: last('text', 'A, B, C or scrap. Source: ItemGraded. Null: not graded at this stage, or it was missing.'),
    disposition: last(
      'text',
      'restock, refurbish, quarantine, liquidate, destroy or missing. Source: ItemGraded. Null: not graded at this stage.',
    ),
    happened_at: last('timestamptz', 'UTC. Never null.'),
    happened_date_key: dayOf('happened_at', 'The UTC day of it, as in dim_date. Never null.'),
  },
  indexes: ['(return_id)', '(product_key, stage)'],
});

export const factRefundDue = table({
  name: 'fact_refund_due',
  about:
    'One row for each sum that a customer was owed for what came back, may be kept, or was claimed. What was given back is in fact_payment.',
  key: ['refund_id'],
  columns: {
    refund_id: keyed('uuid', 'The refund. Source: RefundDue.'),
    return_id: last('uuid', 'The return, or the claim. Never null.'),
    order_id: last('uuid', 'The order. Never null.'),
    trigger: last('text', 'inspection, receipt, scan, request, keep-it, claim or channel: what made it due. Never null.'),
    tender: last('text', 'original, store-credit or exchange: in which way it is to go back. Never null.'),
    currency: last('text', 'ISO 4217, of every amount of the row. Never null.'),
    amount: last('bigint', 'goods + tax + delivery. Minor units of currency. Never null.'),
    goods: last('bigint', 'For the goods, without tax. Minor units of currency. Never null.'),
    tax: last('bigint', 'Minor units of currency. Never null.'),
    delivery: last('bigint', 'For delivery, with tax. Minor units of currency. Never null.'),
    fee: last('bigint', 'Kept back: already taken off the amount. Minor units of currency. Never null.'),
    due_at: last('timestamptz', 'UTC. Never null.'),
    due_date_key: dayOf('due_at', 'The UTC day of it, as in dim_date. Never null.'),
  },
  indexes: ['(order_id)', '(return_id)'],
});

export const returnTables: readonly Table[] = [factReturn, factReturnLine, factRefundDue];
