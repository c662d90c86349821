import { factCancellationLine, factPromise } from '../../domain/order-tables';
import { dimProduct } from '../../domain/dimensions';
import { daysAgo, fact, idOf, level, movement, order, orderLine, type Case } from './given.fixture';

const october = { month: '2026-10-01', channel: 'web' };

const sales: readonly Case[] = [
  {
    question: 'sales',
    that: 'counts orders of each day, channel, country and currency, and adds up no two currencies',
    given: [
      ...order(1),
      ...order(2, { placed_at: '2026-10-05T23:59:59Z', cancelled_at: '2026-10-06T09:00:00Z' }, { cancelled_units: 2 }),
      ...order(3, { currency: 'EUR', total: 1_500, country: 'DE' }),
      ...order(4, { placed_at: '2026-10-06T00:00:00Z', channel_key: 'shop', country: undefined }),
      ...order(5, { replaces_order_id: idOf(1) }),
    ],
    rows: [
      {
        ...{
          date: '2026-10-05',
          channel: 'web',
          country: 'DE',
          currency: 'EUR',
          orders: 1,
          guest_orders: 0,
          cancelled_orders: 0,
          units: 2,
        },
        ...{ cancelled_units: 0, goods: 1_001, discount: 0, shipping: 300, tax: 217, total: 1_500 },
      },
      {
        ...{
          date: '2026-10-05',
          channel: 'web',
          country: 'GB',
          currency: 'GBP',
          orders: 2,
          guest_orders: 0,
          cancelled_orders: 1,
          units: 4,
        },
        ...{ cancelled_units: 2, goods: 2_002, discount: 0, shipping: 600, tax: 434, total: 2_602 },
      },
      {
        ...{
          date: '2026-10-06',
          channel: 'shop',
          country: null,
          currency: 'GBP',
          orders: 1,
          guest_orders: 0,
          cancelled_orders: 0,
          units: 2,
        },
        ...{ cancelled_units: 0, goods: 1_001, discount: 0, shipping: 300, tax: 217, total: 1_301 },
      },
    ],
  },
  {
    question: 'sales',
    that: 'is narrowed by days and channel',
    asked: 'from=2026-10-06&to=2026-10-07&channel=web',
    given: [
      ...order(1),
      ...order(2, { placed_at: '2026-10-07T23:00:00Z' }),
      ...order(3, { placed_at: '2026-10-06T10:00:00Z', channel_key: 'shop' }),
    ],
    rows: [expect.objectContaining({ date: '2026-10-07', channel: 'web', orders: 1 }) as never],
  },
  {
    question: 'sales_by_sku',
    that: 'tells SKUs apart, and where their ship group goes; what is kept is worth what payments charge',
    given: [
      ...order(1, {}, { cancelled_units: 1, returned_units: 1 }),
      orderLine(1, '2', { product_key: 'CUP', ship_group_id: '2', units: 3, total: 100, tax: 17, discount: 5 }),
      fact(factPromise, { order_id: idOf(1), ship_group_id: '2', country: 'FR' }),
      orderLine(1, '3', { product_key: 'GONE', units: 0, total: 0, tax: 0 }),
    ],
    rows: [
      {
        ...{ date: '2026-10-05', channel: 'web', country: 'FR', sku: 'CUP', currency: 'GBP', orders: 1, units: 3, kept_units: 3 },
        ...{ returned_units: 0, total: 100, kept_total: 100, discount: 5, tax: 17 },
      },
      {
        ...{ date: '2026-10-05', channel: 'web', country: 'GB', sku: 'MUG', currency: 'GBP', orders: 1, units: 2, kept_units: 1 },
        ...{ returned_units: 1, total: 1_001, kept_total: 501, discount: 0, tax: 167 },
      },
    ],
  },
  {
    question: 'best_sellers',
    that: 'ranks by what was kept, in each month and channel',
    asked: 'from=2026-10-15&to=2026-10-20',
    given: [
      ...order(1, {}, { cancelled_units: 2 }),
      ...order(2, {}, { product_key: 'CUP', units: 1, total: 400 }),
      ...order(3, { placed_at: '2026-09-30T23:59:59Z' }),
      fact(dimProduct, { product_key: 'CUP', sku: 'CUP', title: 'A cup', revision: 1 }),
    ],
    rows: [
      {
        ...{ ...october, currency: 'GBP', rank: 1, sku: 'CUP', title: 'A cup', orders: 1, units: 1, kept_units: 1, returned_units: 0 },
        ...{ total: 400, kept_total: 400 },
      },
      {
        ...{ ...october, currency: 'GBP', rank: 2, sku: 'MUG', title: null, orders: 1, units: 2, kept_units: 0, returned_units: 0 },
        ...{ total: 1_001, kept_total: 0 },
      },
    ],
  },
];

