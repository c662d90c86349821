import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Trouble } from '../client/client';
import { run, sampleOf, usage } from './command';
import { kinds } from './kinds';
import type { Evaluation } from './output/evaluation';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'evaluate-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const place = (name: string) => join(folder, name);
const written = (name: string, text: string | Buffer) => {
  writeFileSync(place(name), text);
  return place(name);
};
const read = (name: string) => readFileSync(place(join('out', name)), 'utf8');
const reportOf = () => JSON.parse(read('report.json')) as Evaluation;
const judged = (kind: string, path: string, ...more: readonly string[]) => run([kind, path, '--out', place('out'), ...more]);
/** Further files of a kind, made up. */
const beside = (kind: string, rowsOf = (text: string) => text) =>
  (kinds[kind]?.files ?? []).flatMap(({ name }) => [`--${name}`, written(`${name}.csv`, rowsOf(sampleOf([kind, name])))]);
const turnedRows = (text: string) =>
  text
    .split('\n')
    .map((row) => row.split(',').toReversed().join(','))
    .join('\n');

/** What takes longest is asked to do less of it: what is held here holds of what is learned once as of what is learned twelve times, and of twenty orders as of a thousand. */
const quick: Readonly<Record<string, readonly string[]>> = {
  risk: ['--refit-days', '400'],
  sourcing: ['--judged', '20', '--expected', '50'],
};
const judgedQuickly = (kind: string, path: string, files: readonly string[]) => judged(kind, path, ...files, ...(quick[kind] ?? []));

/** Some kinds solve as they go, on machines that have other things to do. */
const PATIENCE_MS = 240_000;

describe.each(Object.keys(kinds))('evaluate %s', (kind) => {
  it(
    'judges the sample that it makes up, and writes a report, a picture, a card and the bad rows',
    async () => {
      const text = await judgedQuickly(kind, written('a.csv', sampleOf([kind])), beside(kind));
      const { judgement, badRows } = reportOf();
      expect(badRows.count).toBe(0);
      for (const { name } of judgement.methods)
        for (const page of [text, read('card.md'), read('picture.svg')]) expect(page).toContain(name);
      expect(judgement.methods.some(({ isBaseline }) => isBaseline)).toBe(true);
      expect(judgement.methods.some(({ isBaseline }) => !isBaseline)).toBe(true);
      for (const heading of ['## Data', '## Error', '## Drift', '## What it must not be used for'])
        expect(read('card.md')).toContain(heading);
      expect(read('bad-rows.csv')).toBe('line,column,reason\n');
    },
    PATIENCE_MS,
  );

  it(
    'finds the same again, whatever the order of the columns, in a file that is gzipped or not',
    async () => {
      const rows = sampleOf([kind]);
      await judgedQuickly(kind, written('a.csv', rows), beside(kind));
      const first = reportOf().judgement;
      const card = read('card.md');
      await judgedQuickly(kind, written('a.csv', rows), beside(kind));
      expect(read('card.md')).toBe(card);
      await judgedQuickly(kind, written('b.csv.gz', gzipSync(turnedRows(rows))), beside(kind, turnedRows));
      expect(reportOf().judgement).toEqual(first);
    },
    PATIENCE_MS,
  );

  it('judges no history in which there is no row, and says so', async () => {
    const [header = ''] = sampleOf([kind]).split('\n');
    await expect(judgedQuickly(kind, written('empty.csv', `${header}\n`), beside(kind))).rejects.toBeInstanceOf(Trouble);
  });

  it('says what is wrong with the file or the options, and what to do', async () => {
    const files = beside(kind);
    await expect(judged(kind, place('absent.csv'), ...files)).rejects.toThrow(/absent.csv cannot be read/);
    await expect(judged(kind, written('none.csv', ''), ...files)).rejects.toThrow(/its first line must name the columns/);
    await expect(judged(kind, written('other.csv', 'a,b\n1,2\n'), ...files)).rejects.toThrow(/has no column .*\nIt has a, b\. .*--column/s);
    await expect(judged(kind, place('a.csv'), ...files, '--column', 'x')).rejects.toThrow(/--column x: it is <name>=<heading/);
    await expect(judged(kind, place('a.csv'), ...files, '--seed', 'one')).rejects.toThrow(/--seed is a number/);
  });
});

