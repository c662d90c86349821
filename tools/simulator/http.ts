import { Agent as PlainAgent, request as plainRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { callerHeaders } from '../client/client';
import { problemIn, Unreachable } from './problem';

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** With its query. */
  readonly path: string;
  /** A text is sent as it is: its type stands in the headers. */
  readonly body?: unknown;
  /** Names a command: every retry is sent under the same key, so that it is done once. */
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer<Body> {
  readonly body: Body;
  /** Where the log stood after a command; empty for a read. */
  readonly position: string;
  /** Whether Cartage had done it before. */
  readonly repeated: boolean;
}

/** Sends calls to a running Cartage, again and again while nobody answers or the other side breaks; throws `Problem` when it is refused. */
export interface Http {
  send<Body>(call: Call): Promise<Answer<Body>>;
  close(): void;
}

/** One address for everything, or one for each first segment of a path: `{ orders: 'http://…', inventory: … }`. */
export type Origins = string | Readonly<Record<string, string>>;

interface Raw {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

const ATTEMPTS = 7;
const FIRST_PAUSE_MS = 100;

const originFor = (origins: Origins, path: string): string => {
  if (typeof origins === 'string') return origins;
  const segment = /^\/([a-z]+)/.exec(path)?.[1] ?? '';
  const origin = origins[segment];
  if (origin === undefined) throw new Unreachable(`No address is known for /${segment}.`, undefined);
  return origin;
};

const bodyOf = ({ text }: Raw): unknown => {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    // A proxy or another program answered; its status tells enough.
    return undefined;
  }
};

const exchange = (url: URL, call: Call, { agents, token }: Caller): Promise<Raw> =>
  new Promise((resolve, reject) => {
    const secure = url.protocol === 'https:';
    const payload = typeof call.body === 'string' || call.body === undefined ? call.body : JSON.stringify(call.body);
    const options = { method: call.method, agent: secure ? agents.secure : agents.plain, headers: headersOf(call, payload, token?.()) };
    const sent = (secure ? secureRequest : plainRequest)(url, options, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(chunks).toString() }));
    });
    sent.on('error', reject);
    sent.end(payload);
  });

const headersOf = ({ key, headers }: Call, payload: string | undefined, token: string | undefined): OutgoingHttpHeaders => ({
  'cartage-actor': 'simulator',
  ...callerHeaders({ token }),
  ...(payload === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }),
  ...(key === undefined ? {} : { 'idempotency-key': key }),
  ...headers,
});

/** By which token Cartage lets the caller in. Asked for with each call: whoever renews it need not stop what is running. */
export type TokenOf = () => string;

interface Agents {
  readonly plain: PlainAgent;
  readonly secure: SecureAgent;
}

interface Caller {
  readonly agents: Agents;
  readonly token?: TokenOf | undefined;
}

/** Nothing was heard, or the other side broke: the same request may be sent again. */
const attempt = async (url: URL, call: Call, caller: Caller): Promise<Raw | Error> => {
  try {
    const raw = await exchange(url, call, caller);
    return raw.status >= 500 ? problemIn(raw.status, `${call.method} ${call.path}`, bodyOf(raw)) : raw;
  } catch (error) {
    return new Unreachable(`Nobody answers at ${url.origin}. Is Cartage running there?`, error);
  }
};

const isAnswer = (outcome: Raw | Error): outcome is Raw => 'headers' in outcome;

const persistently = async (url: URL, call: Call, caller: Caller): Promise<Raw> => {
  for (let tries = 1; ; tries += 1) {
    const outcome = await attempt(url, call, caller);
    if (isAnswer(outcome)) return outcome;
    if (tries === ATTEMPTS) throw outcome;
    await pause(FIRST_PAUSE_MS * 2 ** (tries - 1));
  }
};

const headerIn = ({ headers }: Raw, name: string): string => {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
};

const answerOf = <Body>(call: Call, raw: Raw): Answer<Body> => {
  const body = bodyOf(raw);
  if (raw.status >= 300) throw problemIn(raw.status, `${call.method} ${call.path}`, body);
  return {
    body: body as Body,
    position: headerIn(raw, 'cartage-position'),
    repeated: headerIn(raw, 'cartage-repeated') === 'true',
  };
};

export const httpTo = (origins: Origins, token?: TokenOf): Http => {
  const options = { keepAlive: true, maxSockets: 64 };
  const agents: Agents = { plain: new PlainAgent(options), secure: new SecureAgent(options) };
  return {
    send: async <Body>(call: Call) =>
      answerOf<Body>(call, await persistently(new URL(call.path, originFor(origins, call.path)), call, { agents, token })),
    close: () => {
      agents.plain.destroy();
      agents.secure.destroy();
    },
  };
};
