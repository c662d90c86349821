import { carrierService } from '../../domain/dimensions';
import { factPromise } from '../../domain/order-tables';
import { factRoutingDecision, factShipment } from '../../domain/shipping-tables';
import type { Fact, Row } from '../../domain/table';
import { daysAgo, fact, idOf, order, orderLine, type Case } from './given.fixture';

const shipment = (n: number, row: Row = {}): Fact =>
  fact(factShipment, {
    ...{ shipment_id: idOf(1_000 + n), order_id: idOf(n), fulfillment_id: idOf(2_000 + n), location_key: 'LON' },
    ...{ carrier_service_key: carrierService('swift', 'next-day'), parcels: 1, units: 2, weight_grams: 500, label_cost: 345 },
    ...{ label_currency: 'GBP', labels: 1, dispatched_at: '2026-10-06T12:00:00Z', dispatched_units: 2, ...row },
  });

const delivered = (n: number, at: string, row: Row = {}): Fact =>
  shipment(n, { delivered_at: at, delivered_parcels: 1, delivered_units: 2, ...row });

const decision = (n: number, row: Row = {}): Fact =>
  fact(factRoutingDecision, {
    ...{ fulfillment_id: idOf(2_000 + n), order_id: idOf(n), ship_group_id: '1', location_key: 'LON', decision_id: idOf(3_000 + n) },
    ...{ attempt: 1, brokered_at: '2026-10-05T13:00:00Z', units: 2, ...row },
  });

const promise = (n: number, row: Row = {}): Fact =>
  fact(factPromise, {
    ...{ order_id: idOf(n), ship_group_id: '1', method: 'ship', country: 'GB', sold_deliver_by: '2026-10-08T12:00:00Z' },
    ...{ ship_by: '2026-10-06T18:00:00Z', deliver_by: '2026-10-08T12:00:00Z', ...row },
  });

const sent = (n: number, ...more: readonly Fact[]): readonly Fact[] => [...order(n), decision(n), promise(n), ...more];

const lane = { month: '2026-10-01', location: 'LON', country: 'GB', carrier: 'swift', service: 'next-day' };

const carriers: readonly Case[] = [
  {
    question: 'promise_accuracy',
    that: 'compares deliveries with what was sold',
    given: [
      ...sent(1, delivered(1, '2026-10-07T12:00:00Z')),
      ...sent(2, delivered(2, '2026-10-10T12:00:00Z')),
      ...sent(3, shipment(3)),
      ...order(4),
      shipment(4),
    ],
    rows: [
      {
        ...{ ...lane, shipments: 4, promised: 3, on_time: 1, late: 1, overdue: 1, on_time_share: 0.3333 },
        ...{ days_late_p50: 0.5, days_late_p90: 1.7 },
      },
    ],
  },
  {
    question: 'carrier_scorecard',
    that: 'counts what became of parcels, and what their labels cost by currency',
    given: [
      ...sent(1, delivered(1, '2026-10-07T12:00:00Z')),
      ...sent(2, delivered(2, '2026-10-09T12:00:00Z', { attempts_failed: 1, exceptions: 2, parcels: 1 })),
      ...sent(3, shipment(3, { sent_back_at: '2026-10-09T12:00:00Z', parcels: 2, label_cost: 700 })),
      ...sent(4, shipment(4, { label_currency: 'EUR', label_cost: 400, lost_at: '2026-10-20T12:00:00Z' })),
    ],
    rows: [
      {
        ...{ ...lane, currency: 'EUR', shipments: 1, parcels: 1, delivered_parcels: 0, first_attempt_share: null, failed_attempts: 0 },
        ...{ exceptions: 0, sent_back: 0, lost: 1, transit_days_p50: null, transit_days_p90: null, label_cost: 400, cost_per_parcel: 400 },
      },
      {
        ...{ ...lane, currency: 'GBP', shipments: 3, parcels: 4, delivered_parcels: 2, first_attempt_share: 0.5, failed_attempts: 1 },
        ...{ exceptions: 2, sent_back: 1, lost: 0, transit_days_p50: 2, transit_days_p90: 2.8, label_cost: 1_390, cost_per_parcel: 347.5 },
      },
    ],
  },
];

