import { lineMoney, pricedLine } from './money';

describe('the money of a line', () => {
  it.each([
    [6, '2.55', 1530],
    [1, '0.001', 0],
    [5, '0.001', 1],
    [-1, '0.005', -1],
    [-80995, '2.08', -16846960],
    [3, '11062.06', 3318618],
    [2, '0.0', 0],
  ])('of %d at £%s is %d pence, rounded half up', (quantity, price, pence) => expect(lineMoney(quantity, price)).toBe(pence));

  it.each([
    [6, '2.55'],
    [1, '0.001'],
    [1_000, '0.0045'],
    [7, '1.999'],
  ])('of %d at £%s is kept by Cartage’s whole pence and a discount', (quantity, price) => {
    const { unitPrice, discount } = pricedLine(quantity, price);
    expect(quantity * unitPrice - discount).toBe(lineMoney(quantity, price));
    expect(discount).toBeGreaterThanOrEqual(0);
    expect(Number.isInteger(unitPrice)).toBe(true);
  });

  it('needs no discount where the price is in pence', () => expect(pricedLine(6, '2.55')).toEqual({ unitPrice: 255, discount: 0 }));

  it('is refused for what is no price', () => expect(() => lineMoney(1, 'free')).toThrow('"free" is no price'));
});
