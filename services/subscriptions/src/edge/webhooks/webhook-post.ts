import { codeOf, messageOf, type Clock } from '@cartage/eventsourcing';
import { AddressRefused, guardedPost, hostOf, webhookHeaders, type AddressGuard, type PostAnswer } from '@cartage/service-kit';
import type { WebhookPost } from '../../app/webhooks/webhook-post';

export interface WebhookPostNeeds {
  readonly guard: AddressGuard;
  readonly clock: Clock;
  readonly timeoutMs: number;
}

/** What is kept of an answer: enough to see what was wrong. */
const MOST_BYTES = 4_096;
const KEPT_HEADERS = ['content-type', 'location', 'retry-after', 'x-request-id'];
const MOST_OF_HEADER = 500;

/** CloudEvents over HTTP, structured mode. */
const CLOUD_EVENT = 'application/cloudevents+json; charset=utf-8';

/** Postgres keeps no NUL in a text. */
const withoutNul = (text: string): string => text.replaceAll('\0', '\uFFFD');

const keptHeaders = (headers: PostAnswer['headers']): Readonly<Record<string, string>> =>
  Object.fromEntries(
    KEPT_HEADERS.flatMap((name) => {
      const value = [headers[name]].flat().join(', ');
      return value === '' ? [] : [[name, withoutNul(value.slice(0, MOST_OF_HEADER))]];
    }),
  );

const failureOf = (error: unknown, timeoutMs: number): string => {
  if (error instanceof AddressRefused) return error.message;
  if (codeOf(error) === 'ABORT_ERR' || /aborted|timeout/i.test(messageOf(error))) return `no answer within ${timeoutMs / 1_000} s`;
  return codeOf(error) ?? messageOf(error).slice(0, MOST_OF_HEADER);
};

/** As Standard Webhooks has it. The id, the time and the body are signed together. */
export const webhookPost =
  ({ guard, clock, timeoutMs }: WebhookPostNeeds): WebhookPost =>
  async ({ url, id, body, secrets, signal }) => {
    const begun = clock.now();
    const headers = {
      'content-type': CLOUD_EVENT,
      'user-agent': 'Cartage-Webhooks/1',
      ...webhookHeaders(secrets, id, { body, now: begun }),
    };
    const made = () => ({ at: begun.toISOString(), tookMs: clock.now().getTime() - begun.getTime(), url });
    try {
      const answer = await guardedPost(guard, { url, headers, body, timeoutMs, mostBytes: MOST_BYTES, signal });
      return { ...made(), answer: { status: answer.status, headers: keptHeaders(answer.headers), body: withoutNul(answer.body) } };
    } catch (error) {
      return { ...made(), failure: failureOf(error, timeoutMs) };
    }
  };

/** What is wrong with an address, or with where it leads now. */
export const faultOfUrl =
  (guard: AddressGuard) =>
  async (url: string): Promise<string | undefined> => {
    const fault = guard.faultIn(url);
    if (fault !== undefined) return fault;
    const host = hostOf(new URL(url));
    try {
      await guard.addressesOf(host);
      return undefined;
    } catch (error) {
      if (error instanceof AddressRefused) return `${error.message} Name one that can be reached from everywhere.`;
      return `${host} is not found (${codeOf(error) ?? 'no address'}). Name a host that the name service knows.`;
    }
  };
