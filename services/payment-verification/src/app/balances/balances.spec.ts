import { memoryStore, type EventStore, type Meta } from '@cartage/eventsourcing';
import { creditOn } from '../../edge/providers/credit.fixture';

const expiresAt = '2026-12-02T10:00:00.000Z';
const meta = (commandId: string): Meta => ({ commandId, correlationId: 'c', actor: 'spec' });
const setUp = (store: EventStore) => {
  const clock = { now: new Date('2026-11-02T10:00:00Z') };
  const { balances, deadlines } = creditOn(store, () => clock.now);
  const expire = async (): Promise<number> => {
    clock.now = new Date(expiresAt);
    const due = await deadlines.take({ now: clock.now, until: clock.now, limit: 10 });
    for (const deadline of due) await balances.onDue(deadline, meta(`deadline:${deadline.id}`));
    return due.length;
  };
  return { balances, expire };
};
const card = { currency: 'GBP', amount: 1250, cause: 'sold', code: 'SUMMER-2026-CARD', expiresAt } as const;

describe('a gift card that can be spent for a time', () => {
  it('ends with it, though the connection is lost once it was issued', async () => {
    const store = memoryStore();
    const { appendMany } = store;
    const { balances, expire } = setUp(store);
    store.appendMany = async (...writes) => {
      store.appendMany = appendMany;
      await appendMany(...writes);
      throw new Error('the connection was lost');
    };
    await expect(balances.issueGiftCard(card, meta('issue'))).rejects.toThrow('the connection was lost');
    const balanceId = await balances.idOfCode(card.code);
    expect((await balances.read(balanceId)).balance.owed).toBe(1250);
    await expire();
    expect((await balances.read(balanceId)).balance.owed).toBe(0);
  });

  it('and was refused leaves nothing that would be tried for ever', async () => {
    const { balances, expire } = setUp(memoryStore());
    const past = { ...card, expiresAt: '2026-11-01T10:00:00.000Z' };
    await expect(balances.issueGiftCard(past, meta('issue'))).rejects.toMatchObject({ code: 'EXPIRY_PAST' });
    expect(await expire()).toBe(1);
  });
});
