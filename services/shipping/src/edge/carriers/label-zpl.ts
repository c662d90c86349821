import { bitmapOf, widthOf, type Line } from '@cartage/service-kit';
import type { Dpi } from '../../app/carrier';
import { MARGIN, PAGE, WIDTH, type LabelLayout } from './label-layout';

/*
 * ZPL II, the language of label printers. What the printer's own scalable font has (Latin-1) is sent as text, in UTF-8; lines in any other script are drawn here and sent as
 * graphics, so that no printer writes boxes for a name.
 */

/** What the font `0` of every printer has. */
const latin = /^[\x20-\x7e\u00a0-\u00ff]*$/;

const textOf = ({ runs }: Line): string => runs.map(({ text }) => text).join('');

/** Data is no command: what ZPL would read as one is sent by its bytes, and so is what is no ASCII. */
const escaped = (text: string): string =>
  [...Buffer.from(text, 'utf8')]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9 ,.:()/&'"#+-]/.test(character) ? character : `_${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');

interface Dots {
  readonly dots: (points: number) => number;
}

const graphic = (line: Line, size: number): string => {
  const { bits, bytesPerRow } = bitmapOf(line, size);
  return `^GFA,${bits.length},${bits.length},${bytesPerRow},${Buffer.from(bits).toString('hex').toUpperCase()}`;
};

const textField = ({ line, y, size }: LabelLayout['texts'][number], { dots }: Dots): string => {
  const x = line.fromRight ? MARGIN + WIDTH - widthOf(line, size) : MARGIN;
  const place = `^FO${dots(x)},${dots(y)}`;
  const text = textOf(line);
  if (!latin.test(text)) return `${place}${graphic(line, dots(size))}^FS`;
  return `${place}^A0N,${dots(size)},${dots(size)}^FH_^FD${escaped(text)}^FS`;
};

const ruleField = (y: number, { dots }: Dots): string => `^FO${dots(MARGIN)},${dots(y)}^GB${dots(WIDTH)},2,2^FS`;

/** Bars as wide as there is room for, and never so narrow that nothing reads them; eleven modules for a character, with those of the frame and the quiet zones. */
const barcodeField = ({ barcode, trackingNumber }: LabelLayout, { dots }: Dots): string => {
  const modules = 11 * (trackingNumber.length + 3) + 13 + 20;
  const bar = Math.max(2, Math.min(10, Math.floor(dots(WIDTH) / modules)));
  const x = Math.max(0, dots(MARGIN) + Math.floor((dots(WIDTH) - bar * (modules - 20)) / 2));
  return `^FO${x},${dots(barcode.y)}^BY${bar}^BCN,${dots(barcode.height)},N,N,N,A^FH_^FD${escaped(trackingNumber)}^FS`;
};

const format = (label: LabelLayout, printer: Dots): string =>
  [
    '^XA',
    '^CI28',
    `^PW${printer.dots(PAGE[0])}`,
    `^LL${printer.dots(PAGE[1])}`,
    '^LH0,0',
    ...label.rules.map((y) => ruleField(y, printer)),
    ...label.texts.map((text) => textField(text, printer)),
    barcodeField(label, printer),
    '^PQ1',
    '^XZ',
  ].join('\n');

/** A label for each parcel, one after the other. */
export const labelZpl = (labels: readonly LabelLayout[], dpi: Dpi): string => {
  const printer: Dots = { dots: (points) => Math.round((points * dpi) / 72) };
  return `${labels.map((label) => format(label, printer)).join('\n')}\n`;
};