describe('a further file', () => {
  const sales = () => written('sales.csv', sampleOf(['reorder']));
  const leads = ['Ordered,delivered_at,supplier', '2026-01-01,2026-01-09,Harbour', '2026-02-01,2026-01-09,Harbour', ',2026-01-09,North'];

  it('has columns, filters and bad rows that are called by its name, too', async () => {
    const path = written('leads.csv', leads.join('\n'));
    const options = ['--lead-times', path, '--column', 'lead-times.ordered_at=Ordered'];
    const text = await judged('reorder', sales(), ...options, '--only', 'lead-times.supplier=^Harbour$');
    expect(text).toContain('--lead-times: 3 rows; 1 left out by --only.');
    expect(read('bad-rows.csv').trim().split('\n').slice(1)).toEqual(['3,"lead-times.delivered_at","is before ordered_at"']);
    expect(reportOf().files).toMatchObject({ 'lead-times': { name: 'leads.csv', read: 3, leftOut: 1 } });
  });

  it('that lacks a column, or that a kind has not, is named with what to do', async () => {
    const path = written('leads.csv', leads.join('\n'));
    await expect(judged('reorder', sales(), '--lead-times', path)).rejects.toThrow(/--column lead-times.ordered_at=<heading>/);
    await expect(judged('reorder', sales(), '--column', 'lead-times.when=Ordered')).rejects.toThrow(
      /the names are .*lead-times.ordered_at/,
    );
    expect(() => sampleOf(['reorder', 'tariffs'])).toThrow(/reorder has no file tariffs: it has lead-times/);
    expect(() => sampleOf(['demand', 'tariffs'])).toThrow(/demand is judged by one file/);
  });
});

describe('evaluate', () => {
  const rows = [
    'When,SKU,Qty,Colour',
    '2026-01-05,A,1,red',
    '2026-02-30,A,1,red',
    '2026-01-05,,1,red',
    '2026-01-05,A,-2,red',
    '2026-01-05,A,one,red',
  ];
  const longer = Array.from(
    { length: 60 },
    (_, n) => `2026-0${1 + Math.floor(n / 28)}-${String(1 + (n % 28)).padStart(2, '0')},B,${1 + (n % 3)},blue`,
  );
  const file = [...rows, '2026-01-05,"A,1'].join('\n');

  it('lists each bad row by its line and why, uses the others, and names the columns that it does not know', async () => {
    const path = written('a.csv', [...rows, ...longer].join('\n'));
    const text = await judged('demand', path, '--column', 'date=When', '--column', 'quantity=qty', '--horizon', '7', '--origins', '1');
    expect(text).toContain('Columns that were not used: Colour.');
    expect(read('bad-rows.csv').trim().split('\n').slice(1)).toEqual([
      '3,"date","is no date such as 2026-11-28 or 2026-11-28T09:15:00Z: 2026-02-30"',
      '4,"sku","is empty"',
      '5,"quantity","is less than 0: what came back is no demand"',
      '6,"quantity","is no number: one"',
    ]);
    expect(reportOf().badRows.byReason).toMatchObject({ 'sku is empty': 1, 'quantity is no number': 1 });
    expect(reportOf().rows).toMatchObject({ read: 65, leftOut: 0, unusedColumns: ['Colour'] });
  });

  it('leaves out rows only where it is told to, and counts them', async () => {
    const path = written('a.csv', ['date,sku,quantity', ...longer.map((row) => row.replace(',blue', '')), '2026-01-09,C-1,5'].join('\n'));
    await judged('demand', path, '--only', 'sku=^B$', '--horizon', '7', '--origins', '1');
    expect(reportOf().rows).toMatchObject({ read: 61, leftOut: 1 });
    await expect(judged('demand', path, '--only', 'colour=red')).rejects.toThrow(/the names are date, sku/);
    await expect(judged('demand', path, '--horizon', '50')).rejects.toThrow(/days are too few/);
  });

  it('survives a quote that is never closed', async () => {
    await expect(judged('demand', written('a.csv', file), '--column', 'date=When', '--column', 'quantity=Qty')).rejects.toThrow(
      /days are too few/,
    );
    expect(read('bad-rows.csv')).toContain('is no CSV: CSV_QUOTE_NOT_CLOSED');
  });

  it('answers with its usage where it is asked for nothing, or for a kind that there is not', async () => {
    await expect(run([])).rejects.toThrow(usage);
    await expect(run(['weather', 'a.csv'])).rejects.toThrow(/There is no kind weather/);
    await expect(run(['demand'])).rejects.toThrow(usage);
  });
});

