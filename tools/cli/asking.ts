import { cartageAt, cartageOptions, cartageUsage, parsed, Trouble, type CartageAt } from '../client/client';

/** What every command takes that asks a running Cartage and shows the answer. */
export const askingOptions = { json: { type: 'boolean', default: false }, ...cartageOptions } as const;

export const askingUsage = `For programs: --json
${cartageUsage}`;

/** Values that were given, as a query. */
export const queryOf = (values: Readonly<Record<string, string | undefined>>): string => {
  const query = new URLSearchParams(Object.entries(values).filter((pair): pair is [string, string] => pair[1] !== undefined));
  return query.size > 0 ? `?${query}` : '';
};

export interface Asked<Name extends string> {
  readonly at: CartageAt;
  readonly json: boolean;
  readonly words: readonly string[];
  readonly values: Readonly<Partial<Record<Name, string>>>;
}

/** Arguments of a command whose own options all take a text. */
export const asked = <Name extends string>(args: readonly string[], names: readonly Name[], usage: string): Asked<Name> => {
  const own = Object.fromEntries(names.map((name) => [name, { type: 'string' }] as const));
  const { values, positionals } = parsed(args, { ...own, ...askingOptions }, usage);
  const given: Readonly<Record<string, unknown>> = values;
  const texts = names.flatMap((name) => (typeof given[name] === 'string' ? [[name, given[name]] as const] : []));
  return {
    at: cartageAt({ url: String(given['url']), 'token-file': given['token-file'] as string | undefined }),
    json: given['json'] === true,
    words: positionals,
    values: Object.fromEntries(texts) as Partial<Record<Name, string>>,
  };
};

/** The one thing that is asked about. */
export const theOne = (words: readonly string[], what: string, usage: string): string => {
  const [word, ...others] = words;
  if (word === undefined) throw new Trouble(`Which one? Name ${what}.\n${usage}`);
  if (others.length > 0) throw new Trouble(`One at a time, not ${words.join(' ')}.\n${usage}`);
  return encodeURIComponent(word);
};

export const asJson = (value: unknown): string => JSON.stringify(value, undefined, 2);
