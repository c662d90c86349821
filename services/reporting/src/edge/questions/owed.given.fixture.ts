import { factSettledItem, factSettlement } from '../../domain/payment-tables';
import { factRefundDue, factReturn, factReturnLine } from '../../domain/return-tables';
import { factShipment } from '../../domain/shipping-tables';
import type { Fact, Row } from '../../domain/table';
import { daysAgo, fact, idOf, order, paid, type Case } from './given.fixture';

const returned = (n: number, stage: string, row: Row = {}): Fact =>
  fact(factReturnLine, {
    ...{ event_id: idOf(500 + n), position: 0, stage, return_id: idOf(400 + n), order_id: idOf(1), line_id: '1', product_key: 'MUG' },
    ...{ units: 1, happened_at: '2026-10-20T12:00:00Z', ...row },
  });

const refundDue = (n: number, row: Row = {}): Fact =>
  fact(factRefundDue, {
    ...{ refund_id: idOf(600 + n), return_id: idOf(401), order_id: idOf(1), trigger: 'inspection', tender: 'original', currency: 'GBP' },
    ...{ amount: 500, goods: 417, tax: 83, delivery: 0, fee: 20, due_at: '2026-11-02T12:00:00Z', ...row },
  });

const returns: readonly Case[] = [
  {
    question: 'return_reasons',
    that: 'counts what was asked for, and nothing that happened to it later',
    given: [
      ...order(1),
      returned(1, 'requested', { reason: 'too-small' }),
      returned(2, 'requested', { units: 2, reason: 'too-small' }),
      returned(3, 'requested'),
      returned(4, 'received'),
    ],
    rows: [
      { month: '2026-10-01', channel: 'web', sku: 'MUG', reason: null, returns: 1, units: 1 },
      { month: '2026-10-01', channel: 'web', sku: 'MUG', reason: 'too-small', returns: 2, units: 3 },
    ],
  },
  {
    question: 'return_grades',
    that: 'says what such units had been sold for, and nothing of what is in no order',
    given: [
      ...order(1),
      returned(1, 'graded', { grade: 'A', disposition: 'restock', location_key: 'LON' }),
      returned(2, 'graded', { grade: 'scrap', disposition: 'destroy', location_key: 'LON', units: 2 }),
      returned(3, 'graded', { grade: 'A', disposition: 'restock', location_key: 'LON', line_id: undefined }),
    ],
    rows: [
      {
        ...{ month: '2026-10-01', location: 'LON', sku: 'MUG', grade: 'A', disposition: 'restock', currency: null, units: 1, worth: 0 },
      },
      { month: '2026-10-01', location: 'LON', sku: 'MUG', grade: 'A', disposition: 'restock', currency: 'GBP', units: 1, worth: 501 },
      { month: '2026-10-01', location: 'LON', sku: 'MUG', grade: 'scrap', disposition: 'destroy', currency: 'GBP', units: 2, worth: 1_001 },
    ],
  },
  {
    question: 'return_costs',
    that: 'puts labels and refunds of one currency together, by when the return began',
    given: [
      ...order(1),
      fact(factReturn, {
        ...{
          return_id: idOf(401),
          order_id: idOf(1),
          requested_at: '2026-10-20T12:00:00Z',
          labels: 1,
          label_cost: 345,
          label_currency: 'GBP',
        },
      }),
      ...[refundDue(1), refundDue(2, { currency: 'EUR', amount: 10, goods: 10, tax: 0, fee: 0 })],
      ...[fact(factReturn, { return_id: idOf(402), order_id: idOf(1) }), refundDue(3, { return_id: idOf(402) })],
    ],
    rows: [
      {
        ...{ month: '2026-10-01', channel: 'web', currency: 'EUR', returns: 1, labels: 0, label_cost: 0, refunds: 1, goods: 10, tax: 0 },
        ...{ delivery: 0, fees: 0, refunded: 10, cost: 10 },
      },
      {
        ...{
          month: '2026-10-01',
          channel: 'web',
          currency: 'GBP',
          returns: 1,
          labels: 1,
          label_cost: 345,
          refunds: 1,
          goods: 417,
          tax: 83,
        },
        ...{ delivery: 0, fees: 20, refunded: 500, cost: 845 },
      },
      {
        ...{ month: '2026-11-01', channel: 'web', currency: 'GBP', returns: 1, labels: 0, label_cost: 0, refunds: 1, goods: 417, tax: 83 },
        ...{ delivery: 0, fees: 20, refunded: 500, cost: 500 },
      },
    ],
  },
];

