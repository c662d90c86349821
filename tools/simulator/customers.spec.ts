import { intentOf } from './customers';
import { shopOf, skusOf } from './shop';

const shop = shopOf(7);
const numbers = Array.from({ length: 300 }, (_, i) => i + 1);

describe('customers', () => {
  it('want the same for the same seed, in whatever order they come', () => {
    const forwards = numbers.map((n) => intentOf(7, shop, n));
    const backwards = numbers.toReversed().map((n) => intentOf(7, shopOf(7), n));
    expect(backwards.toReversed()).toEqual(forwards);
    expect(intentOf(8, shopOf(8), 1)).not.toEqual(forwards[0]);
  });

  it('are one person each, with one address', () => {
    const orders = numbers.map((n) => intentOf(7, shop, n).order);
    const addresses = new Map<string, Set<string>>();
    for (const { customer, shipTo } of orders) {
      if (!shipTo) continue;
      const id = customer.id ?? '';
      addresses.set(id, (addresses.get(id) ?? new Set()).add(JSON.stringify([customer, shipTo])));
    }
    expect([...addresses.values()].every(({ size }) => size === 1)).toBe(true);
    expect(addresses.size).toBeLessThan(numbers.length);
  });

  it('buy what the shop has, pay in every way, and sometimes cannot', () => {
    const orders = numbers.map((n) => intentOf(7, shop, n).order);
    const known = new Set(skusOf(shop));
    expect(orders.flatMap(({ lines }) => lines).every(({ sku }) => known.has(sku))).toBe(true);
    expect(new Set(orders.map(({ payment }) => payment.method))).toEqual(new Set(['card', 'cod', 'prepaid']));
    expect(orders.some(({ payment }) => payment.token === 'tok_decline')).toBe(true);
    expect(orders.some(({ shipGroups }) => shipGroups?.[0]?.method === 'pickup')).toBe(true);
    expect(orders.some(({ lines }) => lines.some(({ sku }) => sku === shop.soldOut.sku))).toBe(true);
  });
});
