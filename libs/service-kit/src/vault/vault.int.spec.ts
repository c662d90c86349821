import type { Personal } from '@cartage/contracts';
import { eventually, testDatabase, type TestDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import type { Vault } from '../service';
import { dataKeys } from './data-keys';
import { localKms, type Kms } from './kms';
import { migrateVault } from './migrate';
import { vaultOn } from './vault';

const ada: Personal = {
  name: 'Ada Lovelace',
  email: 'ada@example.org',
  address: { lines: ['12 St James’s Square'], city: 'London', postalCode: 'SW1Y 4JH', country: 'GB' },
};

let database: TestDatabase;
let pool: Pool;
let wrapped = 0;
const counting = (kms: Kms): Kms => ({
  wrap: (keys) => {
    wrapped += keys.length;
    return kms.wrap(keys);
  },
  unwrap: (keys) => kms.unwrap(keys),
});
const kms = counting(localKms(Buffer.alloc(32, 7)));

/** A vault with nothing remembered yet, as in another process. */
const vault = (options: { readonly ttlMs?: number } = {}): Vault => vaultOn(dataKeys({ pool, kms, ...options }));
const rowsOf = async (person: string): Promise<number> =>
  (await pool.query('select 1 from vault.data_key where person = $1', [person])).rows.length;

beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ connectionString: database.url, max: 8 });
  await Promise.all([migrateVault(pool, kms), migrateVault(pool, kms), migrateVault(pool, kms)]);
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

describe('the vault', () => {
  it('opens what it sealed, also in another process', async () => {
    const sealed = await vault().seal('c-1', ada);
    expect(await vault().open(sealed)).toEqual(ada);
  });

  it('shows nothing of the person in the box, and seals the same twice differently', async () => {
    const [first, second] = await Promise.all([vault().seal('c-2', ada), vault().seal('c-2', ada)]);
    expect(first.box).not.toBe(second.box);
    expect(first.key).toBe(second.key);
    expect(Buffer.from(first.box, 'base64').toString('latin1')).not.toMatch(/Ada|London|example/);
  });

  it('makes one key for a new person whom 200 orders in four processes name at once', async () => {
    const processes = [vault(), vault(), vault(), vault()];
    const boxes = await Promise.all(Array.from({ length: 200 }, (_, n) => (processes[n % 4] as Vault).seal('c-rush', ada)));

    expect(new Set(boxes.map(({ key }) => key)).size).toBe(1);
    expect(await rowsOf('c-rush')).toBe(1);
    for (const box of boxes.slice(0, 10)) expect(await vault().open(box)).toEqual(ada);
  });

  it('makes the keys of a crowd of new people in a few statements', async () => {
    const queries = jest.spyOn(pool, 'query');
    const one = vault();
    const boxes = await Promise.all(Array.from({ length: 1_000 }, (_, n) => one.seal(`c-crowd-${n}`, ada)));

    expect(new Set(boxes.map(({ key }) => key)).size).toBe(1_000);
    expect(queries.mock.calls.length).toBeLessThan(10);
    queries.mockRestore();
  });

  it('makes keys in two processes for the same crowd, in any order, without a deadlock', async () => {
    const names = Array.from({ length: 500 }, (_, n) => `c-both-${n}`);
    const [one, two] = [vault(), vault()];
    const boxes = await Promise.all([
      ...names.map((name) => one.seal(name, ada)),
      ...names.toReversed().map((name) => two.seal(name, ada)),
    ]);
    expect(new Set(boxes.map(({ key }) => key)).size).toBe(500);
  });

  it('asks nobody for a key that it used a moment ago', async () => {
    const one = vault();
    const sealed = await one.seal('c-3', ada);
    const queries = jest.spyOn(pool, 'query');
    await Promise.all([one.seal('c-3', ada), one.open(sealed)]);
    expect(queries).not.toHaveBeenCalled();
    queries.mockRestore();
  });

  it('opens nothing of a person whose key was deleted, in any process, once the key is forgotten', async () => {
    const forgetful = vault({ ttlMs: 1 });
    const sealed = await forgetful.seal('c-erased', ada);
    await pool.query(`delete from vault.data_key where person = 'c-erased'`);

    expect(await vault().open(sealed)).toBeUndefined();
    await eventually(async () => expect(await forgetful.open(sealed)).toBeUndefined());
  });

  it('keeps the old boxes of an erased person closed when the person comes back', async () => {
    const before = await vault().seal('c-back', ada);
    await pool.query(`delete from vault.data_key where person = 'c-back'`);
    const after = await vault().seal('c-back', { ...ada, name: 'Ada King' });

    expect(await vault().open(before)).toBeUndefined();
    expect(await vault().open(after)).toMatchObject({ name: 'Ada King' });
  });

  it('throws at a box that was tampered with, or put under another name', async () => {
    const one = vault();
    const [sealed, other] = await Promise.all([one.seal('c-4', ada), one.seal('c-5', ada)]);
    const bytes = Buffer.from(sealed.box, 'base64');
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;

    await expect(one.open({ ...sealed, box: bytes.toString('base64') })).rejects.toThrow('was changed');
    await expect(one.open({ ...sealed, key: other.key })).rejects.toThrow('was changed');
    await expect(one.open({ ...sealed, box: 'AAAA' })).rejects.toThrow('too short');
  });

  it('keeps no key in the clear', async () => {
    await vault().seal('c-6', ada);
    const { rows } = await pool.query<{ wrapped_key: Buffer }>(`select wrapped_key from vault.data_key where person = 'c-6'`);
    expect(rows[0]?.wrapped_key).toHaveLength(12 + 16 + 32);
    expect(wrapped).toBeGreaterThan(0);
  });

  it('is not opened with another master key', async () => {
    await expect(migrateVault(pool, localKms(Buffer.alloc(32, 8)))).rejects.toMatchObject({ name: 'StartFailure' });
    await expect(migrateVault(pool, kms)).resolves.toBeUndefined();
  });
});
