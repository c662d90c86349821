import { request as askPlainly, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as askSealed } from 'node:https';
import { isIP } from 'node:net';
import { hostOf, type AddressGuard } from './public-address';

export interface GuardedPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** All of it: name, connection, request and answer. */
  readonly timeoutMs: number;
  /** No more than so many bytes of the answer are read. */
  readonly mostBytes: number;
  readonly signal: AbortSignal;
}

export interface PostAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** As much of it as may be read. */
  readonly body: string;
}

/** Reads the body as far as it may, and does not wait for the rest. */
const bodyOf = async (response: IncomingMessage, mostBytes: number): Promise<string> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= mostBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, mostBytes).toString('utf8');
};

const responseTo = (request: ClientRequest, body: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    request.once('response', resolve);
    // Not once: what fails after the answer has begun is told to whoever reads it, and here again.
    request.on('error', reject);
    // All that Node says of an answer that is none, such as `101 Switching Protocols`; after an answer nobody listens any more.
    request.once('close', () => reject(new Error('The connection was closed without an answer.')));
    request.end(body);
  });

/**
 * Posts to an address that a stranger has chosen. It goes to an address that the guard allows, each time anew and over a connection of its own; redirects are answers like others and are not
 * followed; time and size are bounded. Whatever answers is an answer; who does not answer is thrown.
 */
export const guardedPost = async (
  guard: AddressGuard,
  { url, headers, body, timeoutMs, mostBytes, signal }: GuardedPost,
): Promise<PostAnswer> => {
  const target = new URL(url);
  const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  // A host that is an address itself is not looked up by Node; a name is, within the time.
  if (isIP(hostOf(target)) !== 0) await guard.addressesOf(hostOf(target));
  const ask = target.protocol === 'https:' ? askSealed : askPlainly;
  const sent = { 'content-length': String(Buffer.byteLength(body)), ...headers };
  const request = ask(target, { method: 'POST', agent: false, headers: sent, lookup: guard.lookup, signal: within });
  try {
    const response = await responseTo(request, body);
    return { status: response.statusCode ?? 0, headers: response.headers, body: await bodyOf(response, mostBytes) };
  } finally {
    request.destroy();
  }
};
