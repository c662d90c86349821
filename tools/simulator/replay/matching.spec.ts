import { row } from './fixture';
import { Purchases } from './matching';

const wanted = new Set(['17850|85123A']);
const credit = (quantity: number, price = '2.55') => row({ invoice: 'C1', quantity: -quantity, price });

describe('a credit', () => {
  it('takes the oldest purchase of the customer and SKU first, and none twice', () => {
    const purchases = new Purchases(wanted);
    purchases.bought(row({ invoice: '1', quantity: 2 }));
    purchases.bought(row({ invoice: '2', quantity: 5 }));
    expect(purchases.broughtBack(credit(4))).toEqual([
      { invoice: '1', lineId: '1', quantity: 2, paid: 510 },
      { invoice: '2', lineId: '1', quantity: 2, paid: 510 },
    ]);
    expect(purchases.broughtBack(credit(9))).toEqual([{ invoice: '2', lineId: '1', quantity: 3, paid: 765 }]);
    expect(purchases.broughtBack(credit(1))).toEqual([]);
  });

  it('takes what was sold at the credited price before older purchases at another one', () => {
    const purchases = new Purchases(wanted);
    purchases.bought(row({ invoice: '1', quantity: 1, price: '1.00' }));
    purchases.bought(row({ invoice: '2', quantity: 1 }));
    expect(purchases.broughtBack(credit(2))).toEqual([
      { invoice: '2', lineId: '1', quantity: 1, paid: 255 },
      { invoice: '1', lineId: '1', quantity: 1, paid: 100 },
    ]);
  });

  it('never takes what another customer bought, or another SKU', () => {
    const purchases = new Purchases(new Set([...wanted, '1|85123A', '17850|B']));
    purchases.bought(row({ customer: '1' }));
    purchases.bought(row({ sku: 'B' }));
    expect(purchases.broughtBack(credit(1))).toEqual([]);
  });

  it('gives back exactly what a line cost, however it is cut up', () => {
    const purchases = new Purchases(wanted);
    purchases.bought(row({ quantity: 3, price: '0.0015' }));
    const paid = [1, 1, 1].flatMap((units) => purchases.broughtBack(credit(units, '0.0015'))).map((match) => match.paid);
    expect(paid).toEqual([0, 0, 0]);
    purchases.bought(row({ quantity: 3, price: '0.335' }));
    const others = [1, 1, 1].flatMap((units) => purchases.broughtBack(credit(units, '0.335'))).map((match) => match.paid);
    expect(others.reduce((sum, each) => sum + each, 0)).toBe(101);
  });
});
