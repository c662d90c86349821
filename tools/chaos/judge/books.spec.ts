import type { ListedPayment } from '../../simulator/answers';
import { wrongSums } from './books';

const payment = (more: Partial<ListedPayment>): ListedPayment => ({
  ...{ orderId: 'o-1', status: 'captured', method: 'card', total: 900, captured: 0, collected: 0, remitted: 0, refunded: 0 },
  ...more,
});

describe('the sums of a payment', () => {
  it('hold where no more goes back than came in, by card or at the door', () => {
    expect(wrongSums(payment({ captured: 900, refunded: 900 }))).toEqual([]);
    expect(wrongSums(payment({ collected: 900, remitted: 900, refunded: 300 }))).toEqual([]);
  });

  it('are wrong where more goes back, or cash was not handed over', () => {
    expect(wrongSums(payment({ captured: 900, refunded: 901 }))).toEqual(['payment o-1: 901 were refunded of 900']);
    expect(wrongSums(payment({ collected: 900, remitted: 400 }))).toEqual(['payment o-1: 900 were collected, 400 handed over']);
  });
});
