import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAway } from '@cartage/eventsourcing';
import { S3Bucket } from '@cartage/testkit';
import type { FileStore } from '../../app/reports/ports';
import { fileStoreContract } from './file-store.contract';
import { folderStore } from './folder-store';
import { s3Store } from './s3-store';

describe('a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cartage-reports-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  fileStoreContract('a folder', () => ({
    store: folderStore(folder),
    visible: async () => {
      const found = await readdir(folder, { recursive: true, withFileTypes: true });
      return found.filter((each) => each.isFile() && !each.name.startsWith('.')).map(({ name }) => name);
    },
  }));

  it('that takes only a part at once, as a disk does that is nearly full, has all of it in the end', async () => {
    const file = await folderStore(folder).create('whole.csv');
    const any = await open(join(folder, '.any'), 'w');
    const partly = jest.spyOn(Object.getPrototypeOf(any) as typeof any, 'write').mockResolvedValue({ bytesWritten: 1, buffer: '' });
    await file.write(Buffer.from('sku,units\r\n'));
    partly.mockRestore();
    await Promise.all([file.finish(), any.close()]);
    expect(await readFile(join(folder, 'whole.csv'), 'utf8')).toBe('sku,units\r\n');
  });

  it('that cannot be written to is waited for', async () => {
    const file = join(folder, 'a file');
    writeFileSync(file, '');
    expect(
      isAway(
        await folderStore(file)
          .create('x.csv')
          .catch((error: unknown) => error),
      ),
    ).toBe(true);
  });
});

describe('a bucket', () => {
  const bucket = new S3Bucket();
  let store: FileStore;
  let options: Awaited<ReturnType<S3Bucket['start']>>;

  beforeAll(async () => {
    options = await bucket.start();
    store = s3Store({ ...options, prefix: 'reports/' });
  });
  afterAll(() => bucket.stop());

  fileStoreContract('a bucket', () => ({ store, visible: () => Promise.resolve([...bucket.objects.keys()]) }));

  it('keeps nothing of what was given up', () => expect(bucket.open).toBe(0));

  it('finds every file below its prefix', () =>
    expect([...bucket.objects.keys()].filter((key) => !key.startsWith('reports/daily/'))).toEqual([]));

  it.each<[string, () => Promise<unknown>]>([
    [
      'is out of order',
      () => {
        bucket.broken = 1;
        return store.remove('x.csv');
      },
    ],
    ['does not know us', () => s3Store({ ...options, secretAccessKey: 'another', prefix: '' }).remove('x.csv')],
    ['is not there', () => s3Store({ ...options, endpoint: 'http://127.0.0.1:9/numbers', prefix: '' }).remove('x.csv')],
  ])('that %s is waited for', async (_, asked) => expect(isAway(await asked().catch((error: unknown) => error))).toBe(true));
});
