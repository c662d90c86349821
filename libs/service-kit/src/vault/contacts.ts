import { createHmac } from 'node:crypto';
import type { Pool } from 'pg';
import type { People } from '../service';
import type { DataKey, DataKeys } from './data-keys';

/** The key under which contacts are hashed: wrapped by the master key like that of a person, and nobody’s, because no id has two lines. */
const INDEX = 'contacts\n';

/** Keys of the house are named by two lines. */
const isPerson = (name: string): boolean => !name.includes('\n');

const STILL_THERE = 'select name from vault.data_key where name = any ($1::text[])';

const OF_PEOPLE = 'select name from vault.data_key where person = any ($1::text[])';

const indexKeys = new WeakMap<DataKeys, Promise<DataKey>>();

/** Read once: it is never erased. */
const indexKey = (keys: DataKeys): Promise<DataKey> => {
  const known = indexKeys.get(keys);
  if (known) return known;
  const asked = keys.of(INDEX);
  indexKeys.set(keys, asked);
  asked.catch(() => indexKeys.delete(keys));
  return asked;
};

/** Finds people again by what is personal, without keeping it: whoever has the tables and not the master key learns nothing from a hash. */
export const peopleOn = (pool: Pool, keys: DataKeys): People => ({
  hashOf: async (kind, value) => {
    const { key } = await indexKey(keys);
    return createHmac('sha256', key).update(`${kind}\n${value}`).digest('base64url');
  },
  erased: async (names) => {
    const { rows } = await pool.query<{ readonly name: string }>(STILL_THERE, [names]);
    const there = new Set(rows.map(({ name }) => name));
    return new Set(names.filter((name) => !there.has(name)));
  },
  keysOf: async (persons) => {
    const { rows } = await pool.query<{ readonly name: string }>(OF_PEOPLE, [persons.filter(isPerson)]);
    return rows.map(({ name }) => name);
  },
  forget: (names) => keys.forget(names),
});
