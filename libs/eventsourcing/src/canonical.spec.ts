import { canonicalJson } from './canonical';

describe('canonical JSON', () => {
  it('is the same whatever order the fields came in, at any depth', () =>
    expect(canonicalJson({ b: [{ d: 1, c: null }], a: 'x' })).toBe(canonicalJson(JSON.parse('{"a":"x","b":[{"c":null,"d":1}]}'))));

  it('tells apart what differs: the order of a list, a type, a field that is null and one that is missing', () => {
    const texts = [[1, 2], [2, 1], { a: 1 }, { a: '1' }, { a: null }, {}, null].map(canonicalJson);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('takes any names, those of objects’ own machinery too, and nothing at all', () => {
    const odd = '{"__proto__":{"x":1},"constructor":2}';
    expect(canonicalJson(JSON.parse(odd))).toBe(odd);
    expect(canonicalJson(undefined)).toBe('');
  });
});
