import { isPosition, numberOf, positionOf, START } from './position';

describe('a position', () => {
  it('can be read back', () => {
    for (const number of [0, 1, 4_294_967_296, Number.MAX_SAFE_INTEGER]) expect(numberOf(positionOf(number))).toBe(number);
  });

  it('compares as a string the way its number compares, and comes after the beginning', () => {
    const inOrder = [0, 9, 10, 100, 99_999, Number.MAX_SAFE_INTEGER].map(positionOf);
    expect(inOrder.toReversed().toSorted()).toEqual(inOrder);
    expect(inOrder.every((position) => position > START)).toBe(true);
  });

  it('is known by its form', () => {
    expect(['0000000000000042', positionOf(7)].every(isPosition)).toBe(true);
    expect(['', '42', 'zzzz', '000000000000004x', '00000000000000042'].some(isPosition)).toBe(false);
  });

  it('begins at number 0', () => expect(numberOf(START)).toBe(0));

  it.each(['1', 'xyz', '000000000000000a', '00000000000000001', '-000000000000001'])('does not take %j, which no store gave', (text) => {
    expect(() => numberOf(text)).toThrow(RangeError);
  });

  it.each([-1, 0.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1])('is not made of %d', (number) => {
    expect(() => positionOf(number)).toThrow(RangeError);
  });
});
