import { Overloaded, Refused, TooContended, type RefusalKind } from '@cartage/eventsourcing';
import { NotFoundException, PayloadTooLargeException } from '@nestjs/common';
import { errorCodes } from 'fastify';
import { problemOf } from './problem';

describe('a problem', () => {
  it.each<[RefusalKind, number]>([
    ['conflict', 409],
    ['unknown', 404],
    ['invalid', 422],
    ['stale', 412],
  ])('of the kind %s has the status %d', (kind, status) =>
    expect(problemOf(new Refused('ORDER_EMPTY', 'An order needs a line.', kind), 'c-1')).toEqual({
      type: 'urn:cartage:problem:ORDER_EMPTY',
      title: expect.any(String),
      status,
      code: 'ORDER_EMPTY',
      detail: 'An order needs a line.',
      correlationId: 'c-1',
    }),
  );

  it('names every field that is wrong', () => {
    const errors = [{ field: 'lines[2].quantity', code: 'TOO_SMALL', message: 'at least 1' }];
    expect(problemOf(new Refused('REQUEST_INVALID', 'no', 'invalid', errors), 'c-1')).toHaveProperty('errors', errors);
  });

  it('asks to try again when too many wrote at once', () =>
    expect(problemOf(new TooContended('order-1 changed 12 times'), 'c-1')).toMatchObject({ status: 503, code: 'TOO_CONTENDED' }));

  it('asks to try again later when more is asked than can be done', () =>
    expect(problemOf(new Overloaded('full'), 'c-1')).toMatchObject({ status: 503, code: 'OVERLOADED' }));

  it.each([
    Object.assign(new Error('connect ECONNREFUSED 10.0.0.7'), { code: 'ECONNREFUSED' }),
    Object.assign(new Error('canceling statement due to lock timeout'), { code: '55P03' }),
    new Error('Connection terminated unexpectedly'),
    new Error('query failed', { cause: Object.assign(new Error('the database system is starting up'), { code: '57P03' }) }),
  ])('asks to try again when the database is away: %s', (error) => {
    const problem = problemOf(error, 'c-1');
    expect(problem).toMatchObject({ status: 503, code: 'AWAY' });
    expect(problem.detail).not.toContain(error.message);
  });

  it.each<[string, unknown, number, string]>([
    ['Fastify', new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE(), 413, 'BODY_TOO_LARGE'],
    ['Fastify, of a kind of its own', new errorCodes.FST_ERR_CTP_INVALID_TYPE(), 500, 'FAULT'],
    ['Nest, of an address', new NotFoundException('Cannot GET /secret'), 404, 'ROUTE_UNKNOWN'],
    ['Nest, of another kind', new PayloadTooLargeException('hunter2'), 413, 'REQUEST_REFUSED'],
    ['a connection that broke off', Object.assign(new Error('aborted'), { code: 'ECONNRESET', statusCode: 400 }), 400, 'BODY_MALFORMED'],
  ])('of %s has a code of ours, and not its text', (_, error, status, code) => {
    const problem = problemOf(error, 'c-1');
    expect(problem).toMatchObject({ status, code });
    expect(JSON.stringify(problem)).not.toMatch(/secret|hunter2/);
  });

  it.each([
    new Error('password=hunter2'),
    { statusCode: 503, message: 'hunter2' },
    // A provider's own error: its status is not ours, and its text is not for the caller.
    Object.assign(new Error('hunter2'), { status: 404 }),
    Object.assign(new Error('hunter2'), { statusCode: 422, code: 'card_declined' }),
    'hunter2',
    undefined,
  ])('that is a fault of ours tells nothing of our inside', (fault) => {
    const problem = problemOf(fault, 'c-1');
    expect(problem).toMatchObject({ status: 500, code: 'FAULT', correlationId: 'c-1' });
    expect(JSON.stringify(problem)).not.toContain('hunter2');
  });
});
