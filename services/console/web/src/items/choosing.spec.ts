import { pressed, type Offered } from './choosing';

const offered: Offered = { isOpen: true, count: 3, at: undefined };
const press = (key: string, of: Partial<Offered> = {}, isForOthers = false) => pressed({ key, isForOthers }, { ...offered, ...of });

describe('a box with items beneath it', () => {
  it('is gone through around both ends, beginning at its nearer end', () =>
    expect([press('ArrowDown'), press('ArrowUp'), press('ArrowDown', { at: 2 }), press('ArrowUp', { at: 0 })]).toEqual([
      { do: 'go', at: 0 },
      { do: 'go', at: 2 },
      { do: 'go', at: 0 },
      { do: 'go', at: 2 },
    ]));

  it('gives what the arrow keys are at, and closes', () => {
    expect(press('Enter', { at: 1 })).toEqual({ do: 'take', at: 1 });
    expect(press('Escape')).toEqual({ do: 'close' });
  });

  it('leaves to the form around it what is not about its list', () => {
    for (const now of [{}, { isOpen: false, at: 1 }, { count: 0, at: 1 }]) expect(press('Enter', now)).toBeUndefined();
    for (const key of ['Escape', 'ArrowDown']) expect(press(key, { isOpen: false })).toBeUndefined();
    expect([press('a'), press('Enter', { at: 1 }, true), press('ArrowDown', {}, true)]).toEqual([undefined, undefined, undefined]);
  });
});
