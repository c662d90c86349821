import { lineOf, unexplained, type Letter } from './dead-letters';

const letter = (error: string, group = 'order.payment'): Letter => ({ service: 'orders', group, type: 'PaymentCaptured', error });

describe('a dead letter', () => {
  it('is explained by what a server says that goes down, is away, comes up or has no room', () => {
    const errors = [
      'Error: Connection terminated unexpectedly',
      'error: the database system is in recovery mode',
      'Error: connect ECONNREFUSED 127.0.0.1:5432',
      'error: could not extend file "base/5/16400": No space left on device',
    ];
    expect(unexplained(errors.map((error) => letter(error)))).toEqual([]);
  });

  it('is a fault of ours otherwise', () => {
    const ours = letter("TypeError: Cannot read properties of undefined (reading 'lines')");
    expect(unexplained([ours, letter('Error: read ECONNRESET')])).toEqual([ours]);
    expect(lineOf(ours)).toContain('orders: order.payment could not take PaymentCaptured: TypeError');
  });

  it('explains those that wait behind it, of its group only', () => {
    const behind = letter('', 'order.payment');
    const another = letter('', 'order.shipping');
    expect(unexplained([letter('Error: read ECONNRESET'), behind, another])).toEqual([another]);
  });
});
