import { Refused } from '@cartage/eventsourcing';
import { terms } from '../../domain/carrier-invoices/invoices.fixture';
import type { InvoiceMapping } from '../../domain/carrier-invoices/terms';
import { readCharges, requireInvoiceMapping } from './invoice-reading';

const row = { Invoice: 'R-1', No: '7', AWB: 'T1', Product: 'PAKET', Zone: '2', Kg: '1,25', Net: '7,00', Cur: 'EUR', Date: '20.11.2026' };
const named = { invoice: 'R-1', trackingNumber: 'T1', currency: 'EUR', billedOn: '2026-11-19T23:00:00.000Z', number: '7' };
const read = (changes: Readonly<Record<string, unknown>>, mapping: Partial<InvoiceMapping> = {}) =>
  readCharges({ ...row, ...changes }, { ...terms.mapping, ...mapping });
const faults = (act: () => unknown): readonly string[] => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refused) return error.errors.map(({ field, code }) => `${field} ${code}`);
  }
  return [];
};

describe('a row of a carrier’s invoice', () => {
  it('is a charge in our words, and one for each surcharge that has a column of its own', () => {
    expect(read({})).toEqual([{ ...named, kind: 'carriage', amount: 700, service: 'PAKET', zone: '2', weightGrams: 1_250 }]);
    expect(read({ 'Fuel Surcharge': '0,85' })).toMatchObject([
      { amount: 700 },
      { ...named, kind: 'surcharge', charge: 'fuel', amount: 85 },
    ]);
    expect(read({ 'Fuel Surcharge': '0,00' })).toHaveLength(1);
  });

  it.each([
    [{ Charge: 'Freight' }, { kind: 'carriage', amount: 700 }],
    [{ Charge: 'VAT' }, { kind: 'tax', amount: 700 }],
    [{ Charge: 'Remote area' }, { kind: 'surcharge', charge: 'Remote area', amount: 700 }],
    [{ Charge: 'Refund' }, { kind: 'credit', amount: -700 }],
    [
      { Charge: 'Refund', Net: '-7,00' },
      { kind: 'credit', amount: -700 },
    ],
    [{ Net: '-7,00' }, { kind: 'credit', amount: -700 }],
  ])('that says %j is %j', (changes, charge) => expect(read(changes)).toMatchObject([charge]));

  it.each([
    ['g', '1250', 1_250],
    ['lb', '2,5', 1_134],
    ['oz', '8', 227],
    ['kg', '1.000,5', 1_000_500],
  ] as const)('may be weighed in %s', (weightUnit, Kg, weightGrams) =>
    expect(read({ Kg }, { weightUnit })).toMatchObject([{ weightGrams }]),
  );

  it('is refused with each cell that is wrong', () =>
    expect(
      faults(() => read({ Invoice: '', AWB: '', Net: 'x', Cur: 'euros', Date: '20/11/2026', Kg: 'heavy', 'Fuel Surcharge': '1.5' })),
    ).toEqual(['Invoice VALUE_MISSING', 'AWB VALUE_MISSING', 'Cur CURRENCY_INVALID', 'Date TIME_INVALID', 'Kg WEIGHT_INVALID']));
});

it('a mapping that could read no row is refused with what it misses', () => {
  expect(requireInvoiceMapping(terms.mapping)).toBe(terms.mapping);
  const { currency: _, ...mapping } = { ...terms.mapping, currency: 'EUR', columns: {}, surcharges: { 'Fuel Surcharge': ' ' } };
  expect(faults(() => requireInvoiceMapping(mapping))).toEqual([
    ...['invoice', 'trackingNumber', 'amount', 'billedOn', 'currency', 'charge'].map((field) => `columns.${field} MAPPING_INCOMPLETE`),
    'surcharges MAPPING_INCOMPLETE',
  ]);
});

it('a mapping that gives two columns of surcharges one name is refused: the charge of one would be taken for that of the other', () =>
  expect(
    faults(() => requireInvoiceMapping({ ...terms.mapping, surcharges: { 'Fuel Surcharge': 'fuel', 'Fuel Index': ' fuel' } })),
  ).toEqual(['surcharges MAPPING_INCOMPLETE']));
