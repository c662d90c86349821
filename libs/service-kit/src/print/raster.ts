import type { GlyphRun } from 'fontkit';
import { widthOf, type Line } from './typesetting';

/*
 * A line of text as black and white dots, for printers that know no fonts but their own. Outlines are flattened and filled row by row by the nonzero rule, as fonts are
 * drawn; a dot is black whose middle is inside.
 */

/** Rows of bits from the top, the leftmost dot of eight being the highest bit; each row in whole bytes. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly bytesPerRow: number;
  readonly bits: Uint8Array;
}

type Point = readonly [x: number, y: number];
type Polygon = readonly Point[];

/** Enough for letters of a few dozen dots. */
const STEPS = 6;

const steps = Array.from({ length: STEPS }, (_, n) => (n + 1) / STEPS);

const between = ([ax, ay]: Point, [bx, by]: Point, t: number): Point => [ax + (bx - ax) * t, ay + (by - ay) * t];

/** De Casteljau: a curve of any degree, by its control points. */
const onCurve = (controls: readonly Point[], t: number): Point => {
  let points = controls;
  while (points.length > 1) points = points.slice(1).map((point, n) => between(points[n] ?? point, point, t));
  return points[0] ?? [0, 0];
};

const pairs = (args: readonly number[]): readonly Point[] =>
  Array.from({ length: args.length / 2 }, (_, n): Point => [args[2 * n] ?? 0, args[2 * n + 1] ?? 0]);

type Commands = GlyphRun['glyphs'][number]['path']['commands'];

/** What a command adds to an outline after its last point. */
const added = (command: Commands[number]['command'], from: Point, points: readonly Point[]): readonly Point[] => {
  if (command === 'closePath') return [];
  return command === 'lineTo' ? points : steps.map((t) => onCurve([from, ...points], t));
};

/** The outlines of a glyph; each is closed. */
const polygonsOf = (commands: Commands, place: (point: Point) => Point): readonly Polygon[] => {
  const polygons: Point[][] = [];
  for (const { command, args } of commands) {
    const points = pairs(args).map(place);
    const polygon = polygons.at(-1);
    if (command === 'moveTo' || !polygon) polygons.push([...points]);
    else polygon.push(...added(command, polygon.at(-1) ?? [0, 0], points));
  }
  return polygons;
};

interface Crossing {
  readonly x: number;
  readonly turn: 1 | -1;
}

/** Where a row crosses an edge, and whether the edge goes down or up. */
const crossingOf = ([ax, ay]: Point, [bx, by]: Point, y: number): Crossing | undefined => {
  if (ay <= y === by <= y) return undefined;
  return { x: ax + ((y - ay) / (by - ay)) * (bx - ax), turn: by > ay ? 1 : -1 };
};

const crossingsAt = (polygons: readonly Polygon[], y: number): readonly Crossing[] =>
  polygons
    .flatMap((polygon) => polygon.flatMap((from, n) => crossingOf(from, polygon[(n + 1) % polygon.length] ?? from, y) ?? []))
    .toSorted((one, other) => one.x - other.x);

class Dots {
  readonly bytesPerRow: number;
  readonly bits: Uint8Array;

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.bytesPerRow = Math.ceil(width / 8);
    this.bits = new Uint8Array(this.bytesPerRow * height);
  }

  fill(polygons: readonly Polygon[]): void {
    for (let row = 0; row < this.height; row += 1) this.fillRow(crossingsAt(polygons, row + 0.5), row);
  }

  private fillRow(crossings: readonly Crossing[], row: number): void {
    let winding = 0;
    crossings.forEach(({ x, turn }, n) => {
      winding += turn;
      const next = crossings[n + 1];
      if (winding !== 0 && next) this.span(row, x, next.x);
    });
  }

  private span(row: number, from: number, to: number): void {
    const last = Math.min(this.width, Math.ceil(to - 0.5));
    for (let x = Math.max(0, Math.ceil(from - 0.5)); x < last; x += 1) {
      const at = row * this.bytesPerRow + (x >> 3);
      this.bits[at] = (this.bits[at] ?? 0) | (0x80 >> (x & 7));
    }
  }
}

/** Below the letters' line there is room for what hangs. */
const HEIGHT = 1.35;

/** A line in letters of so many dots; it begins at the left edge, and its letters stand on a line that is `size` below the top. */
export const bitmapOf = (line: Line, size: number): Bitmap => {
  const dots = new Dots(Math.max(1, Math.ceil(widthOf(line, size))), Math.ceil(size * HEIGHT));
  let pen = 0;
  for (const { font, text } of line.runs) {
    const scale = size / font.unitsPerEm;
    const { glyphs, positions } = font.layout(text);
    glyphs.forEach((glyph, n) => {
      const { xAdvance = 0, xOffset = 0, yOffset = 0 } = positions[n] ?? {};
      const at = pen + xOffset * scale;
      dots.fill(polygonsOf(glyph.path.commands, ([x, y]) => [at + x * scale, size - (y + yOffset) * scale]));
      pen += xAdvance * scale;
    });
  }
  const { width, height, bytesPerRow, bits } = dots;
  return { width, height, bytesPerRow, bits };
};
