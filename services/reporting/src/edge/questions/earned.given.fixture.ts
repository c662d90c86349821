import { factReturn } from '../../domain/return-tables';
import { factRoutingDecision } from '../../domain/shipping-tables';
import type { Fact, Row } from '../../domain/table';
import { fact, idOf, order, paid, type Case } from './given.fixture';

const customers: readonly Case[] = [
  {
    question: 'customer_value',
    that: 'is what came in less what went back, by currency',
    given: [
      ...order(1),
      ...order(2, { placed_at: '2026-11-07T23:00:00Z', cancelled_at: '2026-11-08T00:00:00Z' }),
      ...order(3, { currency: 'EUR' }),
      ...order(4, { customer_key: undefined }),
      ...[paid(1, 'captured', 1_301), paid(2, 'refunded', 500), paid(3, 'credit-returned', 100), paid(4, 'authorised', 1_301)],
      ...[fact(factReturn, { return_id: idOf(401), order_id: idOf(1) }), paid(5, 'captured', 70, { order_id: idOf(3), currency: 'EUR' })],
    ],
    rows: [
      {
        ...{ customer: 'ada', currency: 'EUR', first_order_on: '2026-10-05', last_order_on: '2026-10-05', orders: 1, cancelled_orders: 0 },
        ...{ returns: 0, total: 1_301, paid: 70, given_back: 0, value: 70 },
      },
      {
        ...{ customer: 'ada', currency: 'GBP', first_order_on: '2026-10-05', last_order_on: '2026-11-07', orders: 2, cancelled_orders: 1 },
        ...{ returns: 1, total: 2_602, paid: 1_301, given_back: 400, value: 901 },
      },
    ],
  },
  {
    question: 'customer_value',
    that: 'is not lost by an exchange: what went into it came in again, and so did what was paid beside it',
    given: [
      ...order(1),
      ...order(2, { replaces_order_id: idOf(1), total: 1_500, placed_at: '2026-10-09T12:00:00Z' }),
      ...order(3, { customer_key: 'eve', replaces_order_id: idOf(9) }),
      ...[paid(1, 'captured', 1_301), paid(2, 'refunded', 1_301, { tender: 'exchange', balance_id: idOf(900) })],
      ...[paid(3, 'captured', 1_301, { order_id: idOf(2), balance_id: idOf(900) }), paid(4, 'captured', 199, { order_id: idOf(2) })],
    ],
    rows: [
      {
        ...{ customer: 'ada', currency: 'GBP', first_order_on: '2026-10-05', last_order_on: '2026-10-05', orders: 1, cancelled_orders: 0 },
        ...{ returns: 0, total: 1_301, paid: 2_801, given_back: 1_301, value: 1_500 },
      },
    ],
  },
  {
    question: 'cohorts',
    that: 'counts whoever comes back, by the month of their first order',
    given: [
      ...order(1),
      ...order(2, { customer_key: 'bob' }),
      ...order(3, { placed_at: '2027-01-31T23:00:00Z' }),
      ...order(4, { placed_at: '2027-01-01T00:00:00Z', total: 99 }),
      ...order(5, { placed_at: '2027-01-01T00:00:00Z', customer_key: 'eve', currency: 'EUR' }),
    ],
    rows: [
      {
        ...{ cohort: '2026-10-01', month_number: 0, currency: 'GBP', customers: 2, active: 2, active_share: 1, orders: 2, total: 2_602 },
      },
      {
        ...{ cohort: '2026-10-01', month_number: 3, currency: 'GBP', customers: 2, active: 1, active_share: 0.5, orders: 2, total: 1_400 },
      },
      {
        ...{ cohort: '2027-01-01', month_number: 0, currency: 'EUR', customers: 1, active: 1, active_share: 1, orders: 1, total: 1_301 },
      },
    ],
  },
];

const decided = (n: number, decision: number, cost: number | undefined, row: Row = {}): Fact =>
  fact(factRoutingDecision, {
    ...{ fulfillment_id: idOf(2_000 + n), order_id: idOf(1), ship_group_id: '1', location_key: 'LON', decision_id: idOf(decision) },
    ...{ attempt: 1, cost, cost_currency: 'GBP', brokered_at: '2026-10-05T13:00:00Z', ...row },
  });

const routing: readonly Case[] = [
  {
    question: 'routing_costs',
    that: 'compares decisions with other places, and each with all of its parts',
    given: [
      ...order(1),
      decided(1, 1, 400, { cheapest_alone: 400, cheapest_other: 450 }),
      decided(2, 2, 300, { cheapest_alone: 500, cheapest_other: 500 }),
      decided(3, 2, 250, { cheapest_alone: 500, cheapest_other: 500 }),
      decided(4, 3, 80),
      decided(5, 4, undefined),
    ],
    rows: [
      {
        ...{ month: '2026-10-01', channel: 'web', country: 'GB', currency: 'GBP', decisions: 3, split_decisions: 1, cost: 1_030 },
        ...{ compared: 2, compared_cost: 950, cheapest_cost: 900, above_cheapest: 50 },
        ...{ with_other: 2, with_other_cost: 950, other_cost: 950, saved: 0 },
      },
    ],
  },
];

export const earnedCases: readonly Case[] = [...customers, ...routing];
