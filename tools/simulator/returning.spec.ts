import { regretOf } from './returning';

const listed = (externalOrderId: string) => ({
  orderId: 'o-1',
  channel: 'web',
  externalOrderId,
  status: 'completed',
  holds: [],
  total: 900,
});
const orderWith = (delivered: number) => ({
  orderId: 'o-1',
  status: 'completed',
  holds: [],
  totals: { goods: 900, discount: 0, shipping: 0, tax: 0, total: 900 },
  lines: [{ lineId: '1', sku: 'SKU-001', quantity: 2, total: 900, progress: { cancelled: 0, delivered, returned: 0 } }],
});
const numbers = Array.from({ length: 100 }, (_, n) => `S7-${n}`);
const regrets = (delivered: number) => numbers.flatMap((number) => regretOf(7, listed(number), orderWith(delivered)) ?? []);

describe('what customers send back', () => {
  it('is one line of an order in eight, of what they got', () => {
    const found = regrets(2);
    expect(found.length).toBeGreaterThan(3);
    expect(found.length).toBeLessThan(30);
    expect(found.every(({ lines }) => lines.every(({ quantity }) => quantity <= 2))).toBe(true);
  });

  it('is nothing of an order of which no line arrived whole', () => {
    expect(regrets(1)).toEqual([]);
  });
});
