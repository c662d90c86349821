import { ownValue } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import type { NoticeSource, ProviderFact, ProviderNotice } from '../../app/provider-facts';
import { requireSigned, type Signing } from './signature';

type Fields = Readonly<Record<string, unknown>>;

const MOST = 100;
const isRecord = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

const invalid = (field: string, message: string): Refused =>
  new Refused('WEBHOOK_INVALID', `${field}: ${message}`, 'invalid', [{ field, code: 'WEBHOOK_INVALID', message }]);

/** Reads the fields of one notice, and says which is wrong. */
const reading = (fields: Fields, at: string) => {
  const text = (name: string): string => {
    const value = fields[name];
    if (typeof value === 'string' && value.length > 0 && value.length <= 200) return value;
    throw invalid(`${at}.${name}`, 'must be a text of 1 to 200 characters');
  };
  const optional = <Name extends string, Value>(name: Name, read: (name: string) => Value): Partial<Record<Name, Value>> =>
    fields[name] === undefined ? {} : ({ [name]: read(name) } as Record<Name, Value>);
  const time = (name: string): string => {
    const value = new Date(text(name));
    if (Number.isNaN(value.getTime())) throw invalid(`${at}.${name}`, 'must be an ISO 8601 time with its zone');
    return value.toISOString();
  };
  const amount = (name: string): number => {
    const value = fields[name];
    if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value;
    throw invalid(`${at}.${name}`, 'must be minor units, more than 0');
  };
  return { text, optional, time, amount };
};
type Reading = ReturnType<typeof reading>;

const promiseOf = ({ optional, text }: Reading) => ({
  ...optional('orderId', text),
  ...optional('authorizationId', text),
  ...optional('reference', text),
});

const movedOf = (read: Reading) => ({
  ...promiseOf(read),
  ...{ number: read.text('number'), currency: read.text('currency'), amount: read.amount('amount') },
  ...read.optional('attemptId', read.text),
});

const facts: Readonly<Record<string, (read: Reading) => ProviderFact>> = {
  authorized: (read) => ({
    ...promiseOf(read),
    ...{ kind: 'authorized', reference: read.text('reference') },
    ...read.optional('expiresAt', read.time),
  }),
  declined: (read) => ({ ...promiseOf(read), kind: 'declined', reason: read.text('reason') }),
  ended: (read) => ({ ...promiseOf(read), kind: 'ended' }),
  captured: (read) => ({ ...movedOf(read), kind: 'captured' }),
  refunded: (read) => ({ ...movedOf(read), kind: 'refunded' }),
  'refund-failed': (read) => ({ ...movedOf(read), kind: 'refund-failed', reason: read.text('reason') }),
  disputed: (read) => ({
    kind: 'disputed',
    ...{ reference: read.text('number'), captureReference: read.text('reference'), currency: read.text('currency') },
    ...{ amount: read.amount('amount'), reasonCode: read.text('reason'), openedAt: read.time('at') },
    ...read.optional('respondBy', read.time),
    ...outcomeOf(read),
  }),
};

const outcomeOf = ({ optional, text }: Reading): { readonly outcome?: 'won' | 'lost' } => {
  const { outcome } = optional('outcome', text);
  if (outcome === undefined) return {};
  if (outcome === 'won' || outcome === 'lost') return { outcome };
  throw invalid('outcome', 'must be won or lost');
};

const noticeAt = (notice: unknown, n: number): ProviderNotice => {
  const at = `notices[${n}]`;
  if (!isRecord(notice)) throw invalid(at, 'must be an object');
  const read = reading(notice, at);
  const kind = read.text('kind');
  const factOf = ownValue(facts, kind);
  if (!factOf) throw invalid(`${at}.kind`, `must be one of ${Object.keys(facts).join(', ')}`);
  return { noticeId: read.text('id'), occurredAt: read.time('at'), fact: factOf(read) };
};

const parsed = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    throw invalid('body', 'must be JSON');
  }
};

/**
 * The simulated provider tells `{ "notices": [{ "id", "kind", "at", … }] }`, signed in the header `simulated-signature`: our own vocabulary, so that a bridge to a gateway
 * without an adapter can speak it, too.
 */
export const simulatedNotices = (signing: Signing): NoticeSource => ({
  provider: 'simulated',
  read: ({ headers, rawBody }) => {
    requireSigned(headers['simulated-signature'], rawBody, signing);
    const payload = parsed(rawBody);
    const notices = isRecord(payload) ? payload['notices'] : undefined;
    if (!Array.isArray(notices) || notices.length > MOST) throw invalid('notices', `must be a list of at most ${MOST} notices`);
    return notices.map(noticeAt);
  },
});
