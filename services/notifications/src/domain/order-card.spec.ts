import { sampleOf } from '@cartage/testkit';
import { cardOf, edited, shownLines, type OrderCard } from './order-card';

const placed = sampleOf('OrderPlaced');
const edit = sampleOf('OrderEdited');
const card: OrderCard = {
  ...cardOf(placed),
  lines: [
    { lineId: '1', title: 'Kettle', quantity: 3, total: 1_000 },
    { lineId: '2', title: 'Cup', quantity: 1, total: 250 },
  ],
};
const [change] = edit.lines;
const sold = { ...placed.lines[0], lineId: '3', sku: 'JUG', description: 'Jug', quantity: 2, total: 700 } as (typeof placed.lines)[number];

describe('what messages know of an order', () => {
  it('names it as its customer does, by the channel’s number, else by ours', () => {
    expect(cardOf({ ...placed, externalOrderId: 'W-17' }).number).toBe('W-17');
    const { externalOrderId: _, ...without } = placed;
    expect(cardOf(without).number).toBe(placed.orderId);
  });

  it('promises the last of the days that its ship groups have', () => {
    const [group] = placed.shipGroups;
    const groups = ['2026-12-03', '2026-12-09', '2026-12-01'].map((day) => ({ ...group, deliverBy: `${day}T22:00:00.000Z` }));
    expect(cardOf({ ...placed, shipGroups: groups as typeof placed.shipGroups }).deliverBy).toBe('2026-12-09T22:00:00.000Z');
  });

  it('follows edits: lines change, go, and come', () => {
    const after = edited(card, {
      ...edit,
      orderVersion: 2,
      lines: [
        { ...change, lineId: '2', after: undefined },
        { ...change, lineId: '3', after: sold },
      ] as never,
    });
    expect(after.lines.map(({ title, quantity }) => [title, quantity])).toEqual([
      ['Kettle', 3],
      ['Jug', 2],
    ]);
    expect(after).toMatchObject({ version: 2, totals: edit.totals });
  });

  it('takes no edit that is older than what it knows, nor one twice', () => {
    const now = { ...card, version: 3 };
    expect(edited(now, { ...edit, orderVersion: 3 })).toBe(now);
    expect(edited(now, { ...edit, orderVersion: 2 })).toBe(now);
  });

  it('shows units with their share of what the line cost, and by the SKU what it no longer has', () => {
    expect(
      shownLines(card, [
        { lineId: '1', sku: 'KET', quantity: 1 },
        { lineId: '9', sku: 'OLD', quantity: 1 },
      ]),
    ).toEqual([
      { title: 'Kettle', quantity: 1, amount: 333 },
      { title: 'OLD', quantity: 1, amount: 0 },
    ]);
    expect(shownLines(card, undefined).map(({ amount }) => amount)).toEqual([1_000, 250]);
  });
});
