import { codeFault, identifierFault, isKeepable, limits, normalised } from './input';

describe('what comes in', () => {
  it('is compared without blanks around it and in one Unicode form', () => {
    expect(normalised(' P10-RED ')).toBe('P10-RED');
    expect(normalised('P10-CAFE\u0301')).toBe('P10-CAF\u00c9');
  });

  it.each(['01234', '1e3', 'P10/CD/12 #1?50%é😀', 'constructor', '__proto__', '王'])('takes %s as an identifier', (text) =>
    expect(identifierFault(text, limits.sku)).toBeUndefined(),
  );

  it.each([
    ['', 'must not be empty'],
    ['x'.repeat(129), 'must be at most 128 characters long'],
    ['a\nb', 'must not hold control characters, line breaks or halves of characters'],
    ['\ud800', 'must not hold control characters, line breaks or halves of characters'],
  ])('refuses %j and says why', (text, why) => expect(identifierFault(text, limits.sku)).toBe(why));

  it('keeps whole characters only, and no NUL', () => {
    expect(isKeepable('line one\nline two 😀')).toBe(true);
    expect(isKeepable('a\0b')).toBe(false);
    expect(isKeepable('\ude00')).toBe(false);
  });

  it('knows a code', () => {
    expect(codeFault('LDN-1')).toBeUndefined();
    for (const text of ['', ' x', '-x', 'a/b', 'x'.repeat(65)]) expect(codeFault(text)).toContain('must be 1 to 64');
  });
});
