import { barcodeFault, barcodeKey, type Barcode } from '@cartage/contracts';
import { Refused, type FieldError } from '@cartage/eventsourcing';

/** Which item has a code, by the code as it is compared. */
export type Holders = ReadonlyMap<string, string>;

/** What is said of the barcodes of an item. */
export interface Claim {
  readonly sku: string;
  readonly barcodes: readonly Barcode[];
}

const refused = (code: string, kind: 'invalid' | 'conflict', faults: readonly Omit<FieldError, 'code'>[]): Refused =>
  new Refused(
    code,
    faults.map(({ field, message }) => `${field}: ${message}.`).join(' '),
    kind,
    faults.map((fault) => ({ ...fault, code })),
  );

const fieldOf = (at: number): string => `barcodes[${at}].code`;

/** Each is a code that a scanner reads, and stands there once, in whichever of its forms. */
export const requireBarcodes = (barcodes: readonly Barcode[]): void => {
  const keys = barcodes.map(({ code }) => barcodeKey(code));
  const faults = barcodes.flatMap(({ code, kind }, at) => {
    const fault = barcodeFault(code, kind);
    if (fault) return [{ field: fieldOf(at), message: fault.message }];
    const first = keys.indexOf(barcodeKey(code));
    return first < at ? [{ field: fieldOf(at), message: `is the code that ${fieldOf(first)} has already: give it once` }] : [];
  });
  if (faults.length > 0) throw refused('BARCODE_INVALID', 'invalid', faults);
};

/** A scan must mean one item. */
export const requireFree = ({ sku, barcodes }: Claim, holders: Holders): void => {
  const faults = barcodes.flatMap(({ code }, at) => {
    const holder = holders.get(barcodeKey(code));
    return holder === undefined || holder === sku
      ? []
      : [
          {
            field: fieldOf(at),
            message: `${code} is a barcode of the item ${holder}: take it away there first, if it is to be this one's`,
          },
        ];
  });
  if (faults.length > 0) throw refused('BARCODE_TAKEN', 'conflict', faults);
};

/**
 * Of items that are described at the same time, those that must be described one after the other: what one of them says decides whether another may have a code. So
 * many at once end as if each had come alone.
 */
export const contenders = (claims: readonly Claim[], holders: Holders): ReadonlySet<string> => {
  const described = new Set(claims.map(({ sku }) => sku));
  const concerned = new Map<string, Set<string>>();
  for (const { sku, barcodes } of claims)
    for (const { code } of barcodes) {
      const key = barcodeKey(code);
      const holder = holders.get(key);
      const skus = concerned.get(key) ?? new Set(holder !== undefined && described.has(holder) ? [holder] : []);
      concerned.set(key, skus.add(sku));
    }
  return new Set([...concerned.values()].filter(({ size }) => size > 1).flatMap((skus) => [...skus]));
};
