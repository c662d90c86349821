import { randomUUID } from 'node:crypto';
import { memoryStore, type EventStore, type Meta } from '@cartage/eventsourcing';
import { creditOn } from './credit.fixture';
import { spelt } from '../../app/balances/gift-card-code';
import { paymentProviderContract } from './payment-provider.contract';

const meta = (): Meta => ({ commandId: randomUUID(), correlationId: 'c', actor: 'spec' });
const GOOD = 'K7WQ-93ZB-M2XD-6RTA-7Q2M';
const SILENT = 'K7WQ-93ZB-M2XD-6RTA-9999';

/** A log whose next answer for one balance gets lost: what was written is written. */
const losingOnce = (store: EventStore, stream: () => string): EventStore => {
  let lost = false;
  return {
    ...store,
    appendMany: async (writes) => {
      const outcomes = await store.appendMany(writes);
      if (!lost && writes.some((write) => write.stream === stream() && write.expected > 0)) {
        lost = true;
        throw new Error('The connection is gone.');
      }
      return outcomes;
    },
  };
};

let store: EventStore;
let silent: string;
beforeEach(async () => {
  store = memoryStore();
  const { balances } = creditOn(store);
  silent = `balance-${await balances.idOfCode(SILENT)}`;
  for (const code of [GOOD, SILENT]) await balances.issueGiftCard({ code, currency: 'GBP', amount: 1_000_000, cause: 'sold' }, meta());
});

paymentProviderContract('credit', () => ({
  provider: creditOn(losingOnce(store, () => silent)).provider,
  restarted: () => creditOn(store).provider,
  newId: randomUUID,
  method: 'gift-card',
  customerId: 'customer-7',
  tokens: { good: GOOD, declined: 'K7WQ-93ZB-M2XD-6RTA-0000', silentOnce: SILENT },
}));

describe('gift cards and store credit', () => {
  const paying = (amount: number, token: string, method = 'gift-card') => ({
    ...{ operation: 'authorize' as const, key: randomUUID(), provider: 'credit', orderId: randomUUID(), paymentId: randomUUID() },
    ...{ currency: 'GBP', amount, method, token },
  });

  it('are found however their code is written, and never by another one', async () => {
    const { balances } = creditOn(store);
    expect(await balances.idOfCode('k7wq 93zb m2xd 6rta 7q2m')).toBe(await balances.idOfCode(GOOD));
    expect(spelt('oil-O1L')).toBe('011011');
    expect(await balances.idOfCode('K7WQ-93ZB-M2XD-6RTA-7Q2N')).not.toBe(await balances.idOfCode(GOOD));
  });

  it('have codes that a repeat answers with again, and that stand nowhere in the log', async () => {
    const { balances } = creditOn(store);
    const asked = meta();
    const entry = { currency: 'GBP', amount: 5_000, cause: 'sold' } as const;
    const first = await balances.issueGiftCard(entry, asked);
    const again = await balances.issueGiftCard(entry, asked);
    expect([again.code, again.repeated]).toEqual([first.code, true]);
    expect(first.code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/);
    const [stream] = await store.readMany([`balance-${await balances.idOfCode(first.code)}`]);
    const kept = JSON.stringify(stream);
    for (const form of [first.code, spelt(first.code)]) expect(kept).not.toContain(form);
    expect(stream?.events[0]?.data).toMatchObject({ last4: first.code.slice(-4) });
  });

  it('promise never more than there is, in however many processes it is asked at once', async () => {
    const code = 'AAAA-BBBB-CCCC-DDDD-EEEE';
    await creditOn(store).balances.issueGiftCard({ code, currency: 'GBP', amount: 1_000, cause: 'goodwill' }, meta());
    const answers = await Promise.all(Array.from({ length: 6 }, () => creditOn(store).provider.authorize(paying(300, code))));
    expect(answers.filter(({ status }) => status === 'approved')).toHaveLength(3);
    const { balance } = await creditOn(store).balances.read(await creditOn(store).balances.idOfCode(code));
    expect(balance.owed).toBe(1_000);
  });

  it('are given to a customer in each currency, by a refund too, and pay his next order', async () => {
    const { provider, balances } = creditOn(store);
    const refunding = {
      ...{ operation: 'refund' as const, key: randomUUID(), provider: 'credit', orderId: randomUUID(), paymentId: randomUUID() },
      ...{ currency: 'JPY', amount: 900, refundId: randomUUID(), failures: 0, captures: [] },
    };
    expect(await provider.refund(refunding)).toMatchObject({ status: 'declined', reason: 'customer-unknown', final: true });
    await provider.refund({ ...refunding, key: randomUUID(), customerId: 'customer-8' });
    const { token: _, ...next } = paying(901, '', 'store-credit');
    expect(await provider.authorize({ ...next, currency: 'JPY', customerId: 'customer-8' })).toMatchObject({
      reason: 'balance-insufficient',
    });
    expect(await provider.authorize({ ...next, key: randomUUID(), currency: 'JPY', amount: 900, customerId: 'customer-8' })).toMatchObject({
      status: 'approved',
    });
    expect(await provider.authorize({ ...next, key: randomUUID(), customerId: 'customer-8' })).toMatchObject({ reason: 'balance-unknown' });
    expect((await balances.read(await balances.idOfOwner({ customerId: 'customer-8' }, 'JPY'))).balance).toMatchObject({
      owed: 900,
      kind: 'store-credit',
    });
  });

  it('end when their time is over', async () => {
    const { balances, deadlines } = creditOn(store);
    const code = 'FFFF-BBBB-CCCC-DDDD-EEEE';
    const expiresAt = '2026-12-24T00:00:00.000Z';
    await balances.issueGiftCard({ code, currency: 'GBP', amount: 1_000, cause: 'sold', expiresAt }, meta());
    const later = new Date('2026-12-24T00:00:01Z');
    const due = await deadlines.take({ now: later, until: later, limit: 10 });
    for (const deadline of due) await creditOn(store, () => later).balances.onDue(deadline, meta());
    expect((await balances.read(await balances.idOfCode(code))).balance).toMatchObject({ owed: 0 });
  });
});
