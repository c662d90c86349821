import { keyReader, type Pressed } from './shortcuts';

const press = (key: string, more: Partial<Pressed> = {}): Pressed => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...more });

describe('a key', () => {
  it('does what it stands for, with Ctrl as with ⌘', () => {
    const read = keyReader();
    expect(read(press('j'), false, 0)).toBe('next');
    expect(read(press('?'), false, 1)).toBe('help');
    expect(read(press('k', { ctrlKey: true }), false, 2)).toBe('palette');
    expect(read(press('K', { metaKey: true }), false, 3)).toBe('palette');
    expect(read(press('x'), false, 4)).toBeUndefined();
  });

  it('is a letter where somebody writes, unless it is pressed with Ctrl', () => {
    const read = keyReader();
    expect(read(press('j'), true, 0)).toBeUndefined();
    expect(read(press('k', { ctrlKey: true }), true, 1)).toBe('palette');
  });

  it('may begin what the next one ends, if that comes soon', () => {
    const read = keyReader();
    expect([read(press('g'), false, 0), read(press('o'), false, 2_500)]).toEqual([undefined, 'orders']);
    expect([read(press('g'), false, 5_000), read(press('h'), false, 9_000)]).toEqual([undefined, undefined]);
  });

  it('with Alt is the browser’s', () => expect(keyReader()(press('j', { altKey: true }), false, 0)).toBeUndefined());
});