const cancelled = (n: number, units: number, reason: string, row: object = {}) =>
  fact(factCancellationLine, {
    ...{ cancellation_id: idOf(100 + n), line_id: '1', order_id: idOf(1), product_key: 'MUG', units, reason, decided_by: 'customer' },
    ...{ undelivered: false, cancelled_at: `2026-10-06T1${n}:00:00Z`, ...row },
  });

const cancellations: readonly Case[] = [
  {
    question: 'cancellations',
    that: 'are together worth what the line was, to the penny',
    given: [
      ...order(1, {}, { units: 3, total: 1_000, cancelled_units: 3 }),
      cancelled(1, 1, 'changed-mind'),
      cancelled(2, 1, 'lost-parcel', { undelivered: true, decided_by: 'carrier' }),
      cancelled(3, 1, 'changed-mind'),
    ],
    rows: [
      {
        ...{ date: '2026-10-06', channel: 'web', reason: 'changed-mind', decided_by: 'customer', currency: 'GBP', cancellations: 2 },
        ...{ orders: 1, units: 2, undelivered_units: 0, amount: 666 },
      },
      {
        ...{ date: '2026-10-06', channel: 'web', reason: 'lost-parcel', decided_by: 'carrier', currency: 'GBP', cancellations: 1 },
        ...{ orders: 1, units: 1, undelivered_units: 1, amount: 334 },
      },
    ],
  },
];

const stock: readonly Case[] = [
  {
    question: 'stock_turnover',
    that: 'goes on with what the month before left',
    asked: 'from=2026-09-01&to=2026-10-31',
    given: [
      movement(1, 'received', 10, { happened_at: '2026-08-31T23:00:00Z' }),
      movement(2, 'issued', -4, { happened_at: '2026-09-02T10:00:00Z' }),
      movement(3, 'restocked', 1, { happened_at: '2026-09-03T10:00:00Z' }),
      movement(4, 'adjusted', -1, { happened_at: '2026-10-03T10:00:00Z' }),
    ],
    rows: [
      {
        ...{ month: '2026-09-01', sku: 'MUG', location: 'LON', opening_units: 10, received_units: 0, issued_units: 4, restocked_units: 1 },
        ...{ other_units: 0, closing_units: 7, turns: 0.4706 },
      },
      {
        ...{ month: '2026-10-01', sku: 'MUG', location: 'LON', opening_units: 7, received_units: 0, issued_units: 0, restocked_units: 0 },
        ...{ other_units: -1, closing_units: 6, turns: 0 },
      },
    ],
  },
  {
    question: 'days_of_supply',
    that: 'goes by what left for orders in the last four weeks',
    given: [
      level(21, 4),
      movement(1, 'issued', -14, { happened_at: daysAgo(5) }),
      movement(2, 'issued', -99, { happened_at: daysAgo(40) }),
      movement(3, 'adjusted', -5, { happened_at: daysAgo(4) }),
      level(7, 0, { product_key: 'CUP' }),
    ],
    rows: [
      { sku: 'CUP', location: 'LON', on_hand: 7, allocated: 0, available: 7, issued_units: 0, units_per_day: 0, days: null },
      { sku: 'MUG', location: 'LON', on_hand: 21, allocated: 4, available: 17, issued_units: 14, units_per_day: 0.5, days: 42 },
    ],
  },
  {
    question: 'stock_ageing',
    that: 'takes what came first to have left first',
    given: [
      level(30),
      movement(1, 'received', 20, { happened_at: daysAgo(200.5) }),
      movement(2, 'received', 10, { happened_at: daysAgo(45.5) }),
      movement(3, 'transferred-in', 5, { happened_at: daysAgo(3.5) }),
      movement(4, 'issued', -5, { happened_at: daysAgo(1) }),
      level(4, 0, { product_key: 'CUP' }),
    ],
    rows: [
      { sku: 'CUP', location: 'LON', from_days: null, to_days: null, units: 4, oldest_at: null },
      { sku: 'MUG', location: 'LON', from_days: 0, to_days: 30, units: 5, oldest_at: expect.any(String) as string },
      { sku: 'MUG', location: 'LON', from_days: 31, to_days: 60, units: 10, oldest_at: expect.any(String) as string },
      { sku: 'MUG', location: 'LON', from_days: 181, to_days: null, units: 15, oldest_at: expect.any(String) as string },
    ],
  },
];

export const soldCases: readonly Case[] = [...sales, ...cancellations, ...stock];
