import { eventually } from '@cartage/testkit';
import { owedIn } from '@cartage/owed';
import { PATIENCE, type Shop } from './shop';

/** At the end of all that was done: nothing lost, nothing doubled. */
export const auditContract = (shopOf: () => Shop, databaseUrl: () => string): void => {
  describe('the audit, which heard all of this', () => {
    it(
      'misses nothing that had to follow, and finds nothing twice',
      () => eventually(async () => expect(await owedIn(databaseUrl())).toEqual([]), { ...PATIENCE, everyMs: 250 }),
      90_000,
    );

    it('lists nothing that is open, and says what was expected of an order', async () => {
      await eventually(async () => expect(await shopOf().get('/audit/findings?open=true')).toMatchObject({ items: [] }), PATIENCE);
    }, 90_000);
  });
};
