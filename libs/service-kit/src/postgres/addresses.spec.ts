import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseUrlIn } from './addresses';

const url = 'postgres://cartage:secret@localhost/cartage';
let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'cartage-address-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('the database that a program is given, if any', () => {
  it('stands in DATABASE_URL, or in the file that DATABASE_URL_FILE names', () => {
    const file = join(folder, 'url');
    writeFileSync(file, `${url}\n`);
    expect(databaseUrlIn({ DATABASE_URL: url })).toBe(url);
    expect(databaseUrlIn({ DATABASE_URL_FILE: file })).toBe(url);
    expect(databaseUrlIn({})).toBeUndefined();
  });

  it('is not guessed where two are given, or where the file is not there', () => {
    expect(() => databaseUrlIn({ DATABASE_URL: url, DATABASE_URL_FILE: '/none' })).toThrow('Setting DATABASE_URL is given twice');
    expect(() => databaseUrlIn({ DATABASE_URL_FILE: join(folder, 'none') })).toThrow('DATABASE_URL_FILE');
  });
});
