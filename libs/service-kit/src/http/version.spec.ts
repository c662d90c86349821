import { answered, ifMatchOf } from './version';

const headersOf = (handled: Parameters<typeof answered>[1]): Record<string, unknown> => {
  const headers: Record<string, unknown> = {};
  answered({ header: (name, value) => (headers[name] = value) }, handled);
  return headers;
};

describe('the answer to a command', () => {
  it('tells the version and where the log stands', () =>
    expect(headersOf({ version: 3, position: 'p3', repeated: false })).toEqual({ ETag: '"3"', 'Cartage-Position': 'p3' }));

  it('tells that it was a repeat', () =>
    expect(headersOf({ version: 3, position: 'p3', repeated: true })).toHaveProperty('Cartage-Repeated', 'true'));

  it('names no position when nothing was ever written', () =>
    expect(headersOf({ version: 0, position: '', repeated: false })).toEqual({ ETag: '"0"' }));
});

describe('If-Match', () => {
  it.each([
    ['"3"', 3],
    ['W/"12"', 12],
    ['*', undefined],
    [undefined, undefined],
  ])('%s means version %s', (value, version) => expect(ifMatchOf({ headers: { 'if-match': value } })).toBe(version));

  it.each(['3', '"three"', '"1", "2"', '"-1"'])('%s is refused', (value) =>
    expect(() => ifMatchOf({ headers: { 'if-match': value } })).toThrow(expect.objectContaining({ code: 'IF_MATCH_INVALID' })),
  );
});
