import { idFor, newId } from './ids';

describe('ids', () => {
  it('made of the same parts are the same for ever', () =>
    expect(idFor('order', 'web', '1001')).toBe('effbc161-e5f6-5de3-a245-2d1213e60bb2'));

  it('keep their parts apart', () => expect(idFor('order', 'a', 'bc')).not.toBe(idFor('order', 'ab', 'c')));

  it('that are new sort by time', () => {
    const ids = Array.from({ length: 100 }, newId);
    expect([...ids].sort()).toEqual(ids);
  });
});
