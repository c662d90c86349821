import { createHash } from 'node:crypto';
import type { AnyView } from '@cartage/views';
import { NO_NAME, type Column, type Merging, type Table, type Value } from '../../domain/table';
import { star } from '../../domain/star';

/** Raise it when events come to say something else to the star: the star is then filled anew. */
const EXTRACTION = 4;

const constraints: Readonly<Record<Merging, string>> = {
  key: ' not null',
  sum: ' not null default 0',
  last: '',
  revocable: '',
  least: '',
  greatest: '',
  derived: '',
};

const typeOf = ({ type, merging, expression }: Column): string =>
  expression === undefined ? `${type}${constraints[merging]}` : `${type} generated always as (${expression}) stored`;

/** A table of the star as the library of views knows tables. */
export const viewOf = ({ name, about, key, columns, indexes = [] }: Table): AnyView => ({
  name,
  about,
  key,
  indexes,
  columns: Object.fromEntries(Object.entries(columns).map(([column, each]) => [column, { type: typeOf(each), about: each.about }])),
  revision: EXTRACTION,
  on: {},
});

/**
 * Names a star by its shape, and by the word that an operator gave: another shape, or another word, is another star, which is filled from the topics beside the one
 * that serves.
 */
export const generationOf = (word: string): string => {
  const shape = JSON.stringify([word, EXTRACTION, star.map((each) => [viewOf(each), each.newestBy])], (key, value: unknown) =>
    key === 'about' ? undefined : value,
  );
  return createHash('sha256').update(shape).digest('hex').slice(0, 8);
};

/** The table of a generation that the plain name shows. */
export const tableIn = (generation: string, name: string): string => `${name}_${generation}`;

/** The key of what is not named any more: nothing has it. */
export const NO_KEY = '0';

/**
 * The surrogate key of what is called so: a number that follows from the name alone, so that facts may come before what describes them, and a star that is filled anew has
 * the same keys. 63 bits of SHA-256: among a hundred million names two share a number once in about two thousand stars, which its primary key would then tell.
 */
export const surrogateOf = (natural: Value): string | null => {
  if (natural === null || natural === undefined) return null;
  if (natural === NO_NAME) return NO_KEY;
  const digest = createHash('sha256').update(String(natural)).digest();
  return (digest.readBigUInt64BE() >> 1n).toString();
};
