import { createReadStream } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import { once } from 'node:events';
import type { UploadType } from '@cartage/service-kit';
import type { Receive } from './stock';

/** What a person can mend: a file that is not there, an address that nobody answers. */
export class Trouble extends Error {
  override readonly name = 'Trouble';
}

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const answerOf = async (message: IncomingMessage): Promise<Answer> => {
  const body: unknown = JSON.parse(await text(message));
  return { status: message.statusCode ?? 0, body: body as Answer['body'] };
};

const requireDone = ({ status, body }: Answer): Answer['body'] => {
  if (status < 400) return body;
  throw new Trouble(`Cartage answered ${status}: ${String(body['detail'] ?? body['code'] ?? '')}`);
};

/** Sends a file as it is read, however long that takes. */
export const sendFile = async (
  url: string,
  { path, file, type, key }: { readonly path: string; readonly file: string; readonly type: UploadType; readonly key: string },
) => {
  const sent = request(`${url}${path}`, { method: 'POST', headers: { 'content-type': type, 'idempotency-key': key } });
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
  const [[message]] = await Promise.all([answered, pipeline(createReadStream(file), sent)]);
  return requireDone(await answerOf(message));
};

/** All pages of a list. */
export async function* itemsOf(url: string): AsyncGenerator<Readonly<Record<string, unknown>>> {
  for (let cursor: unknown = ''; typeof cursor === 'string';) {
    const answer = await fetch(`${url}?limit=200${cursor && `&cursor=${cursor}`}`);
    const page = requireDone({ status: answer.status, body: (await answer.json()) as Answer['body'] });
    yield* page['items'] as readonly Readonly<Record<string, unknown>>[];
    cursor = page['next'];
  }
}

type Faults = Awaited<ReturnType<Receive>>;

/** Books a receipt; what is wrong with it is answered, everything else is trouble. */
export const receivingAt =
  (url: string): Receive =>
  async (lines, key) => {
    const sent = { location: lines[0]?.location, reference: 'import', lines: lines.map(({ sku, quantity }) => ({ sku, quantity })) };
    const headers = { 'content-type': 'application/json', 'idempotency-key': key };
    const answer = await fetch(`${url}/inventory/receipts`, { method: 'POST', headers, body: JSON.stringify(sent) });
    const body = (await answer.json()) as Answer['body'];
    if (answer.status !== 422) return requireDone({ status: answer.status, body }) && [];
    const errors = body['errors'] as Faults | undefined;
    return errors && errors.length > 0 ? errors : [{ field: '', message: String(body['detail'] ?? '') }];
  };
