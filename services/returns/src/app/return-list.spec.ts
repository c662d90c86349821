import { systemClock } from '@cartage/eventsourcing';
import type { Sql } from '@cartage/views';
import { createReturnLists } from './return-list';

/** A view that shows the return only after so many looks. */
const viewAfter = (looks: number): Sql => {
  let looked = 0;
  return {
    query: <R extends object>() => {
      looked += 1;
      return Promise.resolve({ rows: (looked > looks ? [{ order_id: 'o-1' }] : []) as R[], rowCount: null });
    },
  };
};
const listsOn = (sql: Sql) =>
  createReturnLists({ sql, reached: () => Promise.resolve(), head: () => Promise.resolve('p'), clock: systemClock });

describe('the order of a return', () => {
  it('is found at once, or as soon as the view shows it', async () => {
    expect(await listsOn(viewAfter(0)).orderOf('r-1')).toBe('o-1');
    expect(await listsOn(viewAfter(4)).orderOf('r-1')).toBe('o-1');
  });
  it('is unknown when the view never shows it', async () => expect(await listsOn(viewAfter(1_000)).orderOf('r-1')).toBeUndefined());
});
