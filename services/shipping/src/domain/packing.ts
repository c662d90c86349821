import { withParts, type LineQuantity, type Parcel } from '@cartage/contracts';
import { Refused, type FieldError } from '@cartage/eventsourcing';

/** A parcel as the packer tells it. */
export interface PackedParcel {
  /** Counted from `1` if the packer gives none. */
  readonly parcelId?: string;
  /** Code of the box that it is in. */
  readonly box?: string;
  readonly weightGrams: number;
  readonly lengthMm?: number;
  readonly widthMm?: number;
  readonly heightMm?: number;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
}

interface ToPack extends Pick<LineQuantity, 'sku' | 'parts' | 'quantity'> {
  packed: number;
}

const error = (field: string, code: string, message: string): FieldError => ({ field, code, message });

const byLine = (lines: readonly LineQuantity[]): Map<string, ToPack> => {
  const wanted = new Map<string, ToPack>();
  for (const { lineId, sku, parts, quantity } of lines)
    wanted.set(lineId, { ...withParts({ sku }, parts), quantity: quantity + (wanted.get(lineId)?.quantity ?? 0), packed: 0 });
  return wanted;
};

const repeatedIds = (ids: readonly string[]): readonly FieldError[] => {
  const seen = new Set<string>();
  return ids.flatMap((id, p) => {
    if (seen.has(id))
      return error(`parcels[${p}].parcelId`, 'PARCEL_REPEATED', `Parcel ${id} is named twice. Give each parcel an id of its own.`);
    seen.add(id);
    return [];
  });
};

const emptyOnes = (parcels: readonly PackedParcel[]): readonly FieldError[] =>
  parcels.flatMap(({ lines }, p) =>
    lines.length > 0 ? [] : error(`parcels[${p}].lines`, 'PARCEL_EMPTY', 'A parcel holds at least one unit. Leave this one out.'),
  );

/** Books what is in a parcel; answers with the lines that cannot be in it. */
const book = (wanted: Map<string, ToPack>, { lines }: PackedParcel, p: number): readonly FieldError[] =>
  lines.flatMap(({ lineId, quantity }, l) => {
    const field = `parcels[${p}].lines[${l}]`;
    const line = wanted.get(lineId);
    if (!line) return error(`${field}.lineId`, 'LINE_NOT_IN_SHIPMENT', `Line ${lineId} is not part of this shipment.`);
    line.packed += quantity;
    if (line.packed <= line.quantity) return [];
    const message = `Line ${lineId} has ${line.quantity} units to pack, and this makes ${line.packed}.`;
    return error(`${field}.quantity`, 'LINE_PACKED_TWICE', message);
  });

const missing = (wanted: ReadonlyMap<string, ToPack>): readonly FieldError[] =>
  [...wanted].flatMap(([lineId, { quantity, packed }]) =>
    packed >= quantity
      ? []
      : error('parcels', 'LINE_NOT_PACKED', `Line ${lineId} has ${quantity} units to pack, and only ${packed} are in parcels.`),
  );

/** The parcels whole, with SKUs; refused unless every unit of the shipment is in exactly one of them. */
export const packed = (lines: readonly LineQuantity[], parcels: readonly PackedParcel[]): readonly Parcel[] => {
  const ids = parcels.map(({ parcelId }, p) => parcelId ?? String(p + 1));
  const wanted = byLine(lines);
  const booked = parcels.flatMap((parcel, p) => book(wanted, parcel, p));
  const errors = [...repeatedIds(ids), ...emptyOnes(parcels), ...booked, ...missing(wanted)];
  if (errors[0]) throw new Refused('PACKING_WRONG', errors[0].message, 'invalid', errors);
  return parcels.map((parcel, p) => ({
    ...parcel,
    parcelId: ids[p] ?? '',
    lines: parcel.lines.map(({ lineId, quantity }) => {
      const { sku = '', parts } = wanted.get(lineId) ?? {};
      return withParts({ lineId, sku, quantity }, parts);
    }),
  }));
};

const facts = ({ parcelId, box, weightGrams, lengthMm, widthMm, heightMm, lines }: Parcel): readonly unknown[] => [
  parcelId,
  box ?? null,
  weightGrams,
  lengthMm ?? null,
  widthMm ?? null,
  heightMm ?? null,
  lines.map(({ lineId, quantity }) => [lineId, quantity]),
];

/** By value and not by text: a store may have kept the fields in another order. */
export const samePacking = (some: readonly Parcel[], others: readonly Parcel[]): boolean =>
  JSON.stringify(some.map(facts)) === JSON.stringify(others.map(facts));

/** By the list itself, which never changes: whoever asks for one parcel after the other does not look through all of them each time. */
const indexed = new WeakMap<readonly Parcel[], ReadonlyMap<string, readonly LineQuantity[]>>();

/** What is in each parcel. */
export const contentsOf = (parcels: readonly Parcel[]): ReadonlyMap<string, readonly LineQuantity[]> => {
  const known = indexed.get(parcels);
  if (known) return known;
  const contents = new Map(parcels.map(({ parcelId, lines }) => [parcelId, lines]));
  indexed.set(parcels, contents);
  return contents;
};

/** Parcels as the carrier numbered them, each with what is in it. */
export const withContents = <Numbered extends { readonly parcelId: string }>(
  numbered: readonly Numbered[],
  parcels: readonly Parcel[],
): readonly (Numbered & { readonly lines: readonly LineQuantity[] })[] => {
  const packed = contentsOf(parcels);
  return numbered.map((parcel) => ({ ...parcel, lines: packed.get(parcel.parcelId) ?? [] }));
};
