import { run, usage } from './command';
import type { LedgerReport, Verifying } from './verifying';

const agreeing: LedgerReport = {
  ledger: 'orders',
  ...{ compared: 1_204, differences: [], different: [], totals: { total: { theirs: 130_100, ours: 130_100 } } },
};
const differing: LedgerReport = {
  ...agreeing,
  different: ['a'],
  differences: [{ id: 'a', figure: 'total', theirs: 100, ours: null }],
  totals: { total: { theirs: 100, ours: 0 } },
};

const verifier = (...reports: readonly LedgerReport[]) => {
  const asked: Verifying[] = [];
  const verify = async (verifying: Verifying): Promise<readonly LedgerReport[]> => {
    asked.push(verifying);
    return reports;
  };
  return { databaseUrl: 'postgres://one/cartage', verify, asked };
};

describe('the command that compares reporting with the services', () => {
  it('says what agrees, and with which sums', async () =>
    expect(await run([], verifier(agreeing))).toEqual({
      text: 'orders: agree, of 1,204.\n  total: 130,100 in the service, 130,100 in reporting',
      code: 0,
    }));

  it('shows nothing of a ledger in which there is nothing, and ends with 1 where that is all', async () => {
    const empty: LedgerReport = { ledger: 'returns', compared: 0, differences: [], different: [], totals: {} };
    expect(await run([], verifier(empty))).toEqual({ text: 'returns: not shown, for there was nothing to look at.', code: 1 });
    expect((await run([], verifier(agreeing, empty))).code).toBe(0);
  });

  it('names what differs, and ends with 1', async () => {
    const { text, code } = await run([], verifier(differing));
    expect([code, text]).toEqual([1, expect.stringContaining('orders: 1 DIFFER, of 1,204.')]);
    expect(text).toContain('  a: total is 100, and reporting says nothing');
  });

  it('asks each service where it keeps its tables', async () => {
    const needs = verifier(agreeing);
    await run(['--ledger', 'stock', '--database', 'inventory=postgres://two/stock', '--patience', '0'], needs);
    const [{ addressOf, only, patienceMs } = { addressOf: String, only: [], patienceMs: 1 }] = needs.asked;
    expect([addressOf('inventory'), addressOf('reporting'), only, patienceMs]).toEqual([
      ...['postgres://two/stock', 'postgres://one/cartage'],
      ...[['stock'], 0],
    ]);
  });

  it.each([
    [['orders'], usage],
    [['--ledger', 'nothing'], 'There is no ledger nothing.'],
    [['--database', 'postgres://x'], '--database is <service>=<address>'],
    [['--patience', 'long'], '--patience is a number of seconds, not long.'],
  ])('%j is answered with what to do', async (args, text) => expect(run(args, verifier())).rejects.toThrow(text));
});
