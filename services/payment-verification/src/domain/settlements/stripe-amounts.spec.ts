import { fromStripe, toStripe } from './stripe-amounts';

describe('amounts at Stripe', () => {
  it.each([
    ['GBP', 1250, 1250],
    ['JPY', 500, 500],
    ['ISK', 500, 50_000],
    ['UGX', 500, 50_000],
    ['MGA', 50_000, 500],
    ['TND', 948_000, 948_000],
  ])('have Stripe’s digits: %s %d is %d there', (currency, ours, theirs) => {
    expect(toStripe(currency, ours)).toBe(theirs);
    expect(fromStripe(currency.toLowerCase(), theirs)).toBe(ours);
  });

  it.each([
    ['TND', 948_001],
    ['MGA', 50_001],
  ])('cannot be so small: %s %d', (currency, amount) => expect(toStripe(currency, amount)).toBeUndefined());
});
