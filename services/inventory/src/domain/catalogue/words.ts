import type { Item } from './item';

/** So many letters of a word are compared. */
const LONGEST = 40;

/** Where words stand without spaces between them, one may begin at any letter; so many letters of it are compared from there. */
const LONGEST_PIECE = 16;

const SPACELESS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** Words that something joins, such as a SKU or `T-shirt`, are found as one, too. */
const JOINED = /[\p{L}\p{N}\p{M}]+(?:[-._'’+&#/]+[\p{L}\p{N}\p{M}]+)*/gu;
/** Accents, and vowel signs of Arabic and Hebrew, which hardly anybody types. Vowels of Indian scripts are letters of their own. */
const SIGN = /\p{Script=Inherited}|[\u0591-\u05c7\u0640]/gu;

/** As it is compared: whatever its case, its accents and the way it was typed, and the same whatever a database takes for a letter. */
const folded = (text: string): string => text.normalize('NFKD').replace(SIGN, '').toUpperCase().toLowerCase().replaceAll('ς', 'σ');

const begun = (text: string, letters: number): string => Array.from(text).slice(0, letters).join('');

const SKU_LETTERS = 100;
const skuOf = (text: string): string => begun(folded(text), SKU_LETTERS);

/** What is kept of words that are joined: all of them, each, and where nobody writes spaces, each place at which a word may begin. */
const piecesOf = (joined: string): readonly string[] => {
  if (!SPACELESS.test(joined)) return [joined, ...(joined.match(WORD) ?? [])].map((word) => begun(word, LONGEST));
  const letters = Array.from(joined);
  return letters.map((_, at) => letters.slice(at, at + LONGEST_PIECE).join(''));
};

/** What an item is found by, each once: its SKU, the parts of this, and the words of its title. */
export const findableWords = ({ sku, title }: Pick<Item, 'sku' | 'title'>): readonly string[] => {
  const pieces = [sku, title].flatMap((text) => folded(text).match(JOINED) ?? []).flatMap(piecesOf);
  return [...new Set([skuOf(sku), ...pieces])].filter((word) => word !== '');
};

/** What somebody typed about an item: its SKU begins so, or every word is how a word of it begins. */
export interface Sought {
  readonly sku: string;
  readonly words: readonly string[];
}

/** Nothing where nothing is typed that is compared. */
export const soughtIn = (text: string): Sought | undefined => {
  const sku = skuOf(text.trim());
  const words = (folded(text).match(JOINED) ?? []).map((word) => begun(word, SPACELESS.test(word) ? LONGEST_PIECE : LONGEST));
  return sku === '' ? undefined : { sku, words: [...new Set(words)] };
};
