import { momentsOf, writtenValue } from './moments';

it('moments of an order are the times of its own events from the oldest on, each once', () => {
  const events = [
    { service: 'order', recordedAt: '2026-11-28T12:00:00Z', type: 'OrderPlaced' },
    { service: 'inventory', recordedAt: '2026-11-28T12:01:00Z', type: 'StockReserved' },
    { service: 'order', recordedAt: '2026-11-28T12:02:00Z', type: 'StockReserved' },
    { service: 'order', recordedAt: '2026-11-28T12:02:00Z', type: 'OrderConfirmed' },
  ];
  expect(momentsOf(events)).toEqual([
    { at: '2026-11-28T12:00:00Z', type: 'OrderPlaced' },
    { at: '2026-11-28T12:02:00Z', type: 'OrderConfirmed' },
  ]);
});

it('a value is written in a line, and not longer than anybody reads', () => {
  expect([undefined, null, 'on-hold', 3, { a: [1] }].map(writtenValue)).toEqual(['–', '–', 'on-hold', '3', '{"a":[1]}']);
  expect(writtenValue('x'.repeat(200))).toHaveLength(81);
});
