import { textIn } from './address-text';

describe('a text in an address', () => {
  it.each([
    ['MUG', 'MUG'],
    [1001, '1001'],
    [true, 'true'],
  ])('%j is %s, whatever the router took it for', (value, text) => expect(textIn(value)).toBe(text));

  it.each([undefined, null, '', '  ', {}, ['a'], 'x'.repeat(201)])('%j is none', (value) => expect(textIn(value)).toBeUndefined());

  it('may be no longer than who reads it takes', () => expect([textIn('abc', 3), textIn('abcd', 3)]).toEqual(['abc', undefined]));
});
