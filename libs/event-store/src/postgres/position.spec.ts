import { START } from '@cartage/eventsourcing';
import { cursorOf, positionOf } from './position';

describe('a position on Postgres', () => {
  it('can be read back', () => {
    const cursor = { tx: '18446744073709551615', number: '9223372036854775807' };
    expect(cursorOf(positionOf(cursor))).toEqual(cursor);
  });

  it('compares as a string the way transaction and number compare', () => {
    const inOrder = [
      { tx: '9', number: '100' },
      { tx: '10', number: '2' },
      { tx: '10', number: '11' },
      { tx: '4294967296', number: '1' },
    ].map(positionOf);
    expect(inOrder.toReversed().toSorted()).toEqual(inOrder);
    expect(inOrder.every((position) => position > START)).toBe(true);
  });

  it('begins before everything', () => {
    expect(cursorOf(START)).toEqual({ tx: '0', number: '0' });
  });

  it.each(['1', 'xyz', '0000000000000001', `${positionOf({ tx: '1', number: '1' })}0`])(
    'does not take %j, which another store gave',
    (text) => {
      expect(() => cursorOf(text)).toThrow(RangeError);
    },
  );
});
