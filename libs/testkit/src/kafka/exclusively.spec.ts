import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exclusively } from './exclusively';

let folder: string;
let lock: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exclusively-'));
  lock = join(folder, 'lock');
});

afterEach(() => rmSync(folder, { recursive: true }));

it('lets one after the other in, however many ask at once', async () => {
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    most = Math.max(most, (inside += 1));
    await new Promise(setImmediate);
    inside -= 1;
  };
  await Promise.all([exclusively(lock, work), exclusively(lock, work), exclusively(lock, work)]);
  expect(most).toBe(1);
});

it('passes over the lock of a process that has died, and leaves none behind', async () => {
  const nobody = 2 ** 22 + 1;
  writeFileSync(lock, String(nobody));
  let done = false;
  await exclusively(lock, async () => void (done = true));
  expect(done).toBe(true);
  expect(existsSync(lock)).toBe(false);
});

it('lets the next one in after work that failed', async () => {
  await expect(exclusively(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  let done = false;
  await exclusively(lock, async () => void (done = true));
  expect(done).toBe(true);
});
