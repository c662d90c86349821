import { randomBytes } from 'node:crypto';
import { coalescing, type Settled } from '@cartage/eventsourcing';
import { LRUCache } from 'lru-cache';
import type { Pool } from 'pg';
import type { Kms, NamedKey } from './kms';

/** The keys of people, in the clear. */
export interface DataKeys {
  /** This person's key, made when first needed. */
  of(person: string): Promise<NamedKey>;
  /** The key of this name; nothing when it was deleted. */
  named(name: string): Promise<NamedKey | undefined>;
}

export interface DataKeysOptions {
  readonly pool: Pool;
  readonly kms: Kms;
  /** How long a key may be used after it was read: the longest that another process's erasure goes unnoticed. */
  readonly ttlMs?: number;
  readonly cached?: number;
}

interface KeyRow {
  readonly person: string;
  readonly name: string;
  readonly wrapped_key: Buffer;
}

/**
 * Keys that are there answer as they are; the others are made. A person whose key another process made in this very moment is in neither part
 * of the answer, because a statement does not see what committed after it began: a second look finds it.
 */
const GET_OR_MAKE = `
  with made as (
    insert into vault.data_key (person, name, wrapped_key)
    select * from unnest($1::text[], $2::text[], $3::bytea[])
    on conflict (person) do nothing
    returning person, name, wrapped_key
  )
  select person, name, wrapped_key from made
  union all
  select person, name, wrapped_key from vault.data_key where person = any ($1::text[])`;

const BY_PERSON = 'select person, name, wrapped_key from vault.data_key where person = any ($1::text[])';
const BY_NAME = 'select person, name, wrapped_key from vault.data_key where name = any ($1::text[])';

const ok = <Value>(value: Value): Settled<Value> => ({ ok: true, value });

/**
 * A name is new with every key: whoever comes back after an erasure gets a key of another name, and the old boxes stay closed for good instead
 * of looking tampered with.
 */
const candidateFor = (person: string): NamedKey => ({
  name: `${person}.${randomBytes(6).toString('base64url')}`,
  key: randomBytes(32),
});

const unwrapped = async (kms: Kms, rows: readonly KeyRow[]): Promise<readonly (NamedKey & { readonly person: string })[]> => {
  const keys = await kms.unwrap(rows.map(({ name, wrapped_key }) => ({ name, key: wrapped_key })));
  return rows.map(({ person, name }, i) => ({ person, name, key: keys[i] ?? Buffer.alloc(0) }));
};

const getOrMake = async ({ pool, kms }: DataKeysOptions, people: readonly string[]): Promise<readonly KeyRow[]> => {
  // In one order everywhere, so that two processes that make the same keys cannot lock each other out.
  const candidates = people.toSorted().map((person) => ({ person, ...candidateFor(person) }));
  const wrapped = await kms.wrap(candidates);
  const values = [candidates.map(({ person }) => person), candidates.map(({ name }) => name), wrapped];
  const { rows } = await pool.query<KeyRow>({ name: 'vault-get-or-make', text: GET_OR_MAKE, values });
  if (rows.length === people.length) return rows;
  const { rows: all } = await pool.query<KeyRow>({ name: 'vault-by-person', text: BY_PERSON, values: [people] });
  return all;
};

/** Data keys in Postgres, read and made in batches: a crowd of new customers costs one statement, not one each. */
export const dataKeys = (options: DataKeysOptions): DataKeys => {
  const { pool, kms, ttlMs = 60_000, cached = 20_000 } = options;
  const keys = { byPerson: new LRUCache<string, NamedKey>({ max: cached, ttl: ttlMs }), byName: cacheOf(cached, ttlMs) };

  const remember = (found: readonly (NamedKey & { readonly person: string })[]): void => {
    for (const { person, name, key } of found) {
      keys.byPerson.set(person, { name, key });
      keys.byName.set(name, { name, key });
    }
  };

  const make = coalescing<string, NamedKey>(async (people) => {
    const found = await unwrapped(kms, await getOrMake(options, [...new Set(people)]));
    remember(found);
    const byPerson = new Map(found.map((each) => [each.person, each]));
    return people.map((person) => settled(byPerson.get(person), person));
  });

  const read = coalescing<string, NamedKey | undefined>(async (names) => {
    const { rows } = await pool.query<KeyRow>({ name: 'vault-by-name', text: BY_NAME, values: [[...new Set(names)]] });
    const found = await unwrapped(kms, rows);
    remember(found);
    const byName = new Map(found.map((each) => [each.name, each]));
    return names.map((name) => ok(byName.get(name)));
  });

  return {
    of: async (person) => keys.byPerson.get(person) ?? make(person),
    named: async (name) => keys.byName.get(name) ?? read(name),
  };
};

const cacheOf = (max: number, ttl: number): LRUCache<string, NamedKey> => new LRUCache({ max, ttl });

const settled = (key: NamedKey | undefined, person: string): Settled<NamedKey> =>
  key
    ? ok({ name: key.name, key: key.key })
    : { ok: false, error: new Error(`The data key of ${person} was deleted while it was made. Try again.`) };
