import { optionsOf } from './options';

describe('the options of a run', () => {
  it('have values of their own, and as many orders as the kills need', () => {
    expect(optionsOf([])).toMatchObject({ kills: 20, seed: 7, orders: 100, everyMs: 3_000, replicas: 2, brokers: 3, keep: false });
    expect(optionsOf(['--kills', '1000']).orders).toBe(5_000);
    expect(optionsOf(['--kills', '0', '--orders', '12']).orders).toBe(12);
  });

  it.each([
    [['--kills', 'many'], /--kills is a whole number from 0 to 2000, not many/],
    [['--kills', '2001'], /--kills is a whole number/],
    [['--brokers', '2'], /--brokers is 1 or 3/],
    [['--orders', ''], /--orders is a whole number/],
    [['everything'], /everything is no option/],
    [['--speed', '3'], /Usage: npm run chaos/],
  ])('refuse %j, and say how it is done', (args, line) => {
    expect(() => optionsOf(args)).toThrow(line);
  });
});
