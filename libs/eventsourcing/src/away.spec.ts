import { Away, isAway } from './away';
import { Overloaded } from './coalescing';
import { TooContended } from './handling';
import { Refused } from './refused';

const coded = (code: string, message = 'no'): Error => Object.assign(new Error(message), { code });

describe('what is away', () => {
  it.each([
    ['said so by an adapter', new Away('The carrier does not answer.')],
    ['a queue that is full', new Overloaded('Too much.')],
    ['a stream that others keep winning', new TooContended('Again.')],
    ['a refused connection', coded('ECONNREFUSED')],
    ['a name that cannot be resolved', coded('EAI_AGAIN')],
    ['a database that stops', coded('57P01')],
    ['a database without room', coded('53300')],
    ['a statement that took too long', coded('57014')],
    ['a standby', coded('25006')],
    ['a lost connection without a code', new Error('Connection terminated unexpectedly')],
    ['a request that was given up', Object.assign(new Error('too long'), { name: 'TimeoutError' })],
    ['a broker that may be asked again', Object.assign(new Error('no leader'), { retriable: true })],
    ['an event store without a leader', Object.assign(new Error('no'), { type: 'not-leader' })],
    ['a cause of a cause', new TypeError('fetch failed', { cause: new Error('oh', { cause: coded('UND_ERR_SOCKET') }) })],
  ])('is %s', (_, error) => expect(isAway(error)).toBe(true));

  it.each([
    ['a fault of the program', new TypeError('x is not a function')],
    ['a fault of the program with a code', coded('ERR_INVALID_ARG_TYPE')],
    ['a file that is missing', coded('ENOENT')],
    ['a value that a column cannot take', coded('22P05')],
    ['a broken constraint', coded('23505')],
    ['a refusal', new Refused('ORDER_UNKNOWN', 'No such order.', 'unknown')],
    ['no error at all', 'away'],
    ['nothing', undefined],
  ])('is not %s', (_, error) => expect(isAway(error)).toBe(false));

  it('is told of an error that is its own cause', () => {
    const error = new Error('round');
    error.cause = error;
    expect(isAway(error)).toBe(false);
  });
});
