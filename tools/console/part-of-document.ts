type Json = Readonly<Record<string, unknown>>;

/** An OpenAPI document, as far as parts are taken out of it. */
export interface Document extends Json {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> };
}

/** What nobody is typed by, and everybody rewords. */
const words: ReadonlySet<string> = new Set(['description', 'summary', 'example', 'examples', 'tags', 'security', 'title']);

/** The names below `properties` are not ours to leave out: a field may be called `title`. */
const withoutWords = (value: unknown, names = false): unknown => {
  if (Array.isArray(value)) return value.map((item) => withoutWords(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => names || !words.has(name))
      .map(([name, part]) => [name, withoutWords(part, name === 'properties')]),
  );
};

export const refsIn = (value: unknown): readonly string[] =>
  [...JSON.stringify(value ?? null).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name = '']) => name);

/** What is named from there, and from what is named so. */
export const reached = (
  schemas: Readonly<Record<string, unknown>>,
  from: readonly string[],
  known = new Set<string>(),
): ReadonlySet<string> => {
  for (const name of from)
    if (!known.has(name)) {
      known.add(name);
      reached(schemas, refsIn(schemas[name]), known);
    }
  return known;
};

/** Answers that are refusals are the same everywhere: one of them says what a problem is. */
const answersOf = (responses: unknown): Json =>
  Object.fromEntries(Object.entries(responses as Json).filter(([status]) => status.startsWith('2') || status === 'default'));

const withAnswers = (operation: Json): Json => ({ ...operation, responses: answersOf(operation['responses']) });

/** These operations, such as `get /orders/{orderId}`, with the schemas that they need and without words. Says which of them the document does not have. */
export const partOf = (document: Document, operations: readonly string[]): Document => {
  const paths: Record<string, Record<string, Json>> = {};
  for (const each of operations) {
    const [method = '', path = ''] = each.split(' ');
    const operation = document.paths[path]?.[method];
    if (!operation) throw new Error(`The document has no ${each}.`);
    paths[path] = { ...paths[path], [method]: withoutWords(withAnswers(operation)) as Json };
  }
  const schemas = document.components?.schemas ?? {};
  const needed = [...reached(schemas, refsIn(paths))].sort();
  return {
    openapi: document['openapi'],
    info: { title: 'What the console asks for', version: '1' },
    paths,
    components: { schemas: Object.fromEntries(needed.map((name) => [name, withoutWords(schemas[name])])) },
  };
};

const takesPosition = (operation: Json | undefined): boolean =>
  ((operation?.['parameters'] ?? []) as readonly { readonly name?: string }[]).some(({ name }) => name === 'minPosition');

/** The paths that can be read as of a command, by `minPosition`. */
export const listsOf = ({ paths }: Document): readonly string[] =>
  Object.entries(paths).flatMap(([path, { get }]) => (takesPosition(get) ? [path] : []));

const isText = (value: unknown): boolean => typeof value === 'string';

/** Of a list of names each has to be there, wherever; of another list, each at its place. */
const missingItems = (found: unknown, wanted: readonly unknown[], place: string): readonly string[] => {
  if (!Array.isArray(found)) return [place];
  if (wanted.every(isText)) return wanted.filter((item) => !found.includes(item)).map((item) => `${place}/${String(item)}`);
  return wanted.flatMap((item, at) => missingIn(found[at], item, `${place}/${at}`));
};

/** What something was built on and is not there any more, or is something else now: where it was. What was added since is no matter. */
export const missingIn = (found: unknown, wanted: unknown, place = ''): readonly string[] => {
  if (Array.isArray(wanted)) return missingItems(found, wanted, place);
  if (typeof wanted !== 'object' || wanted === null) return found === wanted ? [] : [place];
  if (typeof found !== 'object' || found === null) return [place];
  return Object.entries(wanted).flatMap(([name, part]) => missingIn((found as Json)[name], part, `${place}/${name}`));
};
