import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { masterKeyOf } from './master-key';

const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'cartage-key-'));
const inFile = (file: string, makeFile = true): Promise<Buffer> =>
  masterKeyOf({ MASTER_KEY: undefined, MASTER_KEY_FILE: file }, { makeFile });

describe('the master key', () => {
  it('is the one that is set', async () => {
    const key = Buffer.alloc(32, 1);
    expect(await masterKeyOf({ MASTER_KEY: key, MASTER_KEY_FILE: '/nowhere' }, { makeFile: false })).toBe(key);
  });

  it('is made once, in a file that only its owner reads', async () => {
    const file = join(await folder(), 'deep', 'master.key');
    const keys = await Promise.all(Array.from({ length: 8 }, () => inFile(file)));

    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(Buffer.from(await readFile(file, 'utf8'), 'base64')).toEqual(keys[0]);
  });

  it('is never made where several processes must share it', async () => {
    const file = join(await folder(), 'master.key');
    await expect(inFile(file, false)).rejects.toThrow(`MASTER_KEY_FILE: ${file} is not there. Make one with`);
    await expect(masterKeyOf({ MASTER_KEY: undefined, MASTER_KEY_FILE: undefined }, { makeFile: true })).rejects.toThrow(
      'Setting MASTER_KEY is missing',
    );
  });

  it('in a file that holds something else is refused without being shown', async () => {
    const file = join(await folder(), 'master.key');
    await writeFile(file, 'hunter2');
    const failure = await inFile(file).catch(String);
    expect(failure).toMatch(/does not hold 32 bytes/);
    expect(failure).not.toMatch(/hunter2/);
  });

  it('in a place that cannot be written says which', async () => {
    const file = join(await folder(), 'a-file');
    await writeFile(file, '');
    await expect(inFile(join(file, 'master.key'))).rejects.toThrow(/MASTER_KEY_FILE: .*a-file.* cannot be (read|written)/);
  });
});
