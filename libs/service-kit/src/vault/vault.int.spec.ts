import type { Personal, Sealed } from '@cartage/contracts';
import { eventually, testDatabase, type TestDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import type { Vault } from '../service';
import { dataKeys } from './data-keys';
import { localKms, type Kms } from './kms';
import { migrateVault } from './migrate';
import { rewrapAll } from './rotate';
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
  masterKeyId: kms.masterKeyId,
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

  it('asks nobody for a key that it used a moment ago, only whether one that is to seal is still there', async () => {
    const one = vault();
    const sealed = await one.seal('c-3', ada);
    const queries = jest.spyOn(pool, 'query');
    await one.open(sealed);
    expect(queries).not.toHaveBeenCalled();
    await Promise.all(Array.from({ length: 100 }, () => one.seal('c-3', ada)));
    expect(queries.mock.calls.map(([query]) => (query as unknown as { readonly name: string }).name)).toEqual(['vault-still-there']);
    queries.mockRestore();
  });

  it('never seals with a key that was deleted, in whatever process that was: the person has a new one', async () => {
    const [one, two] = [vault(), vault()];
    const before = await one.seal('c-shredded', ada);
    await two.open(before);
    await two.seal('c-shredded', ada);
    await pool.query(`delete from vault.data_key where person = 'c-shredded'`);

    const after = await Promise.all([one.seal('c-shredded', ada), two.seal('c-shredded', ada)]);
    expect(new Set(after.map(({ key }) => key)).size).toBe(1);
    expect(after[0]?.key).not.toBe(before.key);
    expect(await vault().open(after[0] as Sealed)).toEqual(ada);
    expect(await one.open(before)).toBeUndefined();
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

describe('another master key', () => {
  const [old, young] = [Buffer.alloc(32, 7), Buffer.alloc(32, 9)];
  const withKms = (other: Kms): Vault => vaultOn(dataKeys({ pool, kms: other }));
  const idsOf = async (table: string, column: string): Promise<readonly unknown[]> =>
    (await pool.query<Record<string, unknown>>(`select distinct ${column} as id from vault.${table}`)).rows.map(({ id }) => id);

  it('takes over while both are at work; then the old one opens nothing and is not needed', async () => {
    const before = await withKms(localKms(old)).seal('c-rotated', ada);
    // First every process can unwrap with either, then the new one wraps.
    await migrateVault(pool, localKms(old, young));
    const rotating = localKms(young, old);
    await migrateVault(pool, rotating);
    const during = await withKms(rotating).seal('c-during', ada);
    expect(await withKms(localKms(old, young)).open(during)).toEqual(ada);

    const [one, two] = await Promise.all([rewrapAll(pool, rotating), rewrapAll(pool, rotating)]);
    expect(one + two).toBeGreaterThan(1_000);
    expect(await rewrapAll(pool, rotating)).toBe(0);
    expect([await idsOf('data_key', 'master_key_id'), await idsOf('master_key', 'id')]).toEqual([
      [rotating.masterKeyId],
      [rotating.masterKeyId],
    ]);

    await expect(migrateVault(pool, localKms(young))).resolves.toBeUndefined();
    await expect(migrateVault(pool, localKms(old))).rejects.toMatchObject({ name: 'StartFailure' });
    for (const sealed of [before, during]) expect(await withKms(localKms(young)).open(sealed)).toEqual(ada);
    await expect(withKms(localKms(old)).open(before)).rejects.toThrow('set MASTER_KEY_PREVIOUS');
  });
});
