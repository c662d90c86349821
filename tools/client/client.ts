import { readFileSync } from 'node:fs';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { messageOf } from '@cartage/eventsourcing';

/** What went wrong, and what to do about it: shown without a stack. `status`: what Cartage answered, if it did. */
export class Trouble extends Error {
  override readonly name = 'Trouble';
  readonly status: number | undefined;

  constructor(message: string, { status, ...options }: ErrorOptions & { readonly status?: number } = {}) {
    super(message, options);
    this.status = status;
  }
}

export type Shown = Readonly<Record<string, unknown>>;

/** What every tool takes that asks a running Cartage. */
export const cartageOptions = {
  url: { type: 'string', default: 'http://127.0.0.1:3000' },
  'token-file': { type: 'string' },
} as const;

export const cartageUsage = `Where Cartage runs: --url http://127.0.0.1:3000
Where callers are let in by tokens: --token-file <file with one>`;

/** The arguments of a tool; what is none of its options is answered with its usage. */
export const parsed = <Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
  usage: string,
) => {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new Trouble(`${messageOf(error)}\n${usage}`);
  }
};

/** Where Cartage runs, and by which token it lets the caller in. */
export interface CartageAt {
  /** Without a slash at its end. */
  readonly url: string;
  readonly token?: string | undefined;
}

/** A token on the command line would be seen by everybody on the machine. */
export const tokenIn = (file: string): string => {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new Trouble(`--token-file ${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
};

export const cartageAt = ({ url, 'token-file': file }: { readonly url: string; readonly 'token-file'?: string | undefined }): CartageAt => {
  if (!URL.canParse(url)) throw new Trouble(`--url is an address such as http://127.0.0.1:3000, not ${url}.`);
  return { url: url.replace(/\/$/, ''), ...(file === undefined ? {} : { token: tokenIn(file) }) };
};

/** The header of a request from this caller. */
export const callerHeaders = ({ token }: Pick<CartageAt, 'token'>): Readonly<Record<string, string>> =>
  token === undefined ? {} : { authorization: `Bearer ${token}` };

export const fieldsOf = (body: unknown): Shown => (typeof body === 'object' && body !== null ? (body as Shown) : {});

/** Somebody answers, and it is not Cartage. */
export const stranger = (status: number): Trouble =>
  new Trouble(`The answer is ${status}, and not as Cartage gives it. Is --url right?`, { status });

/** Nobody does. */
export const nobody = ({ url }: CartageAt, cause: unknown): Trouble => {
  const fix = 'Start Cartage (`npm start`), or say where it runs: --url http://<host>:<port>.';
  return new Trouble(`Nobody answers at ${new URL(url).origin}. ${fix}`, { cause });
};

/** An answer that is no refusal; throws `Trouble` with what Cartage says of one. */
export const requireDone = (status: number, body: unknown): Shown => {
  const fields = fieldsOf(body);
  if (status < 400) return fields;
  const { code, detail } = fields;
  if (code === undefined) throw stranger(status);
  throw new Trouble(`${String(detail)} (${String(code)})`, { status });
};

export interface Question {
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks a running Cartage, and answers with the status and the body, whatever they say. */
export const answerOf = async (
  at: CartageAt,
  [method, path]: readonly ['GET' | 'POST', string],
  { body, headers }: Question = {},
): Promise<{ readonly status: number; readonly body: unknown }> => {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  try {
    const answer = await fetch(`${at.url}${path}`, { method, ...sent, headers: { ...type, ...callerHeaders(at), ...headers } });
    return { status: answer.status, body: await answer.json().catch(() => undefined) };
  } catch (error) {
    throw nobody(at, error);
  }
};

/** The same, and refusals are trouble. */
export const askCartage = async (at: CartageAt, of: readonly ['GET' | 'POST', string], question?: Question): Promise<Shown> => {
  const { status, body } = await answerOf(at, of, question);
  return requireDone(status, body);
};

/** All items of a list, page by page; `path` may have a query. */
export async function* itemsOf(at: CartageAt, path: string): AsyncGenerator<Shown> {
  for (let cursor: unknown = ''; typeof cursor === 'string';) {
    const more = new URLSearchParams({ ...(cursor === '' ? {} : { cursor }), limit: '200' });
    const { status, body } = await answerOf(at, ['GET', `${path}${path.includes('?') ? '&' : '?'}${more}`]);
    const { items, next } = requireDone(status, body);
    if (!Array.isArray(items)) throw stranger(status);
    yield* items as readonly Shown[];
    cursor = next;
  }
}
