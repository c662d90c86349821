import type { Envelope } from '@cartage/contracts';
import { storiesOf } from './star-stories';

const ID = '0199a3c4-7b1e-7c3d-9f2a-00000000000';

const event = (n: number, subject: string, sequence: number, data: object): Envelope => ({
  ...{ id: `${ID}${n}`, type: 'Sample', version: 1, topic: 'order.events', source: '/s', subject, key: subject, sequence },
  ...{ time: '2026-11-28T09:00:00.000Z', correlationId: 'c', replay: false, data },
});

const order = `${ID}9`;
const lived = {
  before: [event(1, 'item/MUG', 4, {}), event(2, 'LDN/MUG', 7, {})],
  orders: [
    [
      event(3, order, 1, { orderId: order, customerId: 'customer-199999', placedAt: '2026-11-28T09:00:00.000Z' }),
      event(4, 'LDN/MUG', 9, { orderId: order }),
    ],
  ],
};

it('stories are told of as many orders as are wanted: each has ids, times and a customer of its own, and nothing is missing in any count', () => {
  const [before = [], ...stories] = [...storiesOf(lived, 3)];
  expect(before.map(({ subject, sequence }) => [subject, sequence])).toEqual([
    ['item/MUG', 1],
    ['LDN/MUG', 1],
  ]);
  const events = stories.flat();
  expect(new Set(events.map(({ id }) => id)).size).toBe(6);
  expect(events.map(({ sequence }) => sequence)).toEqual([1, 2, 1, 3, 1, 4]);
  for (const [first, second] of stories) {
    expect(first?.subject).toMatch(/^[\da-f]{8}-[\da-f]{4}-7c3d-9f2a-000000000009$/);
    expect([first?.data, second?.data]).toEqual([expect.objectContaining({ orderId: first?.subject }), { orderId: first?.subject }]);
  }
  expect(stories.map(([first]) => first?.data)).toEqual([
    expect.objectContaining({ customerId: 'customer-0', placedAt: '2026-11-28T08:58:57.000Z' }),
    expect.objectContaining({ customerId: 'customer-1', placedAt: '2026-11-28T08:59:28.500Z' }),
    expect.objectContaining({ customerId: 'customer-2', placedAt: '2026-11-28T09:00:00.000Z' }),
  ]);
});
