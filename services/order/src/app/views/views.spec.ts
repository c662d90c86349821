import { fold } from '@cartage/eventsourcing';
import { rowsAfter } from '@cartage/views';
import type { OrderEvent } from '../../domain/events';
import type { Fact } from '../../domain/facts';
import { order } from '../../domain/order';
import { facts, smoothLife } from '../../domain/facts.fixture';
import { everything, id, minute, now, orderId, placed, placing, recording } from '../../domain/order.fixture';
import { statusOf } from '../../domain/state';
import { orderLine } from './order-line';
import { orderSummary } from './order-summary';

const history = (...told: readonly Fact[]): readonly OrderEvent[] =>
  told.reduce<readonly OrderEvent[]>(
    (events, fact, n) => [...events, ...order.decide(recording(fact, id(900 + n)), fold(order, events))],
    [placed],
  );
const summaryAfter = (...told: readonly Fact[]) => rowsAfter(orderSummary, history(...told))[0];
const linesAfter = (...told: readonly Fact[]) => rowsAfter(orderLine, history(...told));

const repacked: Fact = { type: 'ShipmentPacked', data: { ...facts.packed.data, lines: [everything[0]], packedAt: minute(7) } };
const lives: readonly (readonly Fact[])[] = [
  smoothLife,
  [facts.short, facts.review, facts.authorized, facts.reserved],
  [facts.short, facts.declined],
  [facts.reserved, facts.authorized, facts.unfillable, facts.allocated, facts.packed, repacked, facts.cancelledShipment, facts.rejected],
  [...smoothLife, facts.returned],
];

describe('the tables of orders', () => {
  it('show the status that the order has, after every event of every life', () => {
    for (const life of lives)
      for (let told = 0; told <= life.length; told += 1) {
        const state = fold(order, history(...life.slice(0, told)));
        expect(summaryAfter(...life.slice(0, told))).toMatchObject({
          status: state && statusOf(state),
          holds: state?.holds.map(({ type }) => type),
          held_since: state?.holds.map(({ appliedAt }) => appliedAt),
        });
      }
  });

  it('tell which order is special: something is said to whoever packs it, or a line is made otherwise', () => {
    const lines = placing.lines.map(({ attributes: _, ...line }) => line);
    const groups = placing.shipGroups.map((group) => ({ ...group, instructions: 'Ribbon.' }));
    const isSpecial = (changes: Partial<typeof placing>) =>
      rowsAfter(orderSummary, [{ type: 'OrderPlaced', data: { ...placing, ...changes } }])[0]?.['special'];
    expect([{}, { lines }, { lines, instructions: 'Ribbon.' }, { lines, shipGroups: groups }].map(isSpecial)).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });

  it('show where each line stands, after every event of every life', () => {
    for (const life of lives)
      for (let told = 0; told <= life.length; told += 1) {
        const state = fold(order, history(...life.slice(0, told)));
        for (const row of linesAfter(...life.slice(0, told))) {
          const { quantity, allocated, packed, shipped, delivered, returned } = state?.progress.get(String(row['line_id'])) ?? {};
          expect(row).toMatchObject({ quantity, allocated, packed, shipped, delivered, returned });
        }
      }
  });

  it('show what an order is worth, and when it came to its steps', () => {
    expect(summaryAfter(...smoothLife)).toMatchObject({
      order_id: orderId,
      ...{ goods_amount: 1428, discount_amount: 50, shipping_amount: 400, tax_amount: 356, total_amount: 2134, tax_included: false },
      ...{ unit_count: 5, line_count: 2, payment_method: 'card', country: 'GB', postal_area: 'EC1A' },
      ...{ confirmed_at: now, completed_at: now, cancelled_at: null },
    });
    expect(linesAfter()[1]).toMatchObject({ line_id: '2', discount_amount: 50, tax_amount: 140, total_amount: 840, ship_group_id: '1' });
  });

  it('name the lines of a cancelled order so, and why it was', () => {
    expect(summaryAfter(facts.declined)).toMatchObject({ status: 'cancelled', cancelled_at: now, cancel_reason: 'payment-declined' });
    expect(linesAfter(facts.declined)).toMatchObject([{ status: 'cancelled' }, { status: 'cancelled' }]);
  });
});
