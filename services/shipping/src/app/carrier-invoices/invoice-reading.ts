import { ownValue } from '@cartage/contracts';
import { Refused, type FieldError } from '@cartage/eventsourcing';
import { amountOf, incompleteMapping, MappedCells, requireReadable, type MappedRecord, type Read } from '@cartage/service-kit';
import type { ChargeKind, InvoiceLine } from '../../domain/carrier-invoices/invoice-line';
import type { InvoiceField, InvoiceMapping, WeightUnit } from '../../domain/carrier-invoices/terms';

/** A charge as its file says it, before it has an id. */
export type DraftCharge = Omit<InvoiceLine, 'lineId' | 'invoiceId' | 'carrier'> & {
  /** The carrier’s own number of the row, where it has one. */
  readonly number?: string;
};

type Cells = MappedCells<InvoiceField | `surcharge ${string}`>;

const surchargesMissingIn = ({ surcharges }: Pick<InvoiceMapping, 'surcharges'>): readonly FieldError[] => {
  const names = Object.values(surcharges).map((name) => name.trim());
  return [
    ...(names.includes('') ? [incompleteMapping('surcharges', 'Say what each of these columns is called.')] : []),
    ...(new Set(names).size < names.length
      ? [incompleteMapping('surcharges', 'Call each of these columns by a name of its own: what has the same name is one charge.')]
      : []),
  ];
};

const missingIn = ({ columns, currency, charges, ...mapping }: InvoiceMapping): readonly FieldError[] => [
  ...(['invoice', 'trackingNumber', 'amount', 'billedOn'] as const)
    .filter((field) => columns[field] === undefined)
    .map((field) => incompleteMapping(`columns.${field}`, 'A row must say its invoice, its parcel, an amount and a date.')),
  ...(columns.currency === undefined && currency === undefined
    ? [incompleteMapping('columns.currency', 'Say the column of the currency, or the currency of all rows.')]
    : []),
  ...(columns.charge === undefined && Object.keys(charges).length > 0
    ? [incompleteMapping('columns.charge', 'Say in which column these words stand.')]
    : []),
  ...surchargesMissingIn(mapping),
];

/** Refuses a mapping that could read no row. */
export const requireInvoiceMapping = (mapping: InvoiceMapping): InvoiceMapping => requireReadable(mapping, missingIn(mapping));

const grams: Readonly<Record<WeightUnit, number>> = { g: 1, kg: 1_000, oz: 28.349523125, lb: 453.59237 };

const weightOf = (text: string, { decimalMark, weightUnit }: InvoiceMapping): Read<number> => {
  const plain = decimalMark === ',' ? text.replaceAll('.', '').replace(',', '.') : text.replaceAll(',', '');
  const value = Math.round(Number(plain) * grams[weightUnit]);
  return /^\d+(\.\d+)?$/.test(plain) && Number.isSafeInteger(value)
    ? { value }
    : { code: 'WEIGHT_INVALID', message: `must be a weight in ${weightUnit} with ${decimalMark} as its decimal mark` };
};

const kindOf = (charge: string | undefined, { charges }: InvoiceMapping): ChargeKind => {
  if (charge === undefined) return 'carriage';
  return ownValue(charges, charge) ?? 'surcharge';
};

/** Whatever sign its file gives it: what is given back is below zero. */
const signed = (kind: ChargeKind, amount: number): number => (kind === 'credit' && amount > 0 ? 0 - amount : amount);

type Named = Pick<DraftCharge, 'invoice' | 'trackingNumber' | 'currency' | 'billedOn'>;

const namedIn = (cells: Cells): Named | undefined => {
  const text = (field: InvoiceField): string | undefined => cells.text(field) ?? cells.missing(field);
  const [invoice, trackingNumber] = [text('invoice'), text('trackingNumber')];
  const [currency, billedOn] = [cells.currency('currency'), cells.time('billedOn')];
  if (invoice === undefined || trackingNumber === undefined || currency === undefined || billedOn === undefined) return undefined;
  return { invoice, trackingNumber, currency, billedOn };
};

const said = <Name extends string, Value>(name: Name, value: Value | undefined): { readonly [Each in Name]?: Value } =>
  (value === undefined ? {} : { [name]: value }) as { readonly [Each in Name]?: Value };

/** What is charged in a column of its own; an empty one, or 0, is no charge. */
const surchargesIn = (cells: Cells, named: Named, mapping: InvoiceMapping): readonly DraftCharge[] =>
  Object.values(mapping.surcharges).flatMap((charge): readonly DraftCharge[] => {
    const amount = cells.read(`surcharge ${charge}`, (text) => amountOf(text, named.currency, mapping)) ?? 0;
    return amount === 0 ? [] : [{ ...named, kind: 'surcharge', charge, amount }];
  });

const columnsOf = ({ columns, surcharges }: InvoiceMapping) => ({
  ...columns,
  ...Object.fromEntries(Object.entries(surcharges).map(([column, charge]) => [`surcharge ${charge}`, column])),
});

/** A credit that a file writes as a carriage below zero is one. */
const turned = (draft: DraftCharge): DraftCharge =>
  draft.amount < 0 && draft.kind !== 'tax' ? { ...draft, kind: 'credit' } : { ...draft, amount: signed(draft.kind, draft.amount) };

/** The charges of a row of an invoice, in our words. Refused with each cell that is wrong. */
export const readCharges = (record: MappedRecord, mapping: InvoiceMapping): readonly DraftCharge[] => {
  const cells: Cells = new MappedCells(record, { ...mapping, columns: columnsOf(mapping) });
  const named = namedIn(cells);
  const amount = named && cells.required('amount', (text) => amountOf(text, named.currency, mapping));
  const weightGrams = cells.read('weight', (text) => weightOf(text, mapping));
  const [charge, service, zone, number] = [cells.text('charge'), cells.text('service'), cells.text('zone'), cells.text('line')];
  const more = named ? surchargesIn(cells, named, mapping) : [];
  if (cells.errors.length > 0 || !named || amount === undefined)
    throw new Refused('LINE_INVALID', 'The row cannot be read.', 'invalid', cells.errors);
  const own: DraftCharge = {
    ...{ ...named, kind: kindOf(charge, mapping), amount },
    ...{ ...said('charge', charge), ...said('service', service), ...said('zone', zone), ...said('weightGrams', weightGrams) },
  };
  return [own, ...more].map((draft) => ({ ...turned(draft), ...said('number', number) }));
};
