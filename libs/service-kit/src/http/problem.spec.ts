import { Refused, TooContended, type RefusalKind } from '@cartage/eventsourcing';
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

  it.each([new Error('password=hunter2'), { statusCode: 503, message: 'hunter2' }, 'hunter2', undefined])(
    'that is a fault of ours tells nothing of our inside',
    (fault) => {
      const problem = problemOf(fault, 'c-1');
      expect(problem).toMatchObject({ status: 500, code: 'FAULT', correlationId: 'c-1' });
      expect(JSON.stringify(problem)).not.toContain('hunter2');
    },
  );
});