/** Beside the repository, or beside its worktrees. */
const real = (name: string) => ['..', '../..'].map((up) => join(process.cwd(), up, 'shared/data', name)).find((path) => existsSync(path));

const invoices = real('uci-online-retail-2010-12-to-2011-05.csv.gz');
(invoices ? describe : describe.skip)('real invoices (skipped where ../shared/data/uci-online-retail-… is absent)', () => {
  it('are forecast better than by exponential smoothing, by more than chance, with a bias within 0.03', async () => {
    const columns = ['date=InvoiceDate', 'sku=StockCode', 'quantity=Quantity'].flatMap((pair) => ['--column', pair]);
    await judged('demand', invoices ?? '', ...columns, '--only', String.raw`sku=^\d{5}$`, '--origins', '1', '--least-selling-days', '60');
    const { judgement, badRows } = reportOf();
    expect(badRows.byReason).toEqual({ 'quantity is less than 0': 3684 });
    const learned = judgement.methods.find(({ name }) => name === 'chosen by rolling origin');
    expect(Math.abs(learned?.figures['bias']?.value ?? 1)).toBeLessThan(0.03);
    const better = judgement.comparisons.find(({ method, measure }) => method === learned?.name && measure === 'wrmsse');
    expect(better?.difference.high).toBeLessThan(0);
  });
});

const shipments = real('scms-deliveries-2006-to-2012.csv.gz');
(shipments ? describe : describe.skip)('real shipments (skipped where ../shared/data/scms-deliveries-… is absent)', () => {
  it('are promised as late as is allowed, where the lookup table is late more often, and in no more days at the same lateness', async () => {
    const columns = [
      'ordered_at=po_sent',
      'origin=vendor',
      'destination=country',
      'service=mode',
      'delivered_at=delivered',
      'promised_at=scheduled',
    ];
    await judged('promise', shipments ?? '', ...columns.flatMap((pair) => ['--column', pair]));
    const { judgement, badRows } = reportOf();
    expect(badRows.byReason).toEqual({ 'ordered_at is empty': 4010, 'delivered_at is before ordered_at': 2 });
    const gapOf = (name: string) => judgement.methods.find((method) => method.name === name)?.figures['gap']?.value ?? 1;
    expect(Math.abs(gapOf('learned by lane, 90 %'))).toBeLessThan(0.02);
    expect(gapOf('lookup table, 90 %')).toBeGreaterThan(0.1);
    const differences = judgement.comparisons.filter(({ measure, method }) => measure === 'sameLateness' && method.endsWith('80 %'));
    expect(differences[0]?.difference.value).toBeLessThan(0);
  });
});

(invoices && shipments ? describe : describe.skip)('real invoices with real lead times (skipped where ../shared/data is absent)', () => {
  it('are served about as often as is asked for, from less stock than a fixed rule needs for as much', async () => {
    const columns = ['date=InvoiceDate', 'sku=StockCode', 'quantity=Quantity'];
    const further = ['ordered_at=po_sent', 'delivered_at=delivered', 'supplier=vendor'].map((pair) => `lead-times.${pair}`);
    const named = [...columns, ...further].flatMap((pair) => ['--column', pair]);
    const files = ['--lead-times', shipments ?? '', '--lead-days', '14'];
    await judged('reorder', invoices ?? '', ...named, ...files, '--only', String.raw`sku=^2[12]\d{3}$`, '--learn-every', '28');
    const { judgement } = reportOf();
    const served = judgement.methods.find(({ name }) => name === 'learned')?.figures['cycle']?.value ?? 0;
    expect(Math.abs(served - 0.95)).toBeLessThan(0.02);
    const held = judgement.comparisons.find(({ measure, baseline }) => measure === 'sameFill' && baseline === 'fixed rule');
    expect(held?.difference.high).toBeLessThan(0);
  });
});
