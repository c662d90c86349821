import { cardDataIn, namesAThing } from './card-data';
import { hasCardNumber } from './card-number';

describe('a card number', () => {
  it.each([
    ['Visa', '4111111111111111'],
    ['Visa with blanks', '4111 1111 1111 1111'],
    ['Visa with dashes', '4111-1111-1111-1111'],
    ['Visa of 19 digits', '4000056655665556007'],
    ['Mastercard', '5555555555554444'],
    ['Mastercard of the new range', '2223003122003222'],
    ['American Express', '3782 822463 10005'],
    ['Discover', '6011111111111117'],
    ['JCB', '3530111333300000'],
    ['UnionPay', '6200000000000005'],
    ['Diners', '3056930009020004'],
    ['one in a sentence', 'please use 4242 4242 4242 4242, thanks'],
  ])('of %s is seen', (_, text) => expect(hasCardNumber(text)).toBe(true));

  it.each([
    ['a number whose check digit is wrong', '4111111111111112'],
    ['a number that nobody issues', '9111111111111116'],
    ['an order number', 'PO-2026-0000123'],
    ['a phone number', '+49 170 123456789'],
    ['a UUID', '01935d5e-4111-7111-8111-111111111111'],
    ['a UUID of digits only', '41111111-1111-1111-1111-111111111111'],
    ['a longer number', '41111111111111110000'],
    ['an 18-digit SSCC', '340123450000000018'],
    ['a number inside a word', 'TX4111111111111111'],
    ['an ISO time', '2026-11-23T15:21:00.000Z'],
  ])('is not %s', (_, text) => expect(hasCardNumber(text)).toBe(false));
});

describe('card data in a request', () => {
  const order = { customer: { name: 'Ada' }, lines: [{ sku: 'A', quantity: 1 }], total: 12_000 };

  it('is in no ordinary order', () => expect(cardDataIn(order)).toBeUndefined());

  it.each<[string, unknown, string]>([
    ['deep in a list', { ...order, lines: [{}, { note: ['', '5555 5555 5555 4444'] }] }, 'lines[1].note[1]'],
    ['as a number', { raw: { pan: 4111111111111111 } }, 'raw.pan'],
    ['as the name of a field', { raw: { cards: { '4111111111111111': true } } }, 'raw.cards'],
    ['as a security code', { raw: { card: { cvv: 123 } } }, 'raw.card.cvv'],
    ['as a security code by another name', { raw: { card_security_code: '123' } }, 'raw.card_security_code'],
    ['as the whole body', '4111111111111111', ''],
  ])('is found %s', (_, body, path) => expect(cardDataIn(body)).toBe(path));

  it.each(['8144239687123459', 3024123456789011])('is not the number %s that a marketplace gave an order', (number) => {
    expect(cardDataIn({ raw: { order_id: number, lines: [{ orderLineNumber: number, sku: String(number) }] } })).toBeUndefined();
    expect(cardDataIn({ raw: { note: String(number) } })).toBe('raw.note');
  });

  it('is not an empty security code', () => expect(cardDataIn({ cvv: '', cvc: null })).toBeUndefined());

  it('is looked for in each field of many lines once', () => {
    let looks = 0;
    const watched = { get: (target: object, name: string | symbol): unknown => ((looks += 1), Reflect.get(target, name)) };
    const lines = Array.from({ length: 10_000 }, (_, n) => new Proxy({ ...order, lineId: String(n), sku: `SKU-${n}` }, watched));
    expect(cardDataIn({ lines })).toBeUndefined();
    expect(looks / lines.length).toBeLessThan(3 * Object.keys(order).length + 10);
  });
});

describe('a field of a message of any shape', () => {
  it.each([
    'id',
    'order_id',
    'orderId',
    'OrderNumber',
    'orderno',
    'marketplace-order-id',
    'sku',
    'trackingNumber',
    'line_item_id',
    'invoice_no',
    'ean',
  ])('%s holds the name of a thing', (field) => expect(namesAThing(field)).toBe(true));
  it.each(['note', 'order_note', 'card_id', 'cardNumber', 'pan', 'account_number', 'payment_id', 'number', 'paid', 'comment', ''])(
    '%s may hold a card number',
    (field) => expect(namesAThing(field)).toBe(false),
  );
});
