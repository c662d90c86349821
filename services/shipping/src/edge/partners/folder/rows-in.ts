import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { recordsOf, Upload, type CellKinds } from '@cartage/service-kit';
import type { LeftFault } from '../../../app/partners/partner';

const cells: CellKinds = {
  ...{ quantity: 'number', short: 'number', onHand: 'number', unitCost: 'number', whole: 'truth', unlimited: 'truth' },
  ...{ weightGrams: 'number', lengthMm: 'number', widthMm: 'number', heightMm: 'number' },
};

type Cells = Readonly<Record<string, unknown>>;
interface Row {
  readonly line: number;
  readonly cells: Cells;
}

/** A notice that rows make together, and on which line of the file each part of it stands. */
export interface RowsNotice {
  readonly noticeId: string;
  readonly body: Readonly<Record<string, unknown>>;
  lineOf(field: string): number;
}

export interface FileOfRows {
  readonly notices: readonly RowsNotice[];
  readonly faults: readonly LeftFault[];
}

const pick = (row: Cells, names: readonly string[]): Cells =>
  Object.fromEntries(names.flatMap((name) => (row[name] === undefined ? [] : [[name, row[name]]])));

const HEAD = [
  'type',
  'reference',
  'occurredAt',
  'shipsAt',
  'code',
  'detail',
  'stockEffect',
  'carrier',
  'label',
  'location',
  'asOf',
  'whole',
];
const PARCEL = ['parcelId', 'weightGrams', 'lengthMm', 'widthMm', 'heightMm', 'trackingNumber'];
const LINE = ['lineId', 'quantity', 'short'];

const withParcels = new Set(['packed', 'dispatched', 'delivered']);

/** Rows that follow each other and speak of the same thing make one notice. */
const sameNotice = (one: Row | undefined, other: Row): boolean =>
  one !== undefined && ['type', 'reference', 'location', 'asOf'].every((name) => one.cells[name] === other.cells[name]);

const groupsOf = (rows: readonly Row[]): readonly (readonly Row[])[] => {
  const groups: Row[][] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last && sameNotice(last[0], row)) last.push(row);
    else groups.push([row]);
  }
  return groups;
};

interface Built {
  readonly body: Readonly<Record<string, unknown>>;
  /** By the path of a part. */
  readonly places: ReadonlyMap<string, number>;
}

const listed = (name: string, rows: readonly Row[], names: readonly string[]): Built => {
  const items = rows.map((row) => ({ row, item: pick(row.cells, names) })).filter(({ item }) => Object.keys(item).length > 0);
  const places = new Map(items.map(({ row }, i) => [`${name}[${i}]`, row.line]));
  return { body: items.length > 0 ? { [name]: items.map(({ item }) => item) } : {}, places };
};

const keyOf = ({ cells: { parcelId, trackingNumber } }: Row): string => String(parcelId ?? trackingNumber ?? '');

/** A row for each line in each parcel. */
const parcelsOf = (rows: readonly Row[]): Built => {
  const places = new Map<string, number>();
  const byParcel = new Map<string, Row[]>();
  for (const row of rows) byParcel.set(keyOf(row), [...(byParcel.get(keyOf(row)) ?? []), row]);
  const parcels = [...byParcel.values()].map((ofParcel, p) => {
    const [first] = ofParcel;
    if (first) places.set(`parcels[${p}]`, first.line);
    const { body, places: inIt } = listed('lines', ofParcel, ['lineId', 'quantity']);
    for (const [path, line] of inIt) places.set(`parcels[${p}].${path}`, line);
    return { ...pick(first?.cells ?? {}, PARCEL), ...body };
  });
  const isSilent = parcels.every((parcel) => Object.keys(parcel).length === 0);
  return { body: isSilent ? {} : { parcels }, places };
};

const partsOf = (type: unknown, rows: readonly Row[]): Built => {
  if (type === 'stock') return listed('stock', rows, ['sku', 'onHand', 'unlimited', 'unitCost', 'currency']);
  return withParcels.has(String(type)) ? parcelsOf(rows) : listed('lines', rows, LINE);
};

/** The line of the deepest part that a field stands in; of what stands in none, the first of its notice. */
const lineIn = (places: ReadonlyMap<string, number>, field: string, first: number): number => {
  for (let path = field; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('.')))) {
    const line = places.get(path);
    if (line !== undefined) return line;
  }
  return first;
};

const noticeOf = (rows: readonly Row[], noticeId: string): RowsNotice => {
  const [first] = rows;
  const head = pick(first?.cells ?? {}, HEAD);
  const { body, places } = partsOf(head['type'], rows);
  return { noticeId, body: { ...head, ...body }, lineOf: (field) => lineIn(places, field, first?.line ?? 1) };
};

/** What a CSV file says. Its notices are named by what it holds: the same file again, under whatever name, says nothing new. */
export const rowsIn = async (content: Buffer): Promise<FileOfRows> => {
  const rows: Row[] = [];
  const faults: LeftFault[] = [];
  for await (const record of recordsOf(new Upload(Readable.from([content]), 'text/csv'), { cells })) {
    if ('refused' in record) faults.push(...record.refused.errors.map((error) => ({ ...error, line: record.line })));
    else rows.push({ line: record.line, cells: record.value });
  }
  if (rows.length === 0 && faults.length === 0) faults.push({ field: '', code: 'FILE_EMPTY', message: 'The file says nothing.', line: 1 });
  const digest = createHash('sha256').update(content).digest('hex').slice(0, 40);
  return { notices: groupsOf(rows).map((group, n) => noticeOf(group, `${digest}.${n + 1}`)), faults };
};
