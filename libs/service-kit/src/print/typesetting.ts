import bidiFactory from 'bidi-js';
import type { Font } from 'fontkit';
import type { Fonts } from './fonts';

/** A part of a line in one font and one direction. */
interface Run {
  readonly text: string;
  readonly font: Font;
  readonly level: number;
}

/** A line as it stands on paper: its runs from left to right. */
export interface Line {
  readonly runs: readonly Run[];
  readonly fromRight: boolean;
}

const bidi = bidiFactory();
const rightToLeft = /[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}\p{sc=Thaana}]/u;
/** What has no script of its own stays in the font of its neighbour, so that it is shaped together with it. */
const neutral = /^[\s\p{P}\p{S}\p{N}\p{M}\u200c\u200d]$/u;

/** Composed; and the Thai vowel am in two parts, so that a tone mark comes to stand above its circle. */
const prepared = (text: string): string => text.normalize('NFC').replace(/([\u0e48-\u0e4b])\u0e33/g, '\u0e4d$1\u0e32');

/** The first character of a text that no font has. */
export const missingIn = (fonts: Fonts, text: string): string | undefined => [...prepared(text)].find((character) => !fonts.of(character));

const has = (font: Font, character: string): boolean => font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0);

const fontFor = (fonts: Fonts, character: string, before: Font | undefined): Font => {
  if (before && neutral.test(character) && has(before, character)) return before;
  const font = fonts.of(character);
  if (!font) throw new Error(`No font has ${JSON.stringify(character)}.`);
  return font;
};

/** In logical order. */
const runsOf = (fonts: Fonts, text: string, levels: Uint8Array): readonly Run[] => {
  const mirrored = bidi.getMirroredCharactersMap(text, levels);
  const runs: Run[] = [];
  let at = 0;
  for (const character of text) {
    const shown = mirrored.get(at) ?? character;
    const last = runs.at(-1);
    const run = { text: shown, font: fontFor(fonts, shown, last?.font), level: levels[at] as number };
    if (last && continues(last, run)) runs[runs.length - 1] = { ...last, text: last.text + shown };
    else runs.push(run);
    at += character.length;
  }
  return runs;
};

const continues = (last: Run, { font, level }: Run): boolean => last.font === font && last.level === level;

/** From left to right: rule L2 of the Unicode bidirectional algorithm, over runs. */
const visual = (logical: readonly Run[]): readonly Run[] => {
  let runs = logical;
  for (let level = Math.max(0, ...logical.map((run) => run.level)); level >= 1; level -= 1) runs = turnedFrom(runs, level);
  return runs;
};

/** Each stretch of runs of at least this level, turned about. */
const turnedFrom = (runs: readonly Run[], level: number): readonly Run[] => {
  const shown: Run[] = [];
  let stretch: Run[] = [];
  for (const run of runs) {
    if (run.level >= level) stretch.push(run);
    else {
      shown.push(...stretch.reverse(), run);
      stretch = [];
    }
  }
  return [...shown, ...stretch.reverse()];
};

/** The shaper turns letters of right-to-left scripts itself; what else stands between them is turned here. */
const turned = (run: Run): Run =>
  run.level % 2 === 1 && !rightToLeft.test(run.text) ? { ...run, text: [...run.text].reverse().join('') } : run;

/** A text on one line; by itself it begins at the side where its first letter does. */
export const lineOf = (fonts: Fonts, raw: string, direction?: 'ltr' | 'rtl'): Line => {
  const text = prepared(raw);
  const { levels, paragraphs } = bidi.getEmbeddingLevels(text, direction);
  return { runs: visual(runsOf(fonts, text, levels)).map(turned), fromRight: paragraphs[0]?.level === 1 };
};

const widthOfRun = ({ font, text }: Run, size: number): number => (font.layout(text).advanceWidth / font.unitsPerEm) * size;

export const widthOf = ({ runs }: Line, size: number): number => runs.reduce((width, run) => width + widthOfRun(run, size), 0);

/** Where a line may be broken: after blanks, and between characters of scripts that are written without any. */
const breakable = /(?<=\s)|(?<=[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}])(?=[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}])/u;

/** The lines of a paragraph that fit into a width; a word that is wider than that is broken where it must be. */
export const wrapped = (
  fonts: Fonts,
  text: string,
  { size, width }: { readonly size: number; readonly width: number },
): readonly Line[] => {
  const direction = lineOf(fonts, text).fromRight ? 'rtl' : 'ltr';
  const measured = (part: string): number => widthOf(lineOf(fonts, part, direction), size);
  const pieces = text.split(breakable).flatMap((word) => (measured(word.trimEnd()) <= width ? [word] : [...word]));
  const lines: string[] = [];
  let room = 0;
  for (const piece of pieces) {
    if (lines.length === 0 || measured(piece.trimEnd()) > room) {
      lines.push('');
      room = width;
    }
    lines[lines.length - 1] += piece;
    room -= measured(piece);
  }
  return lines.map((line) => lineOf(fonts, line.trimEnd(), direction));
};

/** Draws a line with its top at `y`, between `x` and `x + width`. */
export const drawLine = (
  page: PDFKit.PDFDocument,
  line: Line,
  { x, y, size, width }: { readonly x: number; readonly y: number; readonly size: number; readonly width: number },
): void => {
  let at = line.fromRight ? x + width - widthOf(line, size) : x;
  for (const run of line.runs) {
    const { font, text } = run;
    // It takes an opened font as well, which its types do not say.
    page.registerFont(font.postscriptName, font as never);
    const top = y + size - (font.ascent / font.unitsPerEm) * size;
    // Without features pdfkit shapes a run whole instead of word by word.
    page.font(font.postscriptName).fontSize(size).text(text, at, top, { lineBreak: false, features: [] });
    at += widthOfRun(run, size);
  }
};
