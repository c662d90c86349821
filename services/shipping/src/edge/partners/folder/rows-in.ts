import { listedRows, pickedCells, type BuiltPart, type FileRow, type RowCells, type RowsForm } from '@cartage/service-kit';

const PARCEL = ['parcelId', 'weightGrams', 'lengthMm', 'widthMm', 'heightMm', 'trackingNumber'];
const LINE = ['lineId', 'quantity', 'short'];

const withParcels = new Set(['packed', 'dispatched', 'delivered']);

const keyOf = ({ cells: { parcelId, trackingNumber } }: FileRow): string => String(parcelId ?? trackingNumber ?? '');

/** A row for each line in each parcel. */
const parcelsOf = (rows: readonly FileRow[]): BuiltPart => {
  const places = new Map<string, number>();
  const byParcel = new Map<string, FileRow[]>();
  for (const row of rows) byParcel.set(keyOf(row), [...(byParcel.get(keyOf(row)) ?? []), row]);
  const parcels = [...byParcel.values()].map((ofParcel, p) => {
    const [first] = ofParcel;
    if (first) places.set(`parcels[${p}]`, first.line);
    const { body, places: inIt } = listedRows('lines', ofParcel, ['lineId', 'quantity']);
    for (const [path, line] of inIt) places.set(`parcels[${p}].${path}`, line);
    return { ...pickedCells(first?.cells ?? {}, PARCEL), ...body };
  });
  const isSilent = parcels.every((parcel) => Object.keys(parcel).length === 0);
  return { body: isSilent ? {} : { parcels }, places };
};

const partsOf = ({ type }: RowCells, rows: readonly FileRow[]): BuiltPart => {
  if (type === 'stock') return listedRows('stock', rows, ['sku', 'onHand', 'unlimited', 'unitCost', 'currency']);
  return withParcels.has(String(type)) ? parcelsOf(rows) : listedRows('lines', rows, LINE);
};

/** How the rows of a partner’s file are read. */
export const partnerRows: RowsForm = {
  cells: {
    ...{ quantity: 'number', short: 'number', onHand: 'number', unitCost: 'number', whole: 'truth', unlimited: 'truth' },
    ...{ weightGrams: 'number', lengthMm: 'number', widthMm: 'number', heightMm: 'number' },
  },
  sameIn: ['type', 'reference', 'location', 'asOf'],
  head: ['type', 'reference', 'occurredAt', 'shipsAt', 'code', 'detail', 'stockEffect', 'carrier', 'label', 'location', 'asOf', 'whole'],
  partsOf,
};
