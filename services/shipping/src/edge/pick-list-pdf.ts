import { drawLine, type Fonts, lineOf, missingIn, openFonts, pdfBytes } from '@cartage/service-kit';
import PDFDocument from 'pdfkit';
import type { ShownWave } from '../app/waves';

type Page = PDFKit.PDFDocument;

const MARGIN = 36;
const SIZE = 10;
const LEADING = 15;
/** Where the columns begin, and how wide they are, in points of an A4 page. */
const columns = { bin: [36, 90], sku: [126, 120], what: [246, 150], units: [396, 40], totes: [436, 123] } as const;
const HEIGHT = 842;

/** The pick list on paper: bin after bin what is still to be taken, with the totes that it goes to. */
export const pickListPrinter = (): ((wave: ShownWave) => Promise<Buffer>) => {
  const fonts = openFonts();
  return (wave) => printed(fonts, wave);
};

type Bin = ShownWave['bins'][number];

const left = ({ quantity, picked, short }: Pick<Bin, 'quantity' | 'picked' | 'short'>): number => quantity - picked - short;

const totesOf = ({ totes }: Bin): string =>
  totes
    .filter((one) => left(one) > 0)
    .map((one) => `${one.tote}: ${left(one)}`)
    .join('   ');

/** What no font has is left out here: the SKU names the goods, and is printed on the shelf. */
const printable = (fonts: Fonts, text: string): string =>
  [...text].filter((character) => missingIn(fonts, character) === undefined).join('');

const cell = (page: Page, fonts: Fonts, { text, y, column }: { text: string; y: number; column: keyof typeof columns }): void => {
  const [x, width] = columns[column];
  drawLine(page, lineOf(fonts, printable(fonts, text)), { x, y, size: SIZE, width });
};

interface PrintedRow {
  readonly cells: readonly (readonly [keyof typeof columns, string])[];
}

/** A cell holds so many characters; the rest of it stands on rows of its own. */
const fits = { bin: 16, sku: 20, what: 26, units: 6, totes: 22 } as const;

const chunks = (text: string, most: number): readonly string[] => {
  const found: string[] = [];
  for (let rest = text; rest.length > 0; rest = rest.slice(most)) found.push(rest.slice(0, most).trim());
  return found.length > 0 ? found : [''];
};

const rowsOf = (bin: Bin): readonly PrintedRow[] => {
  const texts = {
    bin: bin.bin ?? '-',
    sku: bin.sku,
    what: bin.description ?? bin.title ?? '',
    units: String(left(bin)),
    totes: totesOf(bin),
  };
  const names = Object.keys(columns) as (keyof typeof columns)[];
  const cut = names.map((name) => [name, name === 'what' ? [texts.what.slice(0, fits.what)] : chunks(texts[name], fits[name])] as const);
  const height = Math.max(...cut.map(([, parts]) => parts.length));
  return Array.from({ length: height }, (_, n) => ({
    cells: cut.flatMap(([name, parts]) => (parts[n] ? [[name, parts[n]] as const] : [])),
  }));
};

const headings: PrintedRow = {
  cells: [
    ['bin', 'Bin'],
    ['sku', 'SKU'],
    ['what', 'What'],
    ['units', 'Units'],
    ['totes', 'Tote: units'],
  ],
};

const printed = async (fonts: Fonts, wave: ShownWave): Promise<Buffer> => {
  const document = new PDFDocument({ size: 'A4', margin: 0, autoFirstPage: false, info: { Title: `Wave ${wave.waveId}` } });
  const bytes = pdfBytes(document);
  const rows = wave.bins.filter((bin) => left(bin) > 0).flatMap(rowsOf);
  const perPage = Math.floor((HEIGHT - 3 * MARGIN - LEADING) / LEADING);
  const pages = Math.max(1, Math.ceil(rows.length / perPage));
  for (let n = 0; n < pages; n += 1)
    drawPage(document.addPage(), fonts, { wave, title: `page ${n + 1} of ${pages}`, rows: rows.slice(n * perPage, (n + 1) * perPage) });
  document.end();
  return bytes;
};

interface PageOfList {
  readonly wave: ShownWave;
  readonly title: string;
  readonly rows: readonly PrintedRow[];
}

const drawPage = (page: Page, fonts: Fonts, { wave, title, rows }: PageOfList): void => {
  const heading = [`Wave ${wave.waveId}`, wave.location, wave.picker, title].filter(Boolean).join('   ');
  drawLine(page, lineOf(fonts, heading), { x: MARGIN, y: MARGIN, size: SIZE, width: 523 });
  [headings, ...rows].forEach(({ cells }, i) => {
    for (const [column, text] of cells) cell(page, fonts, { text, y: 2 * MARGIN + i * LEADING, column });
  });
};
