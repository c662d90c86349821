import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { differenceOf, isTolerable, wordsFor } from './comparing';
import { pngOf } from './palette';

const STORED = join(__dirname, 'stored');
const MOST_BYTES = 1_500_000;

type Colour = readonly [number, number, number];
interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const stored = (name: string): PNG => PNG.sync.read(readFileSync(join(STORED, `${name}.png`)));
const cropped = (picture: PNG, { left, top, width, height }: Area): PNG => {
  const part = new PNG({ width, height });
  PNG.bitblt(picture, part, left, top, width, height, 0, 0);
  return part;
};
const copyOf = ({ width, height, data }: PNG): PNG => Object.assign(new PNG({ width, height }), { data: Buffer.from(data) });

const drawn = (picture: PNG, colourOf: (x: number, y: number, before: Colour) => Colour): PNG => {
  const copy = copyOf(picture);
  for (let pixel = 0; pixel < picture.width * picture.height; pixel += 1) {
    const [red = 0, green = 0, blue = 0] = picture.data.subarray(pixel * 4, pixel * 4 + 3);
    const after = colourOf(pixel % picture.width, Math.floor(pixel / picture.width), [red, green, blue]);
    copy.data.set([...after, 255], pixel * 4);
  }
  return copy;
};

const isIn = ({ left, top, width, height }: Area, x: number, y: number): boolean =>
  x >= left && x < left + width && y >= top && y < top + height;

const filled = (picture: PNG, area: Area, colour: Colour): PNG => drawn(picture, (x, y, before) => (isIn(area, x, y) ? colour : before));

/** Whatever is in the area stands so far to the right of it, and where it stood there is what was there. */
const moved = (picture: PNG, area: Area, by: number): PNG =>
  drawn(picture, (x, y, before) => {
    if (!isIn({ ...area, left: area.left + by }, x, y)) return before;
    const from = (y * picture.width + x - by) * 4;
    const [red = 0, green = 0, blue = 0] = picture.data.subarray(from, from + 3);
    return [red, green, blue];
  });

const WHITE: Colour = [255, 255, 255];
const plain = filled(new PNG({ width: 200, height: 120 }), { left: 0, top: 0, width: 200, height: 120 }, WHITE);

/** A dark disc whose edge is smoothed, as the bow of a letter is. */
const disc = (centre: number): PNG =>
  drawn(plain, (x, y) => {
    const covered = Math.min(1, Math.max(0, 30 - Math.hypot(x - centre, y - 60) + 0.5));
    const grey = Math.round(255 - covered * 220);
    return [grey, grey, grey];
  });

const isSame = (one: PNG, other: PNG): boolean => isTolerable(differenceOf(one, other));

describe('two pictures of a page', () => {
  const orders = cropped(stored('orders-light'), { left: 190, top: 200, width: 640, height: 300 });

  it('are the same where nothing is other than the edges of letters', () => {
    expect(isSame(disc(100), disc(100.5))).toBe(true);
    expect(isSame(disc(100), disc(101))).toBe(true);
    const darker = drawn(orders, (_x, _y, colour) =>
      Math.min(...colour) > 235 ? colour : (colour.map((part) => Math.max(0, part - 10)) as unknown as Colour),
    );
    expect(isSame(orders, darker)).toBe(true);
  });

  it('are the same where one is stored in fewer colours', () => {
    const reduced = PNG.sync.read(pngOf(disc(100)));
    expect(differenceOf(disc(100), reduced)).toMatchObject({ share: 0, shareOfSquare: 0 });
  });

  it('are others where something stands elsewhere', () => {
    expect(isSame(disc(100), disc(108))).toBe(false);
    expect(isSame(orders, moved(orders, { left: 20, top: 60, width: 300, height: 200 }, 8))).toBe(false);
  });

  it('are others where a part is missing', () => {
    expect(isSame(orders, filled(orders, { left: 0, top: 150, width: 300, height: 100 }, WHITE))).toBe(false);
  });

  it('are others where a mark has another colour, pale as it is', () => {
    const mark: Area = { left: 40, top: 40, width: 60, height: 18 };
    expect(isSame(filled(plain, mark, [253, 238, 214]), filled(plain, mark, [227, 238, 251]))).toBe(false);
    expect(isSame(filled(plain, mark, [253, 238, 214]), plain)).toBe(false);
  });

  it('are others where they are not as large', () => {
    expect(isSame(plain, new PNG({ width: 200, height: 121 }))).toBe(false);
  });

  it('are told apart in words, and in a picture', () => {
    const difference = differenceOf(plain, filled(plain, { left: 0, top: 0, width: 20, height: 12 }, [0, 0, 0]));
    expect(wordsFor('orders.png', difference)).toContain('orders.png: 1.00 % of its pixels differ');
    expect([...difference.picture().data.subarray(0, 3)]).toEqual([214, 31, 45]);
    expect([...difference.picture().data.subarray(30 * 4, 30 * 4 + 3)]).toEqual([255, 255, 255]);
  });
});

it('stores pictures that are small', () => {
  const bytes = readdirSync(STORED).reduce((sum, file) => sum + statSync(join(STORED, file)).size, 0);
  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThan(MOST_BYTES);
});
