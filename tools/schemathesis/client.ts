import { awaited } from '../simulator/patience';

export type Json = Readonly<Record<string, unknown>>;

let bearer: Readonly<Record<string, string>> = {};

/** From here on whatever is asked is asked with this token: one program has one caller. */
export const askAs = (token: string): void => {
  bearer = { authorization: `Bearer ${token}` };
};

/** Reads a path of a running Cartage. */
export type Reader = (path: string, options?: { readonly mayLack?: boolean }) => Promise<Json>;

export const readerOf =
  (url: string): Reader =>
  async (path, { mayLack = false } = {}) => {
    const answer = await fetch(`${url}${path}`, { headers: bearer });
    if (answer.status === 404 && mayLack) return {};
    if (!answer.ok) throw new Error(`GET ${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Json;
  };

/** How a path is answered, whatever it answers. */
export const statusOf = async (url: string): Promise<number> => {
  const answer = await fetch(url, { headers: bearer });
  await answer.arrayBuffer();
  return answer.status;
};

/** Writes to a running Cartage, and answers with what it says. */
export const write = async (
  method: string,
  url: string,
  body: object,
  { type = 'application/json', key = url, headers = {} }: { readonly type?: string; readonly key?: string; readonly headers?: object } = {},
): Promise<Json> => {
  const all = { ...bearer, 'content-type': type, 'idempotency-key': key, ...headers };
  const answer = await fetch(url, { method, headers: all, body: JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}: ${text}`);
  return text === '' ? {} : (JSON.parse(text) as Json);
};

/** The first item of a list, as soon as there is one. */
export const listed = (url: string, list: string): Promise<Json> =>
  awaited(`something in ${list}`, async () => ((await readerOf(url)(list)) as { readonly items: readonly Json[] }).items[0]);
