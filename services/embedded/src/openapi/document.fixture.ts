import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

type Json = Readonly<Record<string, unknown>>;

export interface Response {
  readonly description: string;
  readonly content?: Readonly<Record<string, { readonly schema?: Json }>>;
  readonly headers?: Json;
}

export interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly required?: boolean }[];
  readonly requestBody?: Pick<Response, 'content'>;
  readonly responses: Readonly<Record<string, Response>>;
}

export interface Document extends Json {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** Where an operation stands in the document. */
export interface Named {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}

export const operationsOf = ({ paths }: Document): readonly Named[] =>
  Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })));

/** Lists that can be asked for without knowing anything. */
export const listsOf = (document: Document): readonly string[] =>
  operationsOf(document).flatMap(({ path, method, operation: { parameters = [] } }) =>
    method === 'get' && parameters.some(({ name }) => name === 'cursor') && parameters.every(({ required }) => !required) ? [path] : [],
  );

/** The same schemas, closed: a field that no schema names is an error. For callers they stay open, so that adding one breaks nobody. */
const closed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, closed(part)]));
  return typeof parts['properties'] === 'object' && !('additionalProperties' in parts) && 'type' in parts
    ? { ...parts, additionalProperties: false }
    : parts;
};

const pointer = (...steps: readonly string[]): string =>
  steps.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');

const patternOf = (path: string): RegExp => new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`);

export interface Answered {
  /** What was asked, as JSON. */
  readonly asked?: unknown;
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Headers that an answer may have only if the document says so. */
const told = ['ETag', 'Location', 'Cartage-Position', 'Cartage-Repeated', 'Cartage-Next', 'Cartage-Heard-Until'];

/** Of many at once some were wrong: then not all that was asked is as it should be. */
const isPartlyRefused = (body: unknown): boolean => /"problem":\{/.test(JSON.stringify(body) ?? '');

/** The operation of a method and a path without its query. */
export const finderIn = (document: Document): ((method: string, path: string) => Named | undefined) => {
  // A literal path goes before one with parameters.
  const operations = [...operationsOf(document)].sort((a, b) => Number(a.path.includes('{')) - Number(b.path.includes('{')));
  return (method, path) => operations.find((each) => each.method === method.toLowerCase() && patternOf(each.path).test(path));
};

/** What judges a value by the schema at a place of the document, closed. */
export const judgesOf = (document: Document): ((...place: readonly string[]) => ValidateFunction) => {
  const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true, verbose: true }));
  ajv.addSchema({ ...(closed(document) as Json), $id: 'cartage' });
  return (...place) => {
    const schema = `cartage#/${pointer(...place)}`;
    return ajv.getSchema(schema) ?? ajv.compile({ $ref: schema });
  };
};

const faultsText = (errors: ValidateFunction['errors']): string =>
  (errors ?? []).map(({ instancePath, message = '' }) => `data${instancePath} ${message}`).join(', ');

/** Compares real requests and answers with what the document says of them. */
export const comparedWith = (document: Document) => {
  const [judgeAt, operationAt] = [judgesOf(document), finderIn(document)];
  const seen = new Set<string>();

  const requireShape = (about: string, value: unknown, { content = {} }: Pick<Response, 'content'>, at: readonly string[]): void => {
    const [media = ''] = Object.keys(content);
    if (!/[/+]json$/.test(media)) return;
    const validate = judgeAt('paths', ...at, 'content', media, 'schema');
    if (!validate(value)) throw new Error(`${about}: ${faultsText(validate.errors)} in ${JSON.stringify(value)}`);
  };

  /** What was taken is what the document says may be asked: whoever writes a client by it can ask it. */
  const requireAsked = ({ path, method, operation: { requestBody } }: Named, { status, asked, body }: Answered): void => {
    if (requestBody && status < 300 && typeof asked === 'object' && !isPartlyRefused(body))
      requireShape(`${method} ${path}, asked`, asked, requestBody, [path, method, 'requestBody']);
  };

  return {
    /** Throws when the answer is not one that the document tells of: status, body, headers. */
    require: (method: string, path: string, answered: Answered): void => {
      const found = operationAt(method, path.split('?')[0] ?? '');
      const status = String(answered.status);
      const response = found?.operation.responses[status];
      if (!found || !response)
        throw new Error(`The document knows no answer ${status} to ${method} ${path}: ${JSON.stringify(answered.body)}`);
      requireShape(`${found.method} ${found.path} ${status}`, answered.body, response, [found.path, found.method, 'responses', status]);
      requireAsked(found, answered);
      const untold = told.filter((name) => answered.headers.has(name) && !(name in (response.headers ?? {})));
      if (untold.length > 0) throw new Error(`${method} ${path} answers with ${untold.join(', ')}, and the document does not say so.`);
      if (answered.status < 300) seen.add(found.operation.operationId);
    },
    /** Operations that never succeeded. */
    unseen: (): readonly string[] =>
      operationsOf(document)
        .map(({ operation }) => operation.operationId)
        .filter((id) => !seen.has(id)),
  };
};
