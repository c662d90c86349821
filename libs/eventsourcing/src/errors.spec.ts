import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { codeOf, isError, messageOf, stackOf } from './errors';

const thrownBy = (work: () => unknown): unknown => {
  try {
    work();
  } catch (thrown) {
    return thrown;
  }
  throw new Error('Nothing was thrown.');
};

describe.each([
  ['this realm', () => Object.assign(new RangeError('too far'), { code: 'FAR' })],
  ['another realm', () => runInNewContext(`Object.assign(new RangeError('too far'), { code: 'FAR' })`) as unknown],
])('an error of %s', (_, made) => {
  it('is an error, with its message, code and stack', () => {
    const error = made();
    expect(isError(error)).toBe(true);
    expect(messageOf(error)).toBe('too far');
    expect(codeOf(error)).toBe('FAR');
    expect(stackOf(error)).toMatch(/^RangeError: too far\n {4}at /);
  });
});

it('knows the errors of Node itself, which under Jest are of another realm', () => {
  const error = thrownBy(() => readFileSync('/nowhere/at/all'));
  expect(isError(error)).toBe(true);
  expect(codeOf(error)).toBe('ENOENT');
  expect(messageOf(error)).toContain('no such file or directory');
});

it('says the code, or else the name, of an error without a message', () => {
  expect(messageOf(Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }))).toBe('ECONNREFUSED');
  expect(messageOf(new AggregateError([]))).toBe('AggregateError');
});

it.each([undefined, null, 'text', 7, {}, { message: 'no name' }])('does not take %p for an error, and can still say it', (thrown) => {
  expect(isError(thrown)).toBe(false);
  expect(codeOf(thrown)).toBeUndefined();
  expect(messageOf(thrown)).toBe(String(thrown));
  expect(stackOf(thrown)).toBe(String(thrown));
});
