import { limits } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import { drawnUp } from './drawing-up';
import type { Placement, PlacementLine } from './placement';

const now = '2026-11-23T10:00:00.000Z';

const placement = {
  channel: 'web',
  currency: 'GBP',
  customer: { name: 'A. Customer', email: 'a@example.org', phone: null },
  shipTo: { lines: ['1 High Street'], city: 'London', postalCode: 'ec1a 1bb', country: 'GB', latitude: 51.51549, longitude: -0.09838 },
  lines: [
    { sku: 'LANTERN', quantity: 2, unitPrice: 339, tax: 136 },
    { sku: 'MUG', quantity: 3, unitPrice: 250, discount: 50 },
    { sku: 'GIFT', quantity: 1, unitPrice: 0 },
  ],
  shipping: { amount: 400, tax: 80 },
  payment: { method: 'card', token: 'tok_visa' },
} as const satisfies Placement;

const refusal = (wrong: Partial<Placement>): Refused => {
  try {
    drawnUp({ ...placement, ...wrong }, now);
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
  throw new Error('The order was taken.');
};
const faults = (wrong: Partial<Placement>): readonly string[] => refusal(wrong).errors.map(({ field, code }) => `${field} ${code}`);
const line: PlacementLine = { sku: 'MUG', quantity: 1, unitPrice: 100 };
const taken = (more: Partial<Placement>) => drawnUp({ ...placement, ...more }, now);
const MOST = Number.MAX_SAFE_INTEGER;

describe('drawing up an order', () => {
  it('numbers its lines and counts its totals; a free line is a line', () =>
    expect(drawnUp(placement, now)).toMatchObject({
      order: {
        lines: [
          { lineId: '1', total: 814, discounts: [], taxLines: [{ amount: 136 }], shipGroupId: '1' },
          { lineId: '2', total: 700, discounts: [{ amount: 50 }], taxLines: [] },
          { lineId: '3', total: 0 },
        ],
        shipGroups: [{ shipGroupId: '1', method: 'ship', charge: 400, taxLines: [{ amount: 80 }] }],
        totals: { goods: 1428, discount: 50, shipping: 400, tax: 216, total: 1994 },
        taxIncluded: false,
        priority: 'standard',
      },
      payments: [{ method: 'card', amount: 1994, token: 'tok_visa' }],
    }));

  it('takes discounts and taxes by their names', () => {
    const vat = { name: 'VAT 20 %', rate: 20, amount: 180 };
    const { order } = taken({
      lines: [{ ...line, unitPrice: 1000, discounts: [{ code: 'WELCOME', amount: 60 }, { amount: 40 }], taxLines: [vat] }],
      shipping: { amount: 100, taxLines: [{ name: 'VAT 20 %', amount: 20 }], service: 'next-day', shipBy: '2026-11-24T18:00:00+01:00' },
    });
    expect(order).toMatchObject({
      lines: [{ discounts: [{ code: 'WELCOME', amount: 60 }, { amount: 40 }], taxLines: [vat], total: 1080 }],
      shipGroups: [{ service: 'next-day', shipBy: '2026-11-24T17:00:00.000Z' }],
      totals: { goods: 1000, discount: 100, shipping: 100, tax: 200, total: 1200 },
    });
  });

  it('takes prices with tax in them to the last unit, in a currency of three decimals', () => {
    const oil = { sku: 'P02-OIL', quantity: 12, unitPrice: 79_000, tax: 151_361 };
    const { order } = taken({ currency: 'TND', taxIncluded: true, lines: [oil], shipping: null, total: 948_000 });
    expect(order.totals).toEqual({ goods: 948_000, discount: 0, shipping: 0, tax: 151_361, total: 948_000 });
    expect(order.lines).toMatchObject([{ unitPrice: 79_000, total: 948_000 }]);
  });

  it('keeps everything personal, and what pays, out of what is not sealed', () => {
    const { order, personal } = drawnUp(placement, now);
    for (const secret of ['Customer', 'example.org', 'High Street', 'London', '1BB', '1bb', '51.515', 'tok_visa'])
      expect(JSON.stringify(order)).not.toContain(secret);
    expect(order.shipGroups[0]?.destination).toEqual({ country: 'GB', postalArea: 'EC1A', latitude: 51.52, longitude: -0.1 });
    expect(personal).toEqual({
      name: 'A. Customer',
      email: 'a@example.org',
      address: { lines: ['1 High Street'], city: 'London', postalCode: 'ec1a 1bb', country: 'GB' },
    });
  });

  it('takes the channel’s sum only if it is the sum', () => {
    expect(taken({ total: 1994 }).order.totals.total).toBe(1994);
    expect(refusal({ total: 1995 })).toMatchObject({ code: 'ORDER_TOTAL_MISMATCH', kind: 'invalid', errors: [{ field: 'total' }] });
  });

  it('lets several payments share the total, and no other sum', () => {
    const payments = [
      { method: 'wallet', amount: 994 },
      { method: 'card', amount: 1000, token: 'tok_visa' },
    ] as const;
    expect(taken({ payment: null, payments }).payments).toEqual(payments);
    expect(faults({ payment: null, payments: [payments[0]] })).toEqual(['payment PAYMENT_TOTAL_MISMATCH']);
    expect(faults({ payments })).toEqual(['payment TOLD_TWICE']);
    expect(faults({ payment: null })).toEqual(['payment REQUIRED']);
    expect(faults({ payment: { method: 'card', amount: 1993 } })).toEqual(['payment PAYMENT_TOTAL_MISMATCH']);
  });
});

describe('texts of an order', () => {
  it('are kept in one spelling: composed, without blanks around them', () => {
    const { order, personal } = taken({
      externalOrderId: ' #1001/2 A ',
      shipTo: { ...placement.shipTo, city: ' Berlin', postalCode: '10115 ', country: 'DE' },
      lines: [{ ...line, sku: ' P10-CAFE\u0301 ', lineId: ' a ' }],
    });
    expect(order).toMatchObject({ externalOrderId: '#1001/2 A', lines: [{ sku: 'P10-CAF\u00c9', lineId: 'a' }] });
    expect(personal.address).toMatchObject({ city: 'Berlin', postalCode: '10115' });
    expect(order.shipGroups[0]?.destination).toEqual({ country: 'DE', postalArea: '10115', latitude: 51.52, longitude: -0.1 });
  });

  it('are absent when they say nothing', () => {
    const { order, personal } = taken({
      instructions: ' ',
      shipTo: { ...placement.shipTo, region: '', lines: ['', '1 High Street', ' '] },
    });
    expect(order).not.toHaveProperty('instructions');
    expect(personal.address).toEqual({ lines: ['1 High Street'], city: 'London', postalCode: 'ec1a 1bb', country: 'GB' });
  });

  it('may be names that programs use themselves', () => {
    const attributes = JSON.parse('{"constructor":"a","__proto__":"b","toString":"c"}') as Record<string, string>;
    const { order } = taken({ lines: [{ ...line, lineId: 'constructor', sku: '__proto__', attributes }] });
    expect(order.lines[0]).toMatchObject({ lineId: 'constructor', sku: '__proto__' });
    expect(Object.entries(order.lines[0]?.attributes ?? {})).toEqual(Object.entries(attributes));
  });

  it.each<[string, Partial<Placement>, readonly string[]]>([
    ['half a character in a line id', { lines: [{ ...line, lineId: '\ud800' }] }, ['lines[0].lineId CHARACTER_REFUSED']],
    ['half a character in a city', { shipTo: { ...placement.shipTo, city: 'a\udc00' } }, ['shipTo.city CHARACTER_REFUSED']],
    ['NUL in an attribute', { lines: [{ ...line, attributes: { a: '\0' } }] }, ['lines[0].attributes.a CHARACTER_REFUSED']],
    ['a SKU too long for stock', { lines: [{ ...line, sku: 'x'.repeat(129) }] }, ['lines[0].sku TOO_LONG']],
    ['a blank SKU', { lines: [{ ...line, sku: ' ' }] }, ['lines[0].sku REQUIRED']],
    ['a line break in an order number', { externalOrderId: 'a\nb' }, ['externalOrderId CHARACTER_REFUSED']],
  ])('are refused by name: %s', (_, wrong, told) => expect(faults(wrong)).toEqual(told));
});

describe('an order that is wrong', () => {
  it.each<[string, Partial<Placement>, readonly string[]]>([
    ['a line of a ship group that is not there', { lines: [{ ...line, shipGroupId: '2' }] }, ['lines[0].shipGroupId SHIP_GROUP_UNKNOWN']],
    ['a currency that nobody knows', { currency: 'ABC' }, ['currency CURRENCY_UNKNOWN']],
    ['a country that does not exist', { shipTo: { ...placement.shipTo, country: 'constructor' } }, ['shipTo.country COUNTRY_UNKNOWN']],
    ['no address', { shipTo: { lines: [' '], city: '', country: 'GB' } }, ['shipTo.lines ADDRESS_MISSING', 'shipTo.city REQUIRED']],
    ['a place off the globe', { shipTo: { ...placement.shipTo, latitude: 91 } }, ['shipTo.latitude LATITUDE_INVALID']],
    ['nobody to receive it', { customer: { name: '' } }, ['customer.name REQUIRED']],
    ['no lines', { lines: [] }, ['lines LINES_MISSING']],
    [
      'a quantity of none, or a half',
      {
        lines: [
          { ...line, quantity: 0 },
          { ...line, quantity: 1.5 },
        ],
      },
      ['lines[0].quantity QUANTITY_INVALID', 'lines[1].quantity QUANTITY_INVALID'],
    ],
    ['a price below zero', { lines: [{ ...line, unitPrice: -1 }] }, ['lines[0].unitPrice AMOUNT_INVALID']],
    ['a discount above the price', { lines: [{ ...line, discount: 101 }] }, ['lines[0].discount DISCOUNT_TOO_LARGE']],
    ['a discount told twice', { lines: [{ ...line, discount: 1, discounts: [] }] }, ['lines[0].discount TOLD_TWICE']],
    ['more tax in a price than price', { taxIncluded: true, lines: [{ ...line, tax: 101 }] }, ['lines[0].tax TAX_TOO_LARGE']],
    ['a line id twice, also one that was numbered', { lines: [{ ...line, lineId: '2' }, line] }, ['lines[1].lineId LINE_ID_DUPLICATE']],
    [
      'a line too dear to count',
      { lines: [{ ...line, quantity: 2, unitPrice: MOST }] },
      ['lines[0].unitPrice AMOUNT_TOO_LARGE', 'lines AMOUNT_TOO_LARGE'],
    ],
    ['a sum too large to count', { lines: [line, { ...line, unitPrice: MOST }] }, ['lines AMOUNT_TOO_LARGE']],
    [
      'a barcode for a quantity',
      { lines: [{ ...line, quantity: 5_012_345_678_900 }] },
      ['lines[0].quantity QUANTITY_TOO_LARGE', 'lines QUANTITY_TOO_LARGE'],
    ],
    ['half a unit of something dear', { lines: [{ ...line, quantity: 0.5, unitPrice: MOST }] }, ['lines[0].quantity QUANTITY_INVALID']],
    [
      'more units together than any order has',
      {
        lines: [
          { ...line, unitPrice: 0 },
          { ...line, unitPrice: 0, quantity: limits.quantity },
        ],
      },
      ['lines QUANTITY_TOO_LARGE'],
    ],
    ['a channel that cannot be written in a path', { channel: 'Web Shop' }, ['channel CODE_INVALID']],
    ['a language tag that is none', { locale: 'english!' }, ['locale LOCALE_INVALID']],
    ['a time without a zone', { placedAt: '2026-11-23T09:00:00' }, ['placedAt TIME_INVALID']],
    ['a time before there were shops', { placedAt: '1999-12-31T23:59:59Z' }, ['placedAt TIME_FAR_OFF']],
    ['a time more than a day ahead', { placedAt: '2026-11-24T10:00:01Z' }, ['placedAt TIME_FAR_OFF']],
    [
      'a promise for the next century',
      { shipping: { amount: 400, deliverBy: '2126-01-01T00:00:00Z' } },
      ['shipping.deliverBy TIME_FAR_OFF'],
    ],
  ])('is refused, and the field named: %s', (_, wrong, told) => expect(faults(wrong)).toEqual(told));

  it('is taken up to the edge of what can be counted', () => {
    const dear = taken({ lines: [{ ...line, unitPrice: MOST }], shipping: null });
    expect(dear.order.totals.total).toBe(limits.amount);
    expect(taken({ lines: [{ ...line, quantity: limits.quantity, unitPrice: 0 }] }).order.lines[0]?.quantity).toBe(limits.quantity);
    expect(taken({ placedAt: '2026-11-24T10:00:00Z' }).order.placedAt).toBe('2026-11-24T10:00:00.000Z');
  });

  it('tells every fault at once', () => expect(faults({ currency: 'ABC', lines: [], channel: '' })).toHaveLength(3));
});
