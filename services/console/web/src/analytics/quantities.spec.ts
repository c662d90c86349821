import { quantityText } from './quantities';

describe('a number of an answer', () => {
  it('bears its unit, as the reader writes it', () => {
    expect(quantityText('en-GB', 'on_time_share', 0.935)).toBe('93.5%');
    expect(quantityText('de', 'hours_p90', 12.25)).toBe('12,3 Std.');
    expect(quantityText('en-GB', 'days_to_settle', 2)).toBe('2 days');
    expect(quantityText('en-GB', 'transit_days_p50', 1.5)).toBe('1.5 days');
  });

  it('is an amount in its currency where it is the average of amounts', () => {
    expect(quantityText('en-GB', 'cost_per_parcel', 412.5, 'GBP')).toBe('£4.13');
    expect(quantityText('en-GB', 'cost_per_parcel', 412.5, 'JPY')).toBe('JP¥413');
  });

  it('is a plain number otherwise', () => {
    expect(quantityText('de', 'orders', 1_234)).toBe('1.234');
    expect(quantityText('en-GB', 'turns', 1.2345)).toBe('1.23');
    expect(quantityText('en-GB', 'weeks', 12)).toBe('12');
  });
});
