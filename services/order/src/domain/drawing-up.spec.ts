import { Refused } from '@cartage/eventsourcing';
import { drawnUp, personalOf } from './drawing-up';
import { postalAreaOf } from './destination';
import { isCountry } from '@cartage/contracts';
import type { Placement } from './placement';

const placement: Placement = {
  channel: 'web',
  currency: 'GBP',
  customer: { name: 'A. Customer', email: 'a@example.org' },
  shipTo: { lines: ['1 High Street'], city: 'London', postalCode: 'ec1a 1bb', country: 'GB', latitude: 51.51549, longitude: -0.09838 },
  lines: [
    { sku: 'LANTERN', quantity: 2, unitPrice: 339, tax: 136 },
    { sku: 'MUG', quantity: 3, unitPrice: 250, discount: 50 },
    { sku: 'GIFT', quantity: 1, unitPrice: 0 },
  ],
  shipping: { amount: 400, tax: 80 },
  payment: { method: 'card' },
};

const refusal = (wrong: Partial<Placement>): Refused => {
  try {
    drawnUp({ ...placement, ...wrong });
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
  throw new Error('The order was taken.');
};
const faults = (wrong: Partial<Placement>): readonly string[] => refusal(wrong).errors.map(({ field, code }) => `${field} ${code}`);
const line = { sku: 'MUG', quantity: 1, unitPrice: 100 };

describe('drawing up an order', () => {
  it('numbers its lines and counts its totals; a free line is a line', () =>
    expect(drawnUp(placement)).toMatchObject({
      lines: [
        { lineId: '1', total: 814 },
        { lineId: '2', total: 700 },
        { lineId: '3', total: 0 },
      ],
      totals: { goods: 1428, discount: 50, shipping: 400, tax: 216, total: 1994 },
      priority: 'standard',
    }));

  it('keeps everything personal out of what is not sealed', () => {
    const told = JSON.stringify(drawnUp(placement));
    for (const personal of ['Customer', 'example.org', 'High Street', 'London', '1BB', '1bb', '51.515'])
      expect(told).not.toContain(personal);
    expect(drawnUp(placement).destination).toEqual({ country: 'GB', postalArea: 'EC1A', latitude: 51.52, longitude: -0.1 });
    expect(personalOf(placement)).toEqual({
      name: 'A. Customer',
      email: 'a@example.org',
      address: { lines: ['1 High Street'], city: 'London', postalCode: 'ec1a 1bb', country: 'GB' },
    });
  });

  it('takes the channel’s sum only if it is the sum', () => {
    expect(drawnUp({ ...placement, total: 1994 }).totals.total).toBe(1994);
    expect(refusal({ total: 1995 })).toMatchObject({ code: 'ORDER_TOTAL_MISMATCH', kind: 'invalid', errors: [{ field: 'total' }] });
  });

  it.each<[string, Partial<Placement>, readonly string[]]>([
    ['a currency that nobody knows', { currency: 'ABC' }, ['currency CURRENCY_UNKNOWN']],
    ['a country that does not exist', { shipTo: { ...placement.shipTo, country: 'XX' } }, ['shipTo.country COUNTRY_UNKNOWN']],
    ['no address', { shipTo: { lines: [' '], city: '', country: 'GB' } }, ['shipTo.lines ADDRESS_MISSING', 'shipTo.city CITY_MISSING']],
    ['a place off the globe', { shipTo: { ...placement.shipTo, latitude: 91 } }, ['shipTo.latitude LATITUDE_INVALID']],
    ['nobody to receive it', { customer: { name: '' } }, ['customer.name NAME_MISSING']],
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
    ['a line id twice, also one that was numbered', { lines: [{ ...line, lineId: '2' }, line] }, ['lines[1].lineId LINE_ID_DUPLICATE']],
    [
      'a line too dear to count',
      { lines: [{ ...line, quantity: 2, unitPrice: Number.MAX_SAFE_INTEGER }] },
      ['lines[0].unitPrice AMOUNT_TOO_LARGE', 'lines AMOUNT_TOO_LARGE'],
    ],
    ['a sum too large to count', { lines: [line, { ...line, unitPrice: Number.MAX_SAFE_INTEGER }] }, ['lines AMOUNT_TOO_LARGE']],
    ['a channel that cannot be written in a path', { channel: 'Web Shop' }, ['channel CHANNEL_INVALID']],
    ['a language tag that is none', { locale: 'english!' }, ['locale LOCALE_INVALID']],
  ])('refuses %s and names the field', (_, wrong, told) => expect(faults(wrong)).toEqual(told));

  it('tells every fault at once', () => expect(faults({ currency: 'ABC', lines: [], channel: '' })).toHaveLength(3));
});

describe('what may be known of an address', () => {
  it.each([
    ['GB', 'SW1A 1AA', 'SW1A'],
    ['GB', 'm11ae', 'M1'],
    ['US', '90210-1234', '90210'],
    ['CA', 'k1a 0b1', 'K1A'],
    ['GB', 'nonsense', undefined],
    ['DE', '10115', undefined],
    ['US', undefined, undefined],
  ])('%s %s lies in %s', (country, postalCode, area) => expect(postalAreaOf(country, postalCode)).toBe(area));

  it('knows the countries of ISO 3166-1 and Kosovo, and no others', () => {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const codes = letters.flatMap((first) => letters.map((second) => first + second)).filter(isCountry);
    expect(codes).toHaveLength(250);
    for (const code of ['UK', 'EU', 'ZZ', 'AC', 'SU', 'gb']) expect(isCountry(code)).toBe(false);
  });
});
