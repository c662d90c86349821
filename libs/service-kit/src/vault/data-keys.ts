import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { roundTrips, type Settled } from '@cartage/eventsourcing';
import { LRUCache } from 'lru-cache';
import type { Pool } from 'pg';
import type { Kms, NamedKey, WrappedKey } from './kms';

/** A person's key in the clear, with the name it goes by. An object, because it is remembered: bytes would keep alive the pool that they were cut from. */
export interface DataKey {
  readonly name: string;
  readonly key: KeyObject;
}

/** The keys of people, in the clear. */
export interface DataKeys {
  /** This person's key, made when first needed. One that was deleted is never answered again, in whichever process it was deleted. */
  of(person: string): Promise<DataKey>;
  /** The key of this name; nothing when it was deleted. */
  named(name: string): Promise<DataKey | undefined>;
  /** Deletes those of these names, in every process, and what this one remembers of them; answers how many there were. */
  forget(names: readonly string[]): Promise<number>;
}

export interface DataKeysOptions {
  readonly pool: Pool;
  readonly kms: Kms;
  /** How long a box may still be opened after its key was read: the longest that another process's erasure goes unnoticed. Sealing asks every time. */
  readonly ttlMs?: number;
  readonly cached?: number;
}

interface KeyRow {
  readonly person: string;
  readonly name: string;
  readonly wrapped_key: Buffer;
  readonly master_key_id: string;
}

const COLUMNS = 'person, name, wrapped_key, master_key_id';

/**
 * Keys that are there answer as they are; the others are made. A person whose key another process made in this very moment is in neither part
 * of the answer, because a statement does not see what committed after it began: a second look finds it.
 */
const GET_OR_MAKE = `
  with made as (
    insert into vault.data_key (${COLUMNS})
    select *, $4 from unnest($1::text[], $2::text[], $3::bytea[])
    on conflict (person) do nothing
    returning ${COLUMNS}
  )
  select ${COLUMNS} from made
  union all
  select ${COLUMNS} from vault.data_key where person = any ($1::text[])`;

const BY_PERSON = `select ${COLUMNS} from vault.data_key where person = any ($1::text[])`;
const BY_NAME = `select ${COLUMNS} from vault.data_key where name = any ($1::text[])`;
const FORGET = `delete from vault.data_key where name = any ($1::text[])`;
/** Cheaper than reading the keys again: those that are remembered and still there. */
const STILL_THERE = 'select name from vault.data_key where name = any ($1::text[])';

const ok = <Value>(value: Value): Settled<Value> => ({ ok: true, value });

/**
 * A name is new with every key: whoever comes back after an erasure gets a key of another name, and the old boxes stay closed for good instead
 * of looking tampered with.
 */
const candidateFor = (person: string): NamedKey => ({
  name: `${person}.${randomBytes(6).toString('base64url')}`,
  key: randomBytes(32),
});

interface PersonsKey extends DataKey {
  readonly person: string;
}

const wrappedIn = ({ name, wrapped_key, master_key_id }: KeyRow): WrappedKey => ({ name, key: wrapped_key, masterKeyId: master_key_id });

const unwrapped = async (kms: Kms, rows: readonly KeyRow[]): Promise<readonly PersonsKey[]> => {
  const keys = await kms.unwrap(rows.map(wrappedIn));
  return rows.map(({ person, name }, i) => ({ person, name, key: createSecretKey(keys[i] ?? Buffer.alloc(0)) }));
};

const getOrMake = async ({ pool, kms }: DataKeysOptions, people: readonly string[]): Promise<readonly KeyRow[]> => {
  // In one order everywhere, so that two processes that make the same keys cannot lock each other out.
  const candidates = people.toSorted().map((person) => ({ person, ...candidateFor(person) }));
  const wrapped = await kms.wrap(candidates);
  const values = [
    candidates.map(({ person }) => person),
    candidates.map(({ name }) => name),
    wrapped.map(({ key }) => key),
    kms.masterKeyId,
  ];
  const { rows } = await pool.query<KeyRow>({ name: 'vault-get-or-make', text: GET_OR_MAKE, values });
  if (rows.length === people.length) return rows;
  const { rows: all } = await pool.query<KeyRow>({ name: 'vault-by-person', text: BY_PERSON, values: [people] });
  return all;
};

