import { plainMoney } from '../formats/formats';
import { minorOf } from './amounts';

describe('an amount that somebody writes', () => {
  it.each([
    ['12.50', 'GBP', 1250],
    [' 12,5 ', 'EUR', 1250],
    ['1200', 'JPY', 1200],
    ['1.2', 'KWD', 1200],
    ['12', 'GBP', 1200],
    ['1250', 'HUF', 125_000],
    ['1250,5', 'IDR', 125_050],
    ['1.2345', 'CLF', 12_345],
  ])('%s %s is %d minor units', (written, currency, amount) => expect(minorOf(written, currency)).toBe(amount));

  it.each([
    ['12.505', 'GBP'],
    ['1.5', 'JPY'],
    ['1,200.00', 'GBP'],
    ['twelve', 'GBP'],
    ['-1', 'GBP'],
    ['', 'GBP'],
  ])('%s %s is none', (written, currency) => expect(minorOf(written, currency)).toBeUndefined());

  it.each([
    [1250, 'GBP', '12.50'],
    [1200, 'JPY', '1200'],
    [1205, 'KWD', '1.205'],
    [125_000, 'HUF', '1250.00'],
  ])('%d of %s is written %s, and read again the same', (amount, currency, written) => {
    expect(plainMoney(amount, currency)).toBe(written);
    expect(minorOf(written, currency)).toBe(amount);
  });
});
