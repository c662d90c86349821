import type { BilledLabel, InvoiceLine } from './invoice-line';
import type { CarrierTerms } from './terms';

export const now = '2026-11-24T10:00:00.000Z';
const uuid = (name: string): string => `0192f0c0-0000-7000-8000-${Buffer.from(name).toString('hex').padStart(12, '0').slice(-12)}`;

/** Two parcels for 12.00, of 1 and 2 kilograms. */
export const label: BilledLabel = {
  ...{ labelId: uuid('label'), orderId: uuid('order'), shipmentId: uuid('ship'), service: 'standard', currency: 'EUR', cost: 1_200 },
  parcels: [
    { trackingNumber: 'T1', weightGrams: 1_000, volumeMm3: 2_000_000 },
    { trackingNumber: 'T2', weightGrams: 2_000 },
  ],
  isVoid: false,
};

export const terms: CarrierTerms = {
  carrier: 'dhl',
  ...{ services: { PAKET: 'standard', EXP: 'express' }, included: ['fuel'], weightToleranceGrams: 100, tolerances: { EUR: 20 } },
  ...{ tolerancePercent: 0, missingDays: 30, since: '2026-01-01T00:00:00.000Z', alertOver: { EUR: 1_000 } },
  mapping: {
    columns: {
      ...{ invoice: 'Invoice', line: 'No', trackingNumber: 'AWB', charge: 'Charge', service: 'Product', zone: 'Zone', weight: 'Kg' },
      ...{ amount: 'Net', currency: 'Cur', billedOn: 'Date' },
    },
    ...{ charges: { Freight: 'carriage', VAT: 'tax', Refund: 'credit' }, surcharges: { 'Fuel Surcharge': 'fuel' }, weightUnit: 'kg' },
    ...{ dateFormat: 'dd.MM.yyyy', zone: 'Europe/Berlin', decimalMark: ',', units: 'major', delimiter: ';' },
  },
};

/** The carriage of a parcel, or what is said of it. */
export const charge = (name: string, amount: number, said: Partial<InvoiceLine> = {}): InvoiceLine => ({
  ...{ lineId: uuid(`l${name}`), invoiceId: uuid('invo'), invoice: 'R-1', carrier: 'dhl', trackingNumber: 'T1', kind: 'carriage' },
  ...{ currency: 'EUR', amount, billedOn: '2026-11-20T00:00:00.000Z' },
  ...said,
});
export const surcharge = (name: string, amount: number, word: string): InvoiceLine =>
  charge(name, amount, { kind: 'surcharge', charge: word });
export const credit = (name: string, amount: number): InvoiceLine =>
  charge(name, 0 - amount, { kind: 'credit', invoiceId: uuid('cred'), invoice: 'R-2' });
