import { Refused } from '@cartage/eventsourcing';
import type { MappedRecord } from '@cartage/service-kit';
import { usualMapping, type SourceMapping } from '../../domain/settlements/mapping';
import { readLine, requireMapping } from './line-reading';

const columns = { kind: 'Type', reference: 'Id', gross: 'Amount', fee: 'Fee', net: 'Net', currency: 'Cur', settledAt: 'Date' };
const mapping: SourceMapping = { ...usualMapping, columns, kinds: { Sale: 'charge', Back: 'refund', Cost: 'fee', Out: 'payout' } };
const sale = { Type: 'Sale', Id: 'ch_1', Amount: '1,234.50', Fee: '12.34', Cur: 'gbp', Date: '2026-11-20' };
const read = (record: MappedRecord, changes: Partial<SourceMapping> = {}) => readLine(record, { ...mapping, ...changes });
const faults = (act: () => unknown): readonly string[] => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refused) return error.errors.map(({ field, code }) => `${field} ${code}`);
  }
  return [];
};

describe('a line of columns', () => {
  it('is read into amounts in minor units, fee and net, with what it names', () =>
    expect(read(sale)).toEqual({
      ...{ kind: 'charge', currency: 'GBP', gross: 123_450, fee: 1_234, net: 122_216 },
      ...{ settledAt: '2026-11-20T00:00:00.000Z', references: ['ch_1'] },
    }));

  it.each([
    ['-1.234,50', ',', 'EUR', -123_450],
    ['(1,234.50)', '.', 'GBP', -123_450],
    ['1234.50-', '.', 'GBP', -123_450],
    ['1 234,5', ',', 'EUR', 123_450],
    ['1,234.567', '.', 'KWD', 1_234_567],
    ['1,234.00', '.', 'JPY', 1_234],
    ['0.29', '.', 'GBP', 29],
  ] as const)('knows %s with %s of %s', (Amount, decimalMark, Cur, gross) =>
    expect(read({ ...sale, Type: 'Other', Amount, Cur, Fee: '' }, { decimalMark, kind: 'adjustment' })).toMatchObject({ gross, fee: 0 }),
  );

  it.each([
    [{ Amount: '12,50' }, 'Amount AMOUNT_INVALID'],
    [{ Amount: '12.505' }, 'Amount AMOUNT_TOO_FINE'],
    [{ Amount: '99999999999999999999' }, 'Amount AMOUNT_TOO_LARGE'],
    [{ Amount: '' }, 'Amount VALUE_MISSING'],
    [{ Net: '1' }, 'Net NET_DIFFERS'],
    [{ Cur: 'pounds' }, 'Cur CURRENCY_INVALID'],
    [{ Type: 'Odd' }, 'Type KIND_UNKNOWN'],
    [{ Type: 'constructor' }, 'Type KIND_UNKNOWN'],
    [{ Date: '31.12.2026' }, 'Date TIME_INVALID'],
    [{ Date: '' }, 'Date VALUE_MISSING'],
    [{ Id: 'x'.repeat(201) }, 'Id TEXT_TOO_LONG'],
  ])('that says %j is refused by field', (change, fault) => expect(faults(() => read({ ...sale, ...change }))).toEqual([fault]));

  it.each([
    ['dd/MM/yyyy HH:mm:ss', 'Asia/Kolkata', '20/11/2026 05:29:59', '2026-11-19T23:59:59.000Z'],
    ['dd-MMM-yyyy', 'Europe/London', '1-Jul-2026', '2026-06-30T23:00:00.000Z'],
    ['iso', 'America/New_York', '2026-11-20 19:00:00', '2026-11-21T00:00:00.000Z'],
    ['iso', 'America/New_York', '2026-11-20T19:00:00+01:00', '2026-11-20T18:00:00.000Z'],
    ['unix', 'UTC', '1795132800', '2026-11-20T00:00:00.000Z'],
  ])('has times written as %s in %s', (dateFormat, zone, Date, settledAt) =>
    expect(read({ ...sale, Date }, { dateFormat, zone })).toMatchObject({ settledAt }),
  );

  it('says what the customer paid, and at what rate, where that is another currency', () => {
    const own = { ...columns, customerGross: 'Paid', customerCurrency: 'PaidCur', rate: 'Rate' };
    const paid = { ...sale, Paid: '1,436.05', PaidCur: 'eur', Rate: '0.8597' };
    expect(read(paid, { columns: own })).toMatchObject({
      currency: 'GBP',
      gross: 123_450,
      customer: { currency: 'EUR', gross: 143_605, rate: '0.8597' },
    });
    expect(read({ ...paid, PaidCur: 'JPY', Paid: '230,000' }, { columns: own })).toMatchObject({
      customer: { currency: 'JPY', gross: 230_000 },
    });
    expect(read({ ...paid, Type: 'cod-remittance' }, { columns: own })).toMatchObject({ customer: { currency: 'EUR', gross: 143_605 } });
    for (const none of [{ PaidCur: 'GBP' }, { Paid: '', PaidCur: '', Rate: '' }, { Type: 'Cost' }])
      expect(read({ ...paid, ...none }, { columns: own })).not.toHaveProperty('customer');
    const wrong = (change: MappedRecord) => faults(() => read({ ...paid, ...change }, { columns: own }));
    expect(wrong({ PaidCur: '' })).toEqual(['PaidCur VALUE_MISSING']);
    expect(wrong({ Paid: '' })).toEqual(['Paid VALUE_MISSING']);
    expect(wrong({ PaidCur: 'euros' })).toEqual(['PaidCur CURRENCY_INVALID']);
    expect(wrong({ Paid: '-1' })).toEqual(['Paid SIGNS_DIFFER']);
    expect(['0', '0.000', '-1', '1,5', 'x'].map((Rate) => wrong({ Rate }))).toEqual(Array(5).fill(['Rate RATE_INVALID']));
    expect(faults(() => requireMapping({ ...mapping, columns: { ...columns, customerGross: 'Paid' } }))).toEqual([
      'columns.customerGross MAPPING_INCOMPLETE',
    ]);
  });

  it('has no 31st of February', () =>
    expect(faults(() => read({ ...sale, Date: '31/02/2026' }, { dateFormat: 'dd/MM/yyyy' }))).toEqual(['Date TIME_INVALID']));

  it('without signs takes from us what its kind says; a fee may be written below zero', () => {
    const unsigned = { signs: 'unsigned' } as const;
    expect(read({ ...sale, Type: 'Back', Amount: '10', Fee: '' }, unsigned)).toMatchObject({ gross: -1_000, net: -1_000 });
    expect(read({ ...sale, Type: 'Cost', Amount: '10', Fee: '' }, unsigned)).toMatchObject({ gross: 0, fee: 1_000, net: -1_000 });
    expect(read({ ...sale, Amount: '10', Fee: '-1' }, { fees: 'below-zero' })).toMatchObject({ gross: 1_000, fee: 100, net: 900 });
    expect(read({ ...sale, Type: 'Cost', Amount: '', Fee: '3' })).toMatchObject({ gross: 0, fee: 300, net: -300 });
    expect(read({ ...sale, Type: 'Out', Amount: '500', Fee: '' })).toMatchObject({ gross: -50_000, fee: 0, net: -50_000 });
  });

  it('finds in objects what a path names, and gross where only fee and net are said', () =>
    expect(
      read({ ...sale, Amount: '', a: { net: 90, fee: 10 } }, { columns: { ...columns, net: 'a.net', fee: 'a.fee' }, units: 'minor' }),
    ).toMatchObject({ gross: 100, fee: 10, net: 90 }));
});

