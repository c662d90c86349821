import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Client } from 'pg';
import { Trouble } from './client';
import { called, lineOf, requireNone } from './program';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'cartage-program-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const thrownBy = async (work: () => unknown): Promise<unknown> => {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error;
  }
};

/** Where nobody listens: it takes root, and is of no use. */
const DEAD_PORT = 1;

describe('what a program of the command line says where something went wrong', () => {
  it('is a line that names the file, and what is the matter with it', async () => {
    expect(lineOf(await thrownBy(() => readFileSync(join(folder, 'none.csv'))))).toBe(`${join(folder, 'none.csv')} is not there.`);
    expect(lineOf(await thrownBy(() => mkdirSync(folder)))).toBe(`${folder} is there already.`);
    expect(lineOf(await thrownBy(() => readFileSync(folder)))).toContain('illegal operation on a directory');
    expect(lineOf(await thrownBy(() => gunzipSync('no gzip')))).toContain('is named .gz and is not gzipped');
  });

  it.each(['127.0.0.1', 'localhost'])('names a server that nobody finds at %s', async (host) => {
    const line = lineOf(await thrownBy(() => new Client({ connectionString: `postgres://u:secret@${host}:${DEAD_PORT}/c` }).connect()));
    expect(line).toMatch(new RegExp(`^Nobody answers at \\S+:${DEAD_PORT} \\(ECONNREFUSED\\)\\. `));
    expect(line).not.toContain('secret');
  });

  it('is what Postgres says, where it refuses', () => {
    const refused = Object.assign(new Error('permission denied for schema orders'), { code: '42501', severity: 'ERROR' });
    expect(lineOf(refused)).toContain('Postgres says: permission denied for schema orders (42501).');
  });

  it('is nothing where nobody foresaw it: that needs its stack', () => {
    expect(lineOf(new TypeError('x is not a function'))).toBeUndefined();
    expect(lineOf('thrown')).toBeUndefined();
    expect(lineOf(new Trouble('Mend this.'))).toBe('Mend this.');
  });
});

describe('a program of the command line', () => {
  const program = { usage: 'Usage: npm run it', run: async () => ({ text: 'done', code: 0 }) };

  it('says how it is called, and does nothing then', async () => {
    for (const args of [['--help'], ['-h'], ['take', '--help']])
      expect(await called(program, args)).toEqual({ text: program.usage, code: 0 });
    expect(await called(program, ['take'])).toEqual({ text: 'done', code: 0 });
  });

  it('refuses what would mean nothing to it', () => {
    expect(() => requireNone(['--fast'], program.usage)).toThrow(/^--fast means nothing here\.\nUsage: npm run it$/);
    expect(() => requireNone([], program.usage)).not.toThrow();
  });
});
