import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

/** How far the colour of a pixel may be off: another version of the browser draws the edge of a letter a little lighter or darker. */
const COLOUR_TOLERANCE = 0.06;
/** Of all pixels. */
const MOST = 0.004;
/** Of one square: a mark in a wrong colour is next to nothing of a page, and all there is of its square. */
const MOST_OF_SQUARE = 0.45;
const SQUARE = 16;

/** How two pictures differ: all in all, and where they do most. */
export interface Difference {
  readonly share: number;
  readonly shareOfSquare: number;
  /** What was taken, faint, and red where it is not as stored: drawn for whoever wants to see it. */
  readonly picture: () => PNG;
}

type Size = Pick<PNG, 'width' | 'height'>;

/** Which pixels differ, one byte each; nothing where none does. Edges that are smoothed otherwise do not count. */
const differing = (stored: PNG, taken: PNG): Uint8Array | undefined => {
  const { width, height } = stored;
  const mask = new PNG({ width, height });
  const count = pixelmatch(stored.data, taken.data, mask.data, width, height, { threshold: COLOUR_TOLERANCE, diffMask: true });
  if (count === 0) return undefined;
  const marked = new Uint8Array(width * height);
  for (let pixel = 0; pixel < marked.length; pixel += 1) marked[pixel] = mask.data[pixel * 4 + 3] === 0 ? 0 : 1;
  return marked;
};

const countIn = (marked: Uint8Array, { width, height }: Size, [left, top]: readonly [number, number]): number => {
  let count = 0;
  for (let y = top; y < Math.min(top + SQUARE, height); y += 1)
    for (let x = left; x < Math.min(left + SQUARE, width); x += 1) count += marked[y * width + x] ?? 0;
  return count;
};

/** Squares overlap by half, so that nothing small hides on the border of two. */
const mostInSquare = (marked: Uint8Array, size: Size): number => {
  let most = 0;
  for (let top = 0; top < size.height; top += SQUARE / 2)
    for (let left = 0; left < size.width; left += SQUARE / 2) most = Math.max(most, countIn(marked, size, [left, top]));
  return most / (SQUARE * SQUARE);
};

const FAINT = 0.25;
const RED = [214, 31, 45] as const;

const marking = (taken: PNG, marked: Uint8Array): PNG => {
  const picture = new PNG({ width: taken.width, height: taken.height });
  marked.forEach((isOther, pixel) => {
    for (const part of [0, 1, 2]) {
      const faint = 255 - (255 - (taken.data[pixel * 4 + part] ?? 255)) * FAINT;
      picture.data[pixel * 4 + part] = isOther === 1 ? (RED[part] ?? 0) : faint;
    }
    picture.data[pixel * 4 + 3] = 255;
  });
  return picture;
};

const isOfSize = (one: Size, other: Size): boolean => one.width === other.width && one.height === other.height;

export const differenceOf = (stored: PNG, taken: PNG): Difference => {
  if (!isOfSize(stored, taken)) return { share: 1, shareOfSquare: 1, picture: () => taken };
  const marked = differing(stored, taken);
  if (!marked) return { share: 0, shareOfSquare: 0, picture: () => taken };
  const share = marked.reduce((sum, each) => sum + each, 0) / marked.length;
  return { share, shareOfSquare: mostInSquare(marked, stored), picture: () => marking(taken, marked) };
};

/** Whether nobody who looks at the two would say that something is wrong. */
export const isTolerable = ({ share, shareOfSquare }: Difference): boolean => share <= MOST && shareOfSquare <= MOST_OF_SQUARE;

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;

export const wordsFor = (name: string, { share, shareOfSquare }: Difference): string =>
  `${name}: ${percent(share)} of its pixels differ (${percent(MOST)} may), where most do ${percent(shareOfSquare)} (${percent(MOST_OF_SQUARE)} may)`;
