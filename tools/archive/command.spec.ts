import type { ProvenLog } from '@cartage/event-store';
import { run, usage, type Archives } from './command';

const file = { file: 'orders/1-9.ndjson.gz', first: 1, last: 9, left: 6 };
const kept = { ...file, bytes: 1_234, standing: 'whole' };

const archivesWith = (more: Partial<Archives> = {}) => {
  const asked: unknown[] = [];
  const archives: Archives = {
    services: ['order', 'shipping'],
    run: async (service, { days, again, onFile }) => {
      asked.push([service, days, again]);
      onFile?.('orders', file);
      return [
        { log: 'orders', files: [file] },
        { log: 'shipping', files: [] },
      ];
    },
    check: async () => [{ log: 'orders', files: [kept] }],
    prove: async () => [],
    ...more,
  };
  return { archives, asked };
};

describe('the command that archives logs', () => {
  it('archives what is older than two years, of all services, and says what left', async () => {
    const [{ archives, asked }, said] = [archivesWith(), [] as string[]];
    const { text, code } = await run(['run'], archives, (line) => said.push(line));
    expect(asked).toEqual([[undefined, 730, false]]);
    expect(said).toEqual(['orders/1-9.ndjson.gz: events 1 to 9, of which 6 have left the table.']);
    expect([text, code]).toEqual([
      'orders: 1 files; 6 events have left the table.\nshipping: nothing is old enough and signed for that was not archived before.',
      0,
    ]);
  });

  it('archives one service, as many days back as is said, and judges again', async () => {
    const { archives, asked } = archivesWith();
    await run(['run', '--service', 'shipping', '--days', '90', '--again'], archives, () => undefined);
    expect(asked).toEqual([['shipping', 90, true]]);
  });

  it('ends with 1 where a file is not as it was written', async () => {
    expect(await run(['check'], archivesWith().archives, () => undefined)).toEqual({
      text: 'orders: 1 files, 1,234 bytes, events 1 to 9: whole.',
      code: 0,
    });
    const check: Archives['check'] = async () => [{ log: 'orders', files: [{ ...kept, standing: 'missing' }] }];
    expect(await run(['check'], archivesWith({ check }).archives, () => undefined)).toMatchObject({
      text: expect.stringContaining('orders/1-9.ndjson.gz is missing'),
      code: 1,
    });
  });

  it('shows nothing, and ends with 1, where no log was archived', async () => {
    const check: Archives['check'] = async () => [{ log: 'orders', files: [] }];
    expect(await run(['check'], archivesWith({ check }).archives, () => undefined)).toEqual({
      text: 'orders: not shown, for there was nothing to look at: nothing of it was archived.',
      code: 1,
    });
  });

  describe('that proves files by themselves', () => {
    const whole = { log: 'orders', files: 2, attestations: 3, events: 1_500, breaks: [], unproven: [] };
    const last = { log: 'orders', first: 1, last: 1_500, digest: '', previous: '', attestedAt: '', key: '', signature: '' };
    const provenBy = (...logs: readonly ProvenLog[]) => {
      const asked: unknown[] = [];
      const prove: Archives['prove'] = async (place, key) => (asked.push([place, key.length > 0]), logs);
      const args = ['verify', '--files', 's3://acme/archive', '--public-key', 'package.json'];
      return { asked, done: () => run(args, archivesWith({ prove }).archives, () => undefined) };
    };

    it('says of each log how many events hold, and up to which', async () => {
      const { asked, done } = provenBy({ ...whole, last });
      expect(await done()).toEqual({ text: 'orders: holds, of 2 files: 1,500 events, up to 1,500, under 3 attestations.', code: 0 });
      expect(asked).toEqual([['s3://acme/archive', true]]);
    });

    it('names the files and the events that do not, and ends with 1', async () => {
      const unproven = [{ file: 'orders/1-9.ndjson.gz', why: 'missing' }] as const;
      const breaks = [{ kind: 'events-missing', first: 1, last: 9 }] as const;
      expect(await provenBy({ ...whole, last, unproven, breaks }).done()).toEqual({
        text: [
          'orders: IS BROKEN, of 2 files: 1,500 events, up to 1,500, under 3 attestations.',
          '  orders/1-9.ndjson.gz is missing.',
          '  Events 1 to 9 are not all there any more.',
        ].join('\n'),
        code: 1,
      });
    });

    it('shows nothing where there is no event', async () =>
      expect(await provenBy({ ...whole, files: 0, events: 0 }).done()).toMatchObject({
        text: 'orders: not shown, for there was nothing to look at.',
        code: 1,
      }));
  });

  it.each([
    [['verify'], 'verify needs --files, where they are, and --public-key'],
    [['verify', '--files', '/nowhere', '--public-key', '/nowhere.pem'], '--public-key /nowhere.pem cannot be read'],
    [['verify', '--files', '/nowhere', '--public-key', 'package.json'], 'There is no file of an archived log at /nowhere.'],
    [[], usage],
    [['run', 'now'], 'One thing at a time'],
    [['run', '--days', 'many'], '--days is a whole number'],
    [['check', '--service', 'reporting'], 'No log of reporting can be archived: of order, shipping only.'],
  ])('%j is answered with what to do', async (args, text) =>
    expect(run(args, archivesWith().archives, () => undefined)).rejects.toThrow(text),
  );
});
