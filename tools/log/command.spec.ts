import type { LogReport } from '@cartage/service-kit';
import { run, usage, type Logs } from './command';

const whole: LogReport = { log: 'orders', attestations: 2, events: 1_500, unattested: 3, breaks: [] };
const logsWith = (...reports: readonly LogReport[]): Logs => ({
  verify: async ({ log }) => reports.filter((report) => log === undefined || report.log === log),
  publicKey: async () => '-----BEGIN PUBLIC KEY-----\n',
});

describe('the command that proves the logs', () => {
  it('says of each log what is signed for, and that it holds', async () =>
    expect(await run(['verify'], logsWith(whole, { ...whole, log: 'payments' }))).toEqual({
      text: [
        'orders: holds. 1,500 events under 2 attestations, 3 later ones not attested yet.',
        'payments: holds. 1,500 events under 2 attestations, 3 later ones not attested yet.',
      ].join('\n'),
      code: 0,
    }));

  it('names the events that are not what was signed for, and ends with 1', async () =>
    expect(
      await run(['verify', '--log', 'orders'], logsWith({ ...whole, breaks: [{ kind: 'events-changed', first: 1_001, last: 1_500 }] })),
    ).toEqual({
      text: 'orders: IS BROKEN. 1,500 events under 2 attestations, 3 later ones not attested yet.\n  Events 1,001 to 1,500 are not what was signed for.',
      code: 1,
    }));

  it('shows nothing of a log of which nothing is signed for, and ends with 1 where that is all', async () => {
    const empty: LogReport = { log: 'returns', attestations: 0, events: 0, unattested: 4, breaks: [] };
    expect(await run(['verify'], logsWith(empty))).toEqual({
      text: 'returns: not shown, for there was nothing to look at. 0 events under 0 attestations, 4 later ones not attested yet.',
      code: 1,
    });
    expect((await run(['verify'], logsWith(whole, empty))).code).toBe(0);
  });

  it('prints the public key, and reports for programs', async () => {
    expect((await run(['public-key'], logsWith())).text).toBe('-----BEGIN PUBLIC KEY-----');
    expect(JSON.parse((await run(['verify', '--json'], logsWith(whole))).text)).toEqual([whole]);
  });

  it.each([
    [[], usage],
    [['prove'], usage],
    [['verify', 'orders'], 'One thing at a time, not verify orders.'],
    [['verify'], 'This database has no log that is attested'],
    [['verify', '--public-key', '/nowhere.pem'], '--public-key /nowhere.pem cannot be read'],
  ])('%j is answered with what to do', async (args, text) => expect(run(args, logsWith())).rejects.toThrow(text));
});
