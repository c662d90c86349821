import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeBackup } from './taking';

let place: string;
beforeEach(() => void (place = mkdtempSync(join(tmpdir(), 'cartage-backup-'))));
afterEach(() => rmSync(place, { recursive: true }));

/** Where nobody listens. */
const data = { url: 'postgres://u@127.0.0.1:1/c', schemas: ['orders'] };

describe('a backup that cannot be taken', () => {
  it('leaves no folder behind that would keep the next one from its name', async () => {
    const folder = join(place, '2026-11-28');
    await expect(takeBackup({ data, folder, versions: {} })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(existsSync(folder)).toBe(false);
  });

  it('says that a folder is there already, and leaves it alone', async () => {
    await expect(takeBackup({ data, folder: place, versions: {} })).rejects.toThrow(
      `${place} is there already: name a folder that is not there yet`,
    );
    expect(existsSync(place)).toBe(true);
  });
});
