import { Refused } from '@cartage/eventsourcing';
import { settlementSources } from '../../domain/settlements/sources';
import type { PayoutRow } from '../views/payout-list';
import { PayoutImports, type PayoutReader } from './payout-imports';
import type { PayoutNotice } from './payouts';
import type { FileToTake } from './settlement-files';

const rowOf = (number: string, provider = 'stripe'): PayoutRow => ({
  ...{ payoutId: number, provider, number, status: 'paid', reason: null, currency: 'GBP', amount: 100, arrivesAt: null },
  ...{ heardAt: '2026-11-24T10:00:00.000Z', failedAt: null, settlementId: null, returnedIn: null },
});

/** Payouts that wait, a provider that may be away or not know yet, and what was taken of them. */
const desk = (rows: readonly PayoutRow[]) => {
  const at = { now: Date.parse('2026-11-24T10:00:00Z') };
  const provider = { isAway: false, ready: true, status: 'paid' as PayoutNotice['status'] };
  const seen = { heard: [] as string[], taken: [] as string[], reconciled: [] as string[], faults: [] as unknown[] };
  const reader: PayoutReader = {
    payout: async (number) => {
      if (provider.isAway) throw new Error('away');
      return { number, currency: 'GBP', amount: 100, status: provider.status, ready: provider.ready };
    },
    transactions: async function* (number) {
      yield { id: `txn-${number}` };
    },
  };
  const take = async ({ records, source, hash }: FileToTake): Promise<never> => {
    for await (const line of records()) seen.taken.push(`${source.source} ${hash} ${JSON.stringify(line)}`);
    return { settlementId: 's' } as never;
  };
  const stripe = settlementSources.initial.get('stripe');
  if (!stripe) throw new Error('Stripe settles from the beginning.');
  const files = { take };
  const imports = new PayoutImports({
    payouts: {
      hear: async (account, { number, status }) => void seen.heard.push(`${account} ${number} ${status}`),
      reconciled: async (payoutId) => void seen.reconciled.push(payoutId),
    },
    ...{ readers: new Map([['stripe', reader]]), files, sourceOf: async () => stripe },
    unreconciled: async (except, limit) =>
      rows.filter(({ payoutId }) => !except.includes(payoutId) && !seen.reconciled.includes(payoutId)).slice(0, limit),
    ...{ newId: () => 'id', now: () => new Date(at.now), onFault: (_, error) => void seen.faults.push(error) },
  });
  const pass = (seconds: number): void => {
    at.now += seconds * 1_000;
  };
  return { imports, provider, seen, files, pass };
};

describe('the lines of a payout', () => {
  it('are fetched and taken as a file is, and it is heard once more how the payout stands', async () => {
    const { imports, seen, provider } = desk([rowOf('po_1')]);
    provider.status = 'failed';
    await imports.sweep();
    await imports.sweep();
    expect(seen).toEqual({
      ...{ heard: ['stripe po_1 failed'], reconciled: ['po_1'], faults: [] },
      taken: ['stripe payout po_1 {"line":1,"value":{"id":"txn-po_1"}}'],
    });
  });

  it('wait for a provider that is away, with pauses, and are never given up', async () => {
    const { imports, seen, provider, pass } = desk([rowOf('po_1')]);
    provider.isAway = true;
    await imports.sweep();
    await imports.sweep();
    expect(seen.faults).toHaveLength(1);
    for (const _ of Array.from({ length: 20 })) {
      pass(600);
      await imports.sweep();
    }
    expect(seen.faults).toHaveLength(21);
    provider.isAway = false;
    pass(600);
    await imports.sweep();
    expect(seen.reconciled).toEqual(['po_1']);
  });

  it('are asked for again as soon as the first pause is over', async () => {
    const { imports, seen, provider, pass } = desk([rowOf('po_1')]);
    provider.isAway = true;
    await imports.sweep();
    pass(4);
    await imports.sweep();
    expect(seen.faults).toHaveLength(1);
    pass(1);
    await imports.sweep();
    expect(seen.faults).toHaveLength(2);
  });

  it('wait until the provider knows which they are', async () => {
    const { imports, seen, provider, pass } = desk([rowOf('po_1')]);
    provider.ready = false;
    await imports.sweep();
    expect([seen.taken, seen.faults]).toEqual([[], []]);
    provider.ready = true;
    pass(10);
    await imports.sweep();
    expect(seen.reconciled).toEqual(['po_1']);
  });

  it('of an account without a key do not keep others waiting', async () => {
    const { imports, seen } = desk([rowOf('po_0', 'stripe-gone'), rowOf('po_1')]);
    await imports.sweep();
    expect(seen.reconciled).toEqual(['po_1']);
    expect(seen.faults).toMatchObject([{ message: expect.stringMatching(/stripe-gone/) as string }]);
  });

  it('that somebody else takes at this moment are no fault', async () => {
    const { imports, seen, files, pass } = desk([rowOf('po_1')]);
    const { take } = files;
    files.take = async () => {
      throw new Refused('IMPORT_RUNNING', 'A file is being taken.');
    };
    await imports.sweep();
    files.take = take;
    pass(10);
    await imports.sweep();
    expect([seen.faults, seen.reconciled]).toEqual([[], ['po_1']]);
  });
});
