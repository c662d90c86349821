import fc from 'fast-check';
import { changesBetween, diffOf } from './diff';

describe('the difference between two instants', () => {
  it('names each field that is another, however deep', () => {
    expect(
      changesBetween({ status: 'placed', money: { due: 5, paid: 0 } }, { status: 'shipped', money: { due: 5, paid: 5 }, endedAt: 'x' }),
    ).toEqual([
      { field: 'status', before: 'placed', after: 'shipped' },
      { field: 'money.paid', before: 0, after: 5 },
      { field: 'endedAt', after: 'x' },
    ]);
  });

  it('knows the things of a list by their ids, so that one more moves none of the others', () => {
    const [one, two] = [
      { lineId: '1', sku: 'A', quantity: 1 },
      { lineId: '2', sku: 'A', quantity: 2 },
    ];
    expect(changesBetween({ lines: [two] }, { lines: [one, { ...two, quantity: 3 }] })).toEqual([
      { field: 'lines[lineId=1]', after: one },
      { field: 'lines[lineId=2].quantity', before: 2, after: 3 },
    ]);
  });

  it('compares what has no ids by its place', () => {
    expect(changesBetween({ holds: ['a', 'b'] }, { holds: ['a'] })).toEqual([{ field: 'holds[1]', before: 'b' }]);
    expect(changesBetween({ taxes: [{ amount: 1 }] }, { taxes: [{ amount: 2 }] })).toEqual([
      { field: 'taxes[0].amount', before: 1, after: 2 },
    ]);
  });

  it('of anything with itself is nothing, and with anything else is something', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const [a, b] = [JSON.parse(JSON.stringify(one)) as unknown, JSON.parse(JSON.stringify(other)) as unknown];
        expect(changesBetween(a, structuredClone(a))).toEqual([]);
        expect(changesBetween({ a }, { a: b }).length > 0).toBe(JSON.stringify(a) !== JSON.stringify(b) && !same(a, b));
      }),
    );
  });

  it('reads both instants as they are asked for', async () => {
    const asked: unknown[] = [];
    const readAt = async (instant?: unknown) => (
      asked.push(instant),
      { version: asked.length, shown: { n: asked.length, gone: undefined } }
    );
    expect(await diffOf(readAt, { from: '3' })).toEqual({ from: 1, to: 2, changes: [{ field: 'n', before: 1, after: 2 }] });
    expect(asked).toEqual([{ version: 3 }, undefined]);
    await expect(diffOf(readAt, { from: 'yesterday' })).rejects.toMatchObject({ code: 'AS_OF_INVALID', errors: [{ field: 'from' }] });
  });

  // A read that was begun, and that nobody waits for, ends the process when it fails.
  it('reads nothing where one of the instants is none', async () => {
    const readAt = jest.fn(() => Promise.resolve({ version: 1, shown: {} }));
    await expect(diffOf(readAt, { from: '1', to: 'yesterday' })).rejects.toMatchObject({ errors: [{ field: 'to' }] });
    expect(readAt).not.toHaveBeenCalled();
  });
});

/** Equal as JSON, whatever the order of fields. */
const same = (one: unknown, other: unknown): boolean => {
  try {
    expect(one).toEqual(other);
    return true;
  } catch {
    return false;
  }
};
