import { Away, Refused, Throttled, type FieldError } from '@cartage/eventsourcing';

const TIMEOUT_MS = 30_000;
/** Where a receiver that has had enough does not say for how long. */
const THROTTLED_MS = 2_000;

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** `Retry-After`: seconds, or a date. */
const retryAfterMs = (value: string | null, now: Date): number => {
  if (value === null) return THROTTLED_MS;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(value) - now.getTime();
  return Number.isFinite(ms) ? Math.max(ms, 0) : THROTTLED_MS;
};

/** Who it is that does not answer goes into logs and health: its host, never its path or its keys. */
const hostOf = (url: string): string => new URL(url).host;

/** Where a receiver that has had enough says in a way of its own for how long, in milliseconds. */
type RestOf = (headers: Headers) => number | undefined;

/**
 * Asks a receiver outside. What it has to say about the request comes back; that it is not there, does not let us in, or has had enough is thrown: it is waited for,
 * since somebody is at work on it, and what we want to tell is not at fault.
 */
export const asked = async (url: string, init: RequestInit, now: () => Date, restOf: RestOf = () => undefined): Promise<HttpAnswer> => {
  const answer = await answered(url, init);
  if (answer.status === 429)
    throw new Throttled(
      `${hostOf(url)} has had enough for now.`,
      restOf(answer.headers) ?? retryAfterMs(answer.headers.get('retry-after'), now()),
    );
  if (answer.status === 401 || answer.status === 403) throw new Away(`${hostOf(url)} does not let us in: HTTP ${answer.status}.`);
  if (answer.status >= 500 || answer.status === 408) throw new Away(`${hostOf(url)} answers HTTP ${answer.status}.`);
  return answer;
};

/** No answer that anybody needs is longer: as long as a request may be. */
const MOST_BYTES = 16 * 1024 * 1024;

/** What an answer says; nothing, where it says more than so many bytes: then no more of it is read. */
export const textOfAnswer = async (response: Response, mostBytes: number): Promise<string | undefined> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
};

const answered = async (url: string, init: RequestInit): Promise<HttpAnswer> => {
  try {
    const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    const body = await textOfAnswer(response, MOST_BYTES);
    if (body === undefined) throw new Error(`The answer is longer than ${MOST_BYTES} bytes.`);
    return { status: response.status, headers: response.headers, body };
  } catch (error) {
    throw new Away(`${hostOf(url)} does not answer.`, { cause: error });
  }
};

/** What a receiver refuses for good, in its own words. */
export const refusedByReceiver = (code: string, faults: readonly FieldError[]): Refused =>
  new Refused(code, faults.map(({ field, message }) => `${field}: ${message}`).join(' '), 'invalid', faults);
