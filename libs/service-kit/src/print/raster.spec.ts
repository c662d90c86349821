import { openFonts } from './fonts';
import { bitmapOf, type Bitmap } from './raster';
import { lineOf, widthOf } from './typesetting';

const fonts = openFonts();
const SIZE = 40;
const isBlack = ({ bits, bytesPerRow }: Bitmap, x: number, y: number): boolean =>
  ((bits[y * bytesPerRow + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) > 0;
const row = (bitmap: Bitmap, y: number): string =>
  Array.from({ length: bitmap.width }, (_, x) => (isBlack(bitmap, x, y) ? '#' : ' ')).join('');

describe('a line in dots', () => {
  it('is as wide as it is typeset, in whole bytes to the row', () => {
    const line = lineOf(fonts, 'Ada');
    const bitmap = bitmapOf(line, SIZE);
    expect(bitmap.width).toBe(Math.ceil(widthOf(line, SIZE)));
    expect(bitmap.bits).toHaveLength(bitmap.bytesPerRow * bitmap.height);
  });

  it('has the hole of an O, and the letters one after the other', () => {
    const middle = Math.round(SIZE * 0.65);
    expect(row(bitmapOf(lineOf(fonts, 'O'), SIZE), middle).trim()).toMatch(/^#+ +#+$/);
    expect(row(bitmapOf(lineOf(fonts, 'HI'), SIZE), SIZE - 2).trim()).toMatch(/^#+ +#+ +#+$/);
  });

  it('stands on its line, and hangs below it only where a letter does', () => {
    const below = (text: string): string => row(bitmapOf(lineOf(fonts, text), SIZE), SIZE + 3).trim();
    expect([below('H'), below('p').length > 0]).toEqual(['', true]);
  });

  it.each(['王', 'مح', 'ก', 'न'])('has %s', (text) => expect(bitmapOf(lineOf(fonts, text), SIZE).bits.some((byte) => byte > 0)).toBe(true));
});
