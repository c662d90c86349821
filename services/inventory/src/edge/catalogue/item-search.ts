import { soughtIn, type Sought } from '../../domain/catalogue/words';

const beginning = (word: string): string => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}':*`;

const queryOf = ({ sku, words }: Sought): string => {
  const [asSku, asWords] = [beginning(sku), words.map(beginning).join(' & ')];
  return asWords === '' || asWords === asSku ? asSku : `${asSku} | ${asWords}`;
};

/** What somebody typed, as a `tsquery` that is compared with `item.words`; where nothing was typed that is compared, it finds nothing. */
export const itemsSought = (text: string): string => {
  const sought = soughtIn(text);
  return sought ? queryOf(sought) : '';
};

/**
 * A page of what is sought is made of what stands near, if that is enough: what is found often would have to be sorted otherwise, all of it. What is found seldom is looked up
 * in the index of words. Postgres does not know beforehand how often words that begin so are found, and would choose wrongly.
 */
export const NEAR = 5_000;

export const pageOfSought = async <Row>(limit: number, near: () => Promise<readonly Row[]>, found: () => Promise<readonly Row[]>) => {
  const rows = await near();
  return rows.length < limit ? found() : rows;
};
