import { finderIn, judgesOf, type Document, type Named } from './document.fixture';

/** A request as it is written down. */
export interface Asked {
  readonly method: string;
  /** With its query. */
  readonly target: string;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Absent where it is a file, or left out in part. */
  readonly body?: string;
}

/** What a reader is to put something else for: `<orderId>`, `$ORDER`, `0199a3c4-…`. */
const isLeftOpen = (data: unknown): boolean => typeof data === 'string' && /[<$…]/.test(data);

/** What is no JSON is none of the shapes that the document knows. */
const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

const isPreview = ({ target }: Asked): boolean => target.includes('preview=true');

const faultsOfQuery = ({ operation: { parameters = [] } }: Named, { target }: Asked): readonly string[] =>
  [...new URLSearchParams(target.split('?')[1]).keys()]
    .filter((name) => name !== 'preview' && !parameters.some((each) => each.in === 'query' && each.name === name))
    .map((name) => `does not know ?${name}`);

/** A preview does nothing, and needs no key. */
const faultsOfHeaders = ({ operation: { parameters = [] } }: Named, asked: Asked): readonly string[] =>
  parameters
    .filter((each) => each.in === 'header' && each.required === true && !(each.name.toLowerCase() in asked.headers))
    .filter(({ name }) => name !== 'Idempotency-Key' || !isPreview(asked))
    .map(({ name }) => `needs the header ${name}`);

/** What of requests is not as the document says that they are to be. */
export const askingBy = (document: Document): ((asked: Asked) => readonly string[]) => {
  const [judgeAt, operationAt] = [judgesOf(document), finderIn(document)];

  const faultsOfBody = ({ path, method, operation }: Named, { headers, body = '' }: Asked): readonly string[] => {
    const media = headers['content-type'] ?? 'application/x-www-form-urlencoded';
    if (!(media in (operation.requestBody?.content ?? {}))) return [`takes no ${media}`];
    if (media !== 'application/json') return [];
    const validate = judgeAt('paths', path, method, 'requestBody', 'content', media, 'schema');
    validate(jsonIn(body));
    return (validate.errors ?? [])
      .filter(({ data }) => !isLeftOpen(data))
      .map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
  };

  return (asked) => {
    const found = operationAt(asked.method, asked.target.split('?')[0] ?? '');
    if (!found) return ['is answered by nobody'];
    return [
      ...faultsOfQuery(found, asked),
      ...faultsOfHeaders(found, asked),
      ...(asked.body === undefined ? [] : faultsOfBody(found, asked)),
    ];
  };
};
