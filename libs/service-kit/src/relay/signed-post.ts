import type { Clock, FieldError } from '@cartage/eventsourcing';
import { isFields, type Fields } from '../fields';
import { webhookHeaders } from '../http/standard-webhook';
import { announcingTrace } from '../tracing/outgoing';
import { asked, refusedByReceiver, type HttpAnswer } from './asked';

/** Where signed JSON is posted. */
export interface SignedReceiver {
  readonly url: string;
  /** base64: what is posted is signed with it. */
  readonly token: string;
  readonly clock: Clock;
  /** Of what it refuses for good. */
  readonly refusedAs: string;
}

const bodyOf = ({ body }: HttpAnswer): Fields => {
  try {
    const parsed: unknown = JSON.parse(body);
    return isFields(parsed) ? parsed : {};
  } catch {
    return {};
  }
};

const textOf = (from: Fields, name: string): string | undefined => {
  const value = from[name];
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
};

/** One fault as a receiver writes it, in whatever is missing of it. */
export const faultIn = (from: unknown): FieldError => {
  const fields = isFields(from) ? from : {};
  return {
    field: textOf(fields, 'field') ?? 'body',
    code: textOf(fields, 'code') ?? 'INVALID',
    message: textOf(fields, 'message') ?? 'It is not taken.',
  };
};

/** As a problem (RFC 9457) with `errors`, or at least its status. */
const faultsIn = (answer: HttpAnswer): readonly FieldError[] => {
  const body = bodyOf(answer);
  const faults = Array.isArray(body['errors']) ? body['errors'].filter(isFields).map(faultIn) : [];
  const message = textOf(body, 'detail') ?? textOf(body, 'title') ?? `It answers HTTP ${answer.status}.`;
  return faults.length > 0 ? faults : [{ field: 'body', code: `HTTP_${answer.status}`, message }];
};

/**
 * Posts JSON, signed as Standard Webhooks has it, and answers with what the receiver says. The same id however often it is posted: by it the receiver knows a repeat,
 * which is answered as the first was; and by `traceparent` the trace that it is part of, where there is one.
 */
export const signedPost = async ({ url, token, clock, refusedAs }: SignedReceiver, id: string, message: object): Promise<Fields> => {
  const body = JSON.stringify(message);
  const headers = { 'content-type': 'application/json', ...webhookHeaders(token, id, { body, now: clock.now() }) };
  const answer = await announcingTrace(() => asked(url, { method: 'POST', headers, body }, () => clock.now()));
  if (answer.status >= 200 && answer.status < 300) return bodyOf(answer);
  throw refusedByReceiver(refusedAs, faultsIn(answer));
};
