import { codeOf } from './verdict';

describe('the exit code of a program that checks', () => {
  it.each([
    ['everything holds', [{ of: 3, wrong: 0 }], 0],
    [
      'something holds, and of something else there was none',
      [
        { of: 3, wrong: 0 },
        { of: 0, wrong: 0 },
      ],
      0,
    ],
    [
      'something is wrong',
      [
        { of: 3, wrong: 0 },
        { of: 2, wrong: 1 },
      ],
      1,
    ],
    ['there was nothing to look at', [{ of: 0, wrong: 0 }], 1],
    ['nothing was checked', [], 1],
  ])('where %s', (_, verdicts, code) => expect(codeOf(verdicts)).toBe(code));
});
