import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAway } from '@cartage/eventsourcing';
import { S3Bucket } from '@cartage/testkit';
import { archiveBucket } from './bucket';
import { archiveFolder, type ArchiveFiles } from './files';
import { archiveFilesContract } from './files.contract';
import { keptNear } from './kept-near';

const failure = (work: Promise<unknown>) => work.then(() => undefined).catch((error: unknown) => error);

describe('a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cartage-archive-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  archiveFilesContract('a folder', () => archiveFolder(folder));

  it('has no file of what is unfinished', async () => {
    mkdirSync(join(folder, 'payments'));
    writeFileSync(join(folder, 'payments', '.1-9.json.part'), 'half');
    expect((await archiveFolder(folder).list()).filter((name) => name.includes('part'))).toEqual([]);
  });

  it('that cannot be used is waited for', async () => {
    const file = join(folder, 'a file');
    writeFileSync(file, '');
    expect(isAway(await failure(archiveFolder(file).list()))).toBe(true);
  });
});

describe('a bucket', () => {
  const bucket = new S3Bucket({ most: 5 });
  let options: Awaited<ReturnType<S3Bucket['start']>>;
  let files: ArchiveFiles;
  beforeAll(async () => {
    options = await bucket.start();
    files = archiveBucket({ ...options, prefix: 'cartage/' });
  });
  afterAll(() => bucket.stop());

  archiveFilesContract('a bucket', () => files);
  archiveFilesContract('a bucket of which some is kept near', () => keptNear(files, 1_000));

  it('has every file below its prefix, and sees no other', async () => {
    bucket.objects.set('others/orders/1.json', Buffer.from(''));
    expect(await files.list()).not.toContain('others/orders/1.json');
    expect([...bucket.objects.keys()].filter((key) => !/^(cartage|others)\//.test(key))).toEqual([]);
  });

  it.each<[string, () => Promise<unknown>]>([
    [
      'is out of order',
      () => {
        bucket.broken = 9;
        return files.read('x.json').finally(() => (bucket.broken = 0));
      },
    ],
    ['does not know us', () => archiveBucket({ ...options, secretAccessKey: 'another', prefix: '' }).write('x.json', Buffer.from('x'))],
    ['is not there', () => archiveBucket({ ...options, endpoint: 'http://127.0.0.1:9/numbers', prefix: '' }).list()],
  ])('that %s is waited for, and named', async (_, asked) => {
    const error = await failure(asked());
    expect([isAway(error), String(error)]).toEqual([true, expect.stringMatching(/The bucket of archived events http:.*numbers/)]);
  });
});

describe('what is kept near', () => {
  /** Files of ten bytes each, and how often each was asked for. */
  const far = () => {
    const asked: string[] = [];
    const files: ArchiveFiles = {
      place: 'far away',
      read: async (name) => {
        asked.push(name);
        return name === 'none' ? undefined : Buffer.alloc(10, name);
      },
      write: async () => undefined,
      list: async () => [],
    };
    return { files, asked };
  };

  it('is asked for once, up to so many bytes; the one that was longest not asked for goes first', async () => {
    const { files, asked } = far();
    const near = keptNear(files, 25);
    for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) expect(await near.read(name)).toEqual(Buffer.alloc(10, name));
    expect(asked).toEqual(['a', 'b', 'c', 'b']);
  });

  it('is neither what is not there, nor what is too large, nor what was written meanwhile', async () => {
    const { files, asked } = far();
    for (const name of ['none', 'none']) expect(await keptNear(files, 25).read(name)).toBeUndefined();
    const small = keptNear(files, 9);
    await small.read('a');
    await small.read('a');
    const near = keptNear(files, 25);
    await near.read('b');
    await near.write('b', Buffer.from('new'));
    await near.read('b');
    expect(asked).toEqual(['none', 'none', 'a', 'a', 'b', 'b']);
  });
});