/** The keys of people that were read a moment ago. */
class Remembered {
  private readonly byPerson: LRUCache<string, DataKey>;
  private readonly byName: LRUCache<string, DataKey>;

  constructor(max: number, ttl: number) {
    this.byPerson = new LRUCache({ max, ttl });
    this.byName = new LRUCache({ max, ttl });
  }

  add(found: readonly PersonsKey[]): void {
    for (const { person, name, key } of found) {
      this.byPerson.set(person, { name, key });
      this.byName.set(name, { name, key });
    }
  }

  of(person: string): DataKey | undefined {
    return this.byPerson.get(person);
  }

  named(name: string): DataKey | undefined {
    return this.byName.get(name);
  }

  forget(person: string): void {
    const known = this.byPerson.get(person);
    this.byPerson.delete(person);
    if (known) this.byName.delete(known.name);
  }

  forgetNamed(names: readonly string[]): void {
    for (const name of names) this.byName.delete(name);
    const gone = new Set(names);
    for (const [person, { name }] of [...this.byPerson.entries()]) if (gone.has(name)) this.byPerson.delete(person);
  }
}

/** Those of the remembered keys of these people that were not deleted since; the others are forgotten, for opening as for sealing. */
const confirmed = async (pool: Pool, remembered: Remembered, people: readonly string[]): Promise<ReadonlyMap<string, DataKey>> => {
  const known = people.flatMap((person) => {
    const key = remembered.of(person);
    return key ? [{ person, key }] : [];
  });
  if (known.length === 0) return new Map();
  const names = known.map(({ key }) => key.name);
  const { rows } = await pool.query<{ readonly name: string }>({ name: 'vault-still-there', text: STILL_THERE, values: [names] });
  const there = new Set(rows.map(({ name }) => name));
  for (const { person, key } of known) if (!there.has(key.name)) remembered.forget(person);
  return new Map(known.filter(({ key }) => there.has(key.name)).map(({ person, key }) => [person, key]));
};

/** Data keys in Postgres, read and made in batches: a crowd of new customers costs one statement, not one each. */
export const dataKeys = (options: DataKeysOptions): DataKeys => {
  const { pool, kms, ttlMs = 60_000, cached = 20_000 } = options;
  const remembered = new Remembered(cached, ttlMs);

  const keep = async (rows: readonly KeyRow[]): Promise<readonly PersonsKey[]> => {
    const found = await unwrapped(kms, rows);
    remembered.add(found);
    return found;
  };

  const of = roundTrips<string, DataKey>(async (asked) => {
    const people = [...new Set(asked)];
    const known = await confirmed(pool, remembered, people);
    const others = people.filter((person) => !known.has(person));
    const made = others.length === 0 ? [] : await keep(await getOrMake(options, others));
    const byPerson = new Map([...known, ...made.map((each) => [each.person, each] as const)]);
    return asked.map((person) => settled(byPerson.get(person), person));
  });

  const read = roundTrips<string, DataKey | undefined>(async (names) => {
    const { rows } = await pool.query<KeyRow>({ name: 'vault-by-name', text: BY_NAME, values: [[...new Set(names)]] });
    const byName = new Map((await keep(rows)).map((each) => [each.name, each]));
    return names.map((name) => ok(byName.get(name)));
  });

  const forget = async (names: readonly string[]): Promise<number> => {
    const { rowCount } = await pool.query(FORGET, [names]);
    remembered.forgetNamed(names);
    return rowCount ?? 0;
  };

  return { of, forget, named: async (name) => remembered.named(name) ?? read(name) };
};

const settled = (key: DataKey | undefined, person: string): Settled<DataKey> =>
  key
    ? ok({ name: key.name, key: key.key })
    : { ok: false, error: new Error(`The data key of ${person} was deleted while it was made. Try again.`) };
