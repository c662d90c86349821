import { idFor } from '../ids';
import { commandMetaOf, requestMetaOf } from './request-meta';

type Request = Parameters<typeof commandMetaOf>[0];

const request = (headers: Request['headers'] = {}, rest: Partial<Request> = {}): Request => ({
  id: 'c-1',
  method: 'POST',
  url: '/orders',
  body: { lines: [1], currency: 'GBP' },
  params: {},
  headers: { 'idempotency-key': 'k-1', ...headers },
  ...rest,
});

describe('the meta of a command', () => {
  it('takes its command id from the Idempotency-Key, and says who asked', () =>
    expect(commandMetaOf(request({ 'cartage-actor': 'user:7' }))).toEqual({
      commandId: idFor('command', 'user:7', '', 'k-1'),
      correlationId: 'c-1',
      actor: 'user:7',
      fingerprint: expect.stringMatching(/^[\w-]{43}$/),
    }));

  it('takes the key in quotes as the IETF draft writes it', () =>
    expect(commandMetaOf(request({ 'idempotency-key': '"k-1"' })).commandId).toBe(commandMetaOf(request()).commandId));

  it('does not take one caller’s key for another’s, nor that for one channel for that for another', () => {
    const ids = [
      request(),
      request({ 'cartage-actor': 'user:7' }),
      request({}, { body: { channel: 'web' } }),
      request({}, { body: { channel: 'pos' } }),
      request({}, { params: { channel: 'mx' } }),
    ].map((each) => commandMetaOf(each).commandId);
    expect(new Set(ids).size).toBe(5);
  });

  it('is that of the channel, wherever it is named', () =>
    expect(commandMetaOf(request({}, { body: { channel: ' web' } })).commandId).toBe(
      commandMetaOf(request({}, { params: { channel: 'web' } })).commandId,
    ));

  it('carries the trace of the caller, but only a well-formed one', () => {
    const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    expect(commandMetaOf(request({ traceparent: trace })).traceparent).toBe(trace);
    expect(commandMetaOf(request({ traceparent: 'x' }))).not.toHaveProperty('traceparent');
  });

  it.each([
    ['is missing', { 'idempotency-key': undefined }, 'IDEMPOTENCY_KEY_REQUIRED'],
    ['is empty', { 'idempotency-key': ' ' }, 'IDEMPOTENCY_KEY_REQUIRED'],
    ['has blanks', { 'idempotency-key': 'a b' }, 'IDEMPOTENCY_KEY_INVALID'],
    ['is endless', { 'idempotency-key': 'k'.repeat(201) }, 'IDEMPOTENCY_KEY_INVALID'],
    ['comes from a nameless actor', { 'cartage-actor': 'a\u0007' }, 'ACTOR_INVALID'],
  ])('is refused when the key %s', (_, headers, code) =>
    expect(() => commandMetaOf(request(headers))).toThrow(expect.objectContaining({ code, kind: 'invalid' })),
  );

  it('makes up a key for a request that may be repeated by its nature', () => {
    const meta = requestMetaOf(request({ 'idempotency-key': undefined }));
    expect(meta.commandId).toMatch(/^[\da-f-]{36}$/);
    expect(requestMetaOf(request()).commandId).toBe(commandMetaOf(request()).commandId);
  });
});

describe('the fingerprint of a request', () => {
  const fingerprint = (rest: Partial<Request>): string | undefined => commandMetaOf(request({}, rest)).fingerprint;

  it('is the same for the same request, whatever asks for a preview or a language', () =>
    expect(fingerprint({ url: '/orders?preview=true' })).toBe(fingerprint({})));

  it('is the same for the same fields in another order', () =>
    expect(fingerprint({ body: { currency: 'GBP', lines: [1] } })).toBe(fingerprint({ body: { lines: [1], currency: 'GBP' } })));

  it.each<[string, Partial<Request>]>([
    ['body', { body: { lines: [2] } }],
    ['path', { url: '/orders/1/cancellations' }],
    ['method', { method: 'PUT' }],
    ['missing body', { body: undefined }],
  ])('is another one for another %s', (_, rest) => expect(fingerprint(rest)).not.toBe(fingerprint({})));
});