const sent = (n: number, row: Row = {}): Fact =>
  fact(factShipment, { shipment_id: idOf(1_000 + n), order_id: idOf(1), parcels: 1, dispatched_at: '2026-10-06T12:00:00Z', ...row });

/** A line of a settlement file that answers one thing. */
const settled = (n: number, itemId: string, kind: string, { saidAt = '2026-10-11T00:00:00Z', ...row }: Row = {}): readonly Fact[] => [
  fact(factSettlement, {
    ...{ line_id: idOf(900 + n), order_id: idOf(1), settlement_id: idOf(950), source: 'stripe', kind, currency: 'GBP', gross: 1, fee: 0 },
    ...{ net: 1, agrees: true, settled_at: '2026-10-10T12:00:00Z', said_at: '2026-10-11T00:00:00Z', ...row },
  }),
  fact(factSettledItem, { line_id: idOf(900 + n), item_id: itemId, kind, order_id: idOf(1), said_at: saidAt }),
];

const money = [
  ...order(1),
  ...[sent(1, { delivered_at: '2026-10-08T12:00:00Z', delivered_parcels: 1 }), sent(2), sent(3)],
  paid(1, 'captured', 700, { capture_id: idOf(11), shipment_id: idOf(1_001) }),
  paid(2, 'captured', 200, { capture_id: idOf(12), shipment_id: idOf(1_001) }),
  paid(3, 'captured', 50, { capture_id: idOf(13), shipment_id: idOf(1_002) }),
  paid(4, 'cod-collected', 400, { shipment_id: idOf(1_003) }),
  paid(5, 'cod-short', 100, { shipment_id: idOf(1_003) }),
  // What a gift card paid is no money that anybody pays out.
  paid(7, 'captured', 80, { capture_id: idOf(17), shipment_id: idOf(1_001), balance_id: idOf(901) }),
  ...settled(1, idOf(11), 'charge'),
  ...settled(2, idOf(12), 'charge', { agrees: false }),
  // What a line was once found to answer, and is not any more.
  ...settled(3, idOf(13), 'charge', { saidAt: '2026-10-10T18:00:00Z' }),
];

const cash: readonly Case[] = [
  {
    question: 'cash_cycle',
    that: 'follows money from the dispatch to the file that holds it',
    given: money,
    rows: [
      {
        ...{
          month: '2026-10-01',
          channel: 'web',
          currency: 'GBP',
          method: 'cash at the door',
          orders: 1,
          came: 300,
          settled: 0,
          locked: 300,
        },
        ...{ days_to_deliver: null, days_to_settle: null, days_in_all: null },
      },
      {
        ...{ month: '2026-10-01', channel: 'web', currency: 'GBP', method: 'charged', orders: 1, came: 950, settled: 700, locked: 250 },
        ...{ days_to_deliver: 2, days_to_settle: 4, days_in_all: 4 },
      },
    ],
  },
  {
    question: 'locked_cash',
    that: 'says where money is that no file holds, and for how long',
    given: [...money, paid(6, 'captured', 30, { capture_id: idOf(14), happened_at: daysAgo(15) })].map((each) =>
      each.row['happened_at'] === '2026-10-06T12:00:00Z' ? { ...each, row: { ...each.row, happened_at: daysAgo(200) } } : each,
    ),
    rows: [
      { stage: 'captured-delivered', channel: 'web', currency: 'GBP', weeks: 12, orders: 1, amount: 200 },
      { stage: 'captured-other', channel: 'web', currency: 'GBP', weeks: 2, orders: 1, amount: 30 },
      { stage: 'captured-shipped', channel: 'web', currency: 'GBP', weeks: 12, orders: 1, amount: 50 },
      { stage: 'collected', channel: 'web', currency: 'GBP', weeks: 12, orders: 1, amount: 300 },
    ],
  },
];

export const owedCases: readonly Case[] = [...returns, ...cash];