const [past, soon, later] = [daysAgo(2), daysAgo(-0.5), daysAgo(-3)];
const dayIn = (at: string): string => at.slice(0, 10);
const deadline = { channel: 'web', country: 'GB', deadline: 'ship-by' };
const none = { met: 0, missed: 0, open: 0, at_risk: 0, cancelled: 0, moved: 0, met_share: null };
const shipBy = (n: number, at: string, row: Row = {}): Fact =>
  promise(n, { ship_by: at, deliver_by: undefined, sold_deliver_by: undefined, ...row });

const deadlines: readonly Case[] = [
  {
    question: 'sla',
    that: 'tells what was met, missed, is open and at risk, each by its own day',
    given: [
      ...[
        ...order(1, {}, { dispatched_units: 2 }),
        decision(1),
        shipment(1, { dispatched_at: daysAgo(2.5) }),
        shipBy(1, past, { moves: 1 }),
      ],
      ...[...order(2, {}, { dispatched_units: 2 }), decision(2), shipment(2, { dispatched_at: daysAgo(1) }), shipBy(2, past)],
      ...[...order(3, {}, { dispatched_units: 1 }), decision(3), shipment(3, { dispatched_at: daysAgo(2.5) }), shipBy(3, past)],
      ...[...order(4, {}, { cancelled_units: 2 }), shipBy(4, past)],
      ...[...order(5), shipBy(5, soon), ...order(6), shipBy(6, later)],
      ...[...order(7, { imported: true }), shipBy(7, past)],
      // What left, was lost and is cancelled stands for no other line that has not left.
      ...[...order(8, {}, { dispatched_units: 2, cancelled_units: 2 }), orderLine(8, '2'), shipBy(8, past)],
    ],
    rows: [
      { ...none, date: dayIn(past), ...deadline, promised: 5, met: 1, missed: 3, cancelled: 1, moved: 1, met_share: 0.25 },
      { ...none, date: dayIn(soon), ...deadline, promised: 1, open: 1, at_risk: 1 },
      { ...none, date: dayIn(later), ...deadline, promised: 1, open: 1 },
    ],
  },
];

const flow: readonly Case[] = [
  {
    question: 'straight_through',
    that: 'knows whoever touched an order, and counts the order once',
    given: [
      ...order(1),
      ...order(2, { holds: 2, edits: 1 }),
      ...[...order(3), decision(3, { rejected_at: '2026-10-05T14:00:00Z' })],
      ...[...order(4, { reviews: 1 }), shipment(4, { label_failures: 1 })],
      ...order(5, { declines: 1, short_at: '2026-10-05T13:00:00Z' }, { cancelled_units: 1 }),
      ...order(6, { imported: true }),
    ],
    rows: [
      {
        ...{ date: '2026-10-05', channel: 'web', orders: 5, straight_through: 1, straight_through_share: 0.2, held: 1, reviewed: 1 },
        ...{ declined: 1, edited: 1, short: 1, rerouted: 1, label_refused: 1, cancelled: 1 },
      },
    ],
  },
  {
    question: 'cycle_times',
    that: 'measures each step of those orders that came through it',
    given: [
      ...order(1, { confirmed_at: '2026-10-05T13:00:00Z', brokered_at: '2026-10-05T13:30:00Z' }),
      ...order(2, { confirmed_at: '2026-10-05T15:00:00Z' }),
    ],
    rows: [
      {
        ...{ month: '2026-10-01', channel: 'web', step_number: 3, step: 'placed to confirmed', orders: 2 },
        ...{ hours_p50: 2, hours_p90: 2.8, hours_mean: 2 },
      },
      {
        ...{ month: '2026-10-01', channel: 'web', step_number: 4, step: 'confirmed to brokered', orders: 1 },
        ...{ hours_p50: 0.5, hours_p90: 0.5, hours_mean: 0.5 },
      },
    ],
  },
  {
    question: 'splits',
    that: 'counts what has left, by order',
    given: [
      ...[...order(1), shipment(1, { parcels: 2 }), shipment(11, { order_id: idOf(1) })],
      ...[...order(2), shipment(2), orderLine(2, '2')],
      ...[...order(3), shipment(3, { dispatched_at: undefined })],
    ],
    rows: [
      {
        ...{ month: '2026-10-01', channel: 'web', country: 'GB', orders: 2, split_orders: 1, split_share: 0.5, shipments: 3, parcels: 4 },
        ...{ units: 6, grams: 1_500, parcels_per_order: 2 },
      },
    ],
  },
];

export const sentCases: readonly Case[] = [...carriers, ...deadlines, ...flow];