describe('a balance transaction of Stripe', () => {
  const transaction = {
    id: 'txn_1',
    amount: 2000,
    fee: 88,
    net: 1912,
    currency: 'gbp',
    created: 1795132800,
    type: 'charge',
    source: 'ch_1',
  };
  const stripe = (changes: MappedRecord) => readLine({ ...transaction, ...changes }, { ...usualMapping, format: 'stripe' });

  it('is a line without a word about it', () =>
    expect(stripe({})).toEqual({
      ...{ kind: 'charge', currency: 'GBP', gross: 2000, fee: 88, net: 1912, settledAt: '2026-11-20T00:00:00.000Z' },
      ...{ references: ['ch_1'], number: 'txn_1' },
    }));

  it.each([
    [
      { type: 'refund', amount: -500, fee: 0, net: -500, source: 're_1' },
      { kind: 'refund', gross: -500 },
    ],
    [
      { type: 'stripe_fee', amount: -70, fee: 0, net: -70 },
      { kind: 'fee', gross: 0, fee: 70, net: -70 },
    ],
    [
      { type: 'payout', amount: -1912, fee: 0, net: -1912 },
      { kind: 'payout', gross: -1912 },
    ],
    [
      { type: 'payout_failure', amount: 1912, fee: 0, net: 1912, source: 'po_1' },
      { kind: 'payout-return', gross: 1912, references: ['po_1'] },
    ],
    [
      { currency: 'isk', amount: 50_000, fee: 1_500, net: 48_500 },
      { currency: 'ISK', gross: 500, fee: 15, net: 485 },
    ],
    [
      { type: 'adjustment', reporting_category: 'dispute', amount: -2000, fee: 1500, net: -3500 },
      { kind: 'chargeback', fee: 1500 },
    ],
    [{ type: 'climate_order_purchase' }, { kind: 'adjustment' }],
    [{ source: { id: 'ch_1', payment_intent: 'pi_1' } }, { references: ['ch_1', 'pi_1'] }],
    [
      { source: { id: 'ch_1', amount: 2330, currency: 'eur' }, exchange_rate: 0.8584 },
      { currency: 'GBP', gross: 2000, customer: { currency: 'EUR', gross: 2330, rate: '0.8584' } },
    ],
    [
      { type: 'refund', amount: -500, fee: 0, net: -500, source: { id: 're_1', amount: 580, currency: 'eur' } },
      { gross: -500, customer: { currency: 'EUR', gross: -580 } },
    ],
  ])('%j is read', (changes, line) => expect(stripe(changes)).toMatchObject(line));

  it('is refused by field', () =>
    expect(faults(() => stripe({ id: '', amount: 1.5, currency: '', created: 'soon' }))).toEqual([
      'amount AMOUNT_INVALID',
      'currency VALUE_MISSING',
      'created TIME_INVALID',
      'id VALUE_MISSING',
    ]));
});

describe('a mapping', () => {
  it('that can read lines is taken', () => {
    expect(requireMapping(mapping)).toBe(mapping);
    expect(requireMapping({ ...usualMapping, format: 'stripe' })).toMatchObject({ format: 'stripe' });
  });

  it('that can read none is refused with what is missing', () =>
    expect(faults(() => requireMapping({ ...usualMapping, zone: 'Mars/Base', dateFormat: 'YYYY' }))).toEqual([
      'columns.settledAt MAPPING_INCOMPLETE',
      'columns.gross MAPPING_INCOMPLETE',
      'columns.currency MAPPING_INCOMPLETE',
      'kind MAPPING_INCOMPLETE',
      'zone ZONE_UNKNOWN',
      'dateFormat DATE_FORMAT_INVALID',
    ]));
});
