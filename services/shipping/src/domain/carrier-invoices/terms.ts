import { canonicalJson, deciding, evolving, type DataOf, type Decider, type Named } from '@cartage/eventsourcing';
import type { ChargeKind } from './invoice-line';

/** What a row of an invoice can say, whatever its file calls it. */
export const invoiceFields = [
  'invoice',
  'line',
  'trackingNumber',
  'charge',
  'service',
  'zone',
  'weight',
  'amount',
  'currency',
  'billedOn',
] as const;
export type InvoiceField = (typeof invoiceFields)[number];

export const weightUnits = ['g', 'kg', 'oz', 'lb'] as const;
export type WeightUnit = (typeof weightUnits)[number];

/** How a carrier’s invoice files are read. */
export interface InvoiceMapping {
  readonly columns: Partial<Readonly<Record<InvoiceField, string>>>;
  /** What the words in the column `charge` mean; another word is a surcharge. */
  readonly charges: Readonly<Record<string, ChargeKind>>;
  /** Columns of the same row that are charges of their own, and what each is called. */
  readonly surcharges: Readonly<Record<string, string>>;
  readonly weightUnit: WeightUnit;
  readonly currency?: string;
  readonly dateFormat: string;
  readonly zone: string;
  readonly decimalMark: '.' | ',';
  readonly units: 'major' | 'minor';
  readonly delimiter: ',' | ';' | '\t' | '|';
}

/** Amounts in minor units, by currency. */
export type Amounts = Readonly<Record<string, number>>;

/** What was agreed with a carrier, and how closely its invoices are looked at. */
export interface AuditTerms {
  /** Which of its words for services are which of ours. */
  readonly services: Readonly<Record<string, string>>;
  /** Surcharges that the price of a label includes. */
  readonly included: readonly string[];
  /** A charged weight may be so much more than was packed, as carriers round up. */
  readonly weightToleranceGrams: number;
  /** Cubic centimetres that count as a kilogram, where bulky parcels are charged by volume. */
  readonly volumetricDivisor?: number;
  /** A difference of the amount up to this is let pass, by currency. */
  readonly tolerances: Amounts;
  /** Or up to so much of the label’s price. */
  readonly tolerancePercent: number;
  /** A parcel that was handed over is to be billed in so many days. */
  readonly missingDays: number;
  /** Labels of parcels that were handed over before are not missed. */
  readonly since: string;
  /** More than so much in open findings raises an alert, by currency. */
  readonly alertOver: Amounts;
}

export interface CarrierTerms extends AuditTerms {
  readonly carrier: string;
  readonly mapping: InvoiceMapping;
}

export const CARRIER_INVOICE_TERMS = 'carrier-invoice-terms';

export type TermsEvent = Named<'CarrierInvoiceTermsSet', CarrierTerms & { readonly by: string; readonly setAt: string }>;
export type TermsCommand = Named<'SetCarrierInvoiceTerms', { readonly terms: CarrierTerms; readonly by: string; readonly now: string }>;
export type AllTerms = ReadonlyMap<string, CarrierTerms>;

const set = ({ terms, by, now }: DataOf<TermsCommand, 'SetCarrierInvoiceTerms'>, known: AllTerms): readonly TermsEvent[] => {
  const before = known.get(terms.carrier);
  if (before && canonicalJson(before) === canonicalJson(terms)) return [];
  return [{ type: 'CarrierInvoiceTermsSet', data: { ...terms, by, setAt: now } }];
};

/** What was agreed with whom. Findings that are there stay as they were found. */
export const carrierTerms: Decider<TermsCommand, AllTerms, TermsEvent> = {
  initial: new Map(),
  evolve: evolving<AllTerms, TermsEvent>({
    CarrierInvoiceTermsSet: (known, { by: _, setAt: __, ...terms }) => new Map(known).set(terms.carrier, terms),
  }),
  decide: deciding<TermsCommand, AllTerms, TermsEvent>({ SetCarrierInvoiceTerms: set }),
};
