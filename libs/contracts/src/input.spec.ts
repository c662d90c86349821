import {
  codeFault,
  codeKind,
  identifierFault,
  identifierOf,
  isKeepable,
  limits,
  lineOf,
  linesOf,
  normalised,
  textFault,
  type TextKind,
} from './input';

const codeOf = (kind: TextKind, text: string): string | undefined => textFault(kind, normalised(text))?.code;
const sku = identifierOf(limits.sku);

describe('an identifier', () => {
  it.each([
    '01234',
    '1e3',
    'P10/CD/12 #1?50%é😀',
    '8144239687123459',
    'constructor',
    '__proto__',
    '王',
    '👨‍👩‍👧',
    'क्‍ष',
    'x'.repeat(128),
    '😀'.repeat(128),
  ])('may be %j', (text) => expect([codeOf(sku, text), identifierFault(text, limits.sku)]).toEqual([undefined, undefined]));

  it.each<[string, string, string]>([
    ['nothing', '', 'REQUIRED'],
    ['blanks', ' \t ', 'REQUIRED'],
    ['129 characters', 'x'.repeat(129), 'TOO_LONG'],
    ['129 characters of two halves each', '😀'.repeat(129), 'TOO_LONG'],
    ['two lines', 'a\nb', 'CHARACTER_REFUSED'],
    ['NUL', 'a\0b', 'CHARACTER_REFUSED'],
    ['half a character', 'a\ud800', 'CHARACTER_REFUSED'],
    ['what nobody sees', 'MUG\u200b1', 'CHARACTER_REFUSED'],
    ['what turns the direction of reading', 'MUG\u202e1', 'CHARACTER_REFUSED'],
    ['a separator of lines', 'a\u2028b', 'CHARACTER_REFUSED'],
  ])('may not be %s', (_, text, code) => expect(codeOf(sku, text)).toBe(code));

  it('is one, however it was typed, but for its case', () => {
    expect(normalised(' P10-RED ')).toBe('P10-RED');
    expect(normalised('P10-CAFE\u0301')).toBe('P10-CAF\u00c9');
    expect(normalised('p10-red')).not.toBe(normalised('P10-RED'));
  });

  it('says why it is none', () => {
    expect(identifierFault('', limits.sku)).toBe('must not be empty');
    expect(identifierFault('x'.repeat(129), limits.sku)).toBe('must be at most 128 characters long');
    expect(identifierFault('a\nb', limits.sku)).toContain('must not hold control characters');
  });
});

describe('a code', () => {
  it.each(['LDN-1', 'web', 'marketplace_x', '3pl.north'])('may be %s', (code) =>
    expect([codeOf(codeKind, code), codeFault(code)]).toEqual([undefined, undefined]),
  );
  it.each(['-a', 'a b', 'é', 'a/b'])('may not be %s', (code) => expect(codeOf(codeKind, code)).toBe('CODE_INVALID'));
  it('has 64 characters at most', () => expect(codeOf(codeKind, 'x'.repeat(65))).toBe('TOO_LONG'));
  it('says what it must be, whatever is wrong', () => {
    for (const text of ['', ' x', '-x', 'a/b', 'x'.repeat(65)]) expect(codeFault(text)).toContain('must be 1 to 64');
  });
});

describe('free text', () => {
  it('of one line has no line breaks, of several may', () => {
    expect(codeOf(lineOf(10), 'a\nb')).toBe('CHARACTER_REFUSED');
    expect(codeOf(linesOf(10), 'a\r\n\tb')).toBeUndefined();
    expect(codeOf(linesOf(10), 'a\u0007b')).toBe('CHARACTER_REFUSED');
    expect(codeOf(linesOf(10), 'a\udc00b')).toBe('CHARACTER_REFUSED');
  });

  it.each(['Seán O’Brien-Ñuñez "Jr."', '王小明', 'محمد\u200f الأحمد', 'Null'])('may be %s', (name) =>
    expect(codeOf(lineOf(100), name)).toBeUndefined(),
  );
});

describe('what can be kept', () => {
  it.each([
    ['', true],
    ['line one\nline two 😀\u0007', true],
    ['a\0b', false],
    ['\ud800', false],
    ['\udc00\ud800', false],
  ])('%j: %s', (text, can) => expect(isKeepable(text)).toBe(can));
});
