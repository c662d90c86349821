import { createReadStream } from 'node:fs';
import { request as overHttp, type IncomingMessage } from 'node:http';
import { request as overHttps } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import { once } from 'node:events';
import { isAway } from '@cartage/eventsourcing';
import type { UploadType } from '@cartage/service-kit';
import { answerOf, callerHeaders, fieldsOf, nobody, requireDone, stranger, type CartageAt, type Shown } from '../client/client';
import type { Receive } from './stock';

/** Sends a file as it is read, however long that takes. */
export const sendFile = async (
  at: CartageAt,
  { path, file, type, key }: { readonly path: string; readonly file: string; readonly type: UploadType; readonly key: string },
): Promise<Shown> => {
  const headers = { 'content-type': type, 'idempotency-key': key, ...callerHeaders(at) };
  const request = at.url.startsWith('https:') ? overHttps : overHttp;
  const sent = request(`${at.url}${path}`, { method: 'POST', headers });
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
  const [answer, sending] = await Promise.allSettled([answered, pipeline(createReadStream(file), sent)]);
  if (answer.status === 'rejected') throw isAway(answer.reason) ? nobody(at, answer.reason) : answer.reason;
  const [message] = answer.value;
  const status = message.statusCode ?? 0;
  const body = jsonIn(await text(message));
  // Who refuses a file may do so before it is all there, and hang up.
  const fields = requireDone(status, body);
  if (sending.status === 'rejected') throw sending.reason;
  if (body === undefined) throw stranger(status);
  return fields;
};

const jsonIn = (said: string): unknown => {
  try {
    return JSON.parse(said) as unknown;
  } catch {
    // It is somebody else's page: its status says what there is to say.
    return undefined;
  }
};

type Faults = Awaited<ReturnType<Receive>>;

/** Books a receipt; what is wrong with it is answered, everything else is trouble. */
export const receivingAt =
  (at: CartageAt): Receive =>
  async (lines, key) => {
    const sent = { location: lines[0]?.location, reference: 'import', lines: lines.map(({ sku, quantity }) => ({ sku, quantity })) };
    const { status, body } = await answerOf(at, ['POST', '/inventory/receipts'], { body: sent, headers: { 'idempotency-key': key } });
    if (status !== 422) return requireDone(status, body) && [];
    const { errors, detail } = fieldsOf(body) as { readonly errors?: Faults; readonly detail?: string };
    return errors && errors.length > 0 ? errors : [{ field: '', message: detail ?? '' }];
  };
