import { mkdir, mkdtemp, readdir, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@cartage/eventsourcing';
import { folderMail } from './folder-mail';
import { listedRows } from './notice-rows';

const form = {
  cells: {},
  sameIn: ['id'],
  head: ['id'],
  partsOf: (_: unknown, rows: Parameters<typeof listedRows>[1]) => listedRows('lines', rows, ['sku']),
};

describe('the folder of somebody outside', () => {
  let root: string;
  const room = (name: string): Promise<string[]> => readdir(join(root, 'acme', name));
  const mail = () => folderMail({ root, settleMs: 0, clock: systemClock }, form, 'acme');
  const leave = async (name: string): Promise<void> => {
    const path = join(root, 'acme', 'inbox', name);
    await mkdir(join(root, 'acme', 'inbox'), { recursive: true });
    await writeFile(path, 'id,sku\n1,A\n');
    await utimes(path, 1, 1);
  };

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'folder-mail-'));
  });

  it.each([
    ['many letters', `${'отгрузки'.repeat(15)}.csv`],
    ['few letters of many bytes', `a${'🚚'.repeat(62)}.csv`],
    ['as many bytes as a name may have', `${'x'.repeat(251)}.CSV`],
  ])('moves a file out of the way whatever its name is: %s', async (_, name) => {
    await leave(name);
    const [heard] = await mail().left();
    await heard?.done();
    await leave(name);
    const [unread] = await mail().left();
    await unread?.failed([{ field: 'sku', code: 'UNKNOWN', message: 'No such SKU.', line: 2 }]);
    expect(await room('inbox')).toEqual([]);
    expect(await room('done')).toEqual([expect.stringMatching(/^\d{8}T\d{9}Z-.*\.csv$/i)]);
    expect((await room('failed')).toSorted((a, b) => a.length - b.length)).toEqual([
      expect.stringMatching(/^\d{8}T\d{9}Z-[^\ufffd]*\.csv$/i),
      expect.stringMatching(/\.csv\.faults\.csv$/i),
    ]);
    expect(await mail().left()).toEqual([]);
  });

  it('keeps the name that a file had', async () => {
    await leave('Shipments of Monday.csv');
    const [heard] = await mail().left();
    await heard?.done();
    expect(await room('done')).toEqual([expect.stringMatching(/^\d{8}T\d{9}Z-Shipments of Monday\.csv$/)]);
  });
});
