/** A JSON document as a test looks at it. */
export type Json = Readonly<Record<string, unknown>>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

export interface Asked {
  readonly body?: unknown;
  /** `Idempotency-Key`: every repeat under it is the same command. */
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Cartage as anybody sees it: over HTTP, and nothing else. It judges no status: that is for tests to do. */
export interface Client {
  ask(method: 'GET' | 'POST' | 'PUT', path: string, asked?: Asked): Promise<Answer>;
  get(path: string): Promise<Json>;
  /** Must succeed; throws what was answered otherwise. */
  post(path: string, key: string, body?: unknown): Promise<Json>;
  bytes(path: string): Promise<Buffer>;
}

/** Longer than anything should take, so that a test fails by saying what hangs. */
const PATIENCE_MS = 60_000;

const send = (url: string, method: string, { body, key, headers = {} }: Asked): Promise<Response> =>
  fetch(url, {
    method,
    signal: AbortSignal.timeout(PATIENCE_MS),
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });

const parsed = (text: string): Json => (text === '' ? {} : (JSON.parse(text) as Json));

/** `addressOf` is asked anew for every path: services stand in different places, and move. */
export const clientOf = (addressOf: (path: string) => string): Client => {
  const ask: Client['ask'] = async (method, path, asked = {}) => {
    const response = await send(`${addressOf(path)}${path}`, method, asked);
    return { status: response.status, headers: response.headers, body: parsed(await response.text()) };
  };
  const must = async (method: 'GET' | 'POST' | 'PUT', path: string, asked?: Asked): Promise<Json> => {
    const { status, body } = await ask(method, path, asked);
    if (status >= 300) throw new Error(`${method} ${path} answered ${status}: ${JSON.stringify(body)}`);
    return body;
  };
  return {
    ask,
    get: (path) => must('GET', path),
    post: (path, key, body) => must('POST', path, { key, ...(body === undefined ? {} : { body }) }),
    bytes: async (path) => Buffer.from(await (await send(`${addressOf(path)}${path}`, 'GET', {})).arrayBuffer()),
  };
};

export const itemsOf = (page: Json): readonly Json[] => page['items'] as readonly Json[];
