import { isSameAddress, readViews, withView } from './saved-views';

describe('saved views', () => {
  const held = { name: 'Held', address: { status: 'on-hold' } } as const;

  it('are read as they were kept, without what no list would take', () => {
    expect(readViews(JSON.stringify([held, { name: 'Strange', address: { status: 'lost', late: true } }]))).toEqual([
      held,
      { name: 'Strange', address: { late: true } },
    ]);
  });

  it.each(['no json', '{}', '[1, null, { "name": 7, "address": {} }, { "name": "x" }]', null])('are none where %j was kept', (kept) => {
    expect(readViews(kept)).toEqual([]);
  });

  it('have each name once', () => {
    const again = { name: 'Held', address: { status: 'on-hold', hold: 'fraud' } } as const;
    expect(withView([held], again)).toEqual([again]);
  });

  it('are the same whatever the order of their filters', () => {
    expect(isSameAddress({ status: 'placed', late: true }, { late: true, status: 'placed' })).toBe(true);
    expect(isSameAddress({ status: 'placed' }, {})).toBe(false);
  });
});
