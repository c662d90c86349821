import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manualClock } from '@cartage/eventsourcing';
import type { LeftNotices } from '@cartage/service-kit';
import { parse } from 'csv-parse/sync';
import type { ProviderAdapter } from '../../app/providers/provider';
import { changed, providerContract, returnable, type ProviderOnTrial, type SeenThere } from './provider.contract';
import { folderProvider } from './folder-provider';

let root: string;
let adapter: ProviderAdapter;
let trial: ProviderOnTrial;

const inOf = (room: string): string => join(root, 'loop', room);
const rowsOf = async (path: string): Promise<readonly Readonly<Record<string, string>>[]> => parse(await readFile(path), { columns: true });
const seen = async (): Promise<readonly SeenThere[]> =>
  Promise.all(
    (await readdir(inOf('outbox'))).map(async (name) => {
      const rows = await rowsOf(join(inOf('outbox'), name));
      const [{ messageId = '', type = '' } = {}] = rows;
      const units = type === 'order.returnable' ? 'returnable' : 'asked';
      return {
        messageId,
        type,
        lines: rows.map((row) => ({ lineId: row['lineId'] ?? '', sku: row['sku'] ?? '', units: Number(row[units]) })),
      };
    }),
  );

const columns = (
  'type,reference,orderId,standing,tender,decision,note,id,location,refundId,amount,currency,how,' +
  'lineId,sku,quantity,reason,grade,disposition'
).split(',');
const cell = (value: unknown): string => (value === undefined ? '' : `"${String(value).replaceAll('"', '""')}"`);
const fileOf = (notices: readonly object[]): string => {
  const rows = notices.flatMap((notice) => {
    const { lines = [{}], ...head } = notice as { readonly lines?: readonly object[] };
    return lines.map((line) => ({ ...head, ...line }));
  });
  return [columns.join(','), ...rows.map((row) => columns.map((name) => cell(Reflect.get(row, name))).join(','))].join('\r\n');
};
const left = async (): Promise<readonly LeftNotices[]> => (await adapter.left?.()) ?? [];
const leave = async (name: string, content: string): Promise<void> => {
  await mkdir(inOf('inbox'), { recursive: true });
  await writeFile(join(inOf('inbox'), name), content);
};

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'cartage-returns-providers-'));
  const clock = manualClock(new Date(Date.now() + 60_000).toISOString());
  adapter = folderProvider({ root, settleMs: 10_000, clock })({ provider: 'loop', adapter: 'csv-folder', channels: ['web'], secrets: [] });
  trial = {
    ...{ adapter, seen },
    say: async (notices) => {
      await leave('notices.csv', fileOf(notices));
      return (await left()).flatMap((file) => file.notices.map(({ body }) => body));
    },
  };
});
afterEach(() => rm(root, { recursive: true }));

providerContract('a returns provider that reads and writes CSV files', () => trial, ['say']);

describe('the files of a returns provider', () => {
  it('hold what was paid, until when it can be sent back, and on which terms', async () => {
    for (const message of [returnable, changed]) await adapter.tell(message);
    const names = await readdir(inOf('outbox'));
    const [mug, card] = await rowsOf(join(inOf('outbox'), names.find((name) => name.endsWith('.order.csv')) ?? ''));
    expect(mug).toMatchObject({ paid: '3000', tax: '500', until: '2026-12-20T23:59:59.999Z', windowDays: '30', policy: 'returns-2026-11' });
    expect([mug?.['title'], card?.['obstacle']]).toEqual(['Mug, "large"', 'final-sale']);
    const [line] = await rowsOf(join(inOf('outbox'), names.find((name) => name.endsWith('.return.csv')) ?? ''));
    expect(line).toMatchObject({ reference: 'RMA-1', owed: '1000', received: '1', isOver: 'false' });
  });

  it('come back with the line and the field of each fault', async () => {
    await leave('bad.csv', fileOf([{ type: 'received', reference: 'RMA-1', location: 'LDN', lines: [{ sku: 'MUG', quantity: 'two' }] }]));
    const [file] = await left();
    await file?.failed([{ notice: 0, field: 'lines[0].quantity', code: 'QUANTITY_INVALID', message: 'must be a whole number' }]);
    const report = (await readdir(inOf('failed'))).find((name) => name.endsWith('.faults.csv')) ?? '';
    expect(await rowsOf(join(inOf('failed'), report))).toEqual([
      { line: '2', field: 'quantity', code: 'QUANTITY_INVALID', message: 'must be a whole number' },
    ]);
  });
});
