import { publishedExample } from '@cartage/testkit';
import { shopifyAfterSale } from './shopify-after-sale';
import { shopify } from './shopify';

const connector = shopify(['secret']);
const set = (shop: string, presented: string) => ({
  shop_money: { amount: shop, currency_code: 'GBP' },
  presentment_money: { amount: presented, currency_code: 'EUR' },
});
const transaction = (more: object = {}) => ({ id: 1, kind: 'refund', status: 'success', amount: '17.00', currency: 'GBP', ...more });
const refundOf = (more: object = {}) => ({
  ...{ id: 929_361_464, order_id: 450_789_469, created_at: '2026-11-20T10:00:00-05:00', note: 'wrong size' },
  refund_line_items: [{ id: 1, line_item_id: 111, quantity: 2, restock_type: 'return', line_item: { id: 111 } }],
  transactions: [transaction({ amount_set: set('17.00', '20.00') })],
  ...more,
});
const returnOf = (more: object = {}) => ({
  ...{ id: 945_000_954, admin_graphql_api_id: 'gid://shopify/Return/945000954', status: 'open' },
  order: { id: 450_789_469, admin_graphql_api_id: 'gid://shopify/Order/450789469' },
  return_line_items: [{ id: 2, quantity: 1, return_reason: 'SIZE_TOO_SMALL', fulfillment_line_item: { id: 3, line_item: { id: 111 } } }],
  ...more,
});

describe('a refund as Shopify tells it', () => {
  it('is what the customer has, in the customer’s currency, for which units, and what becomes of these', () => {
    expect(shopifyAfterSale('refunds/create', refundOf({ return: { id: 945_000_954 } }))).toEqual({
      ...{ kind: 'refund', externalOrderId: '450789469', channelRefundId: '929361464', amount: 2_000, currency: 'EUR' },
      lines: [{ lineId: '111', quantity: 2, goods: 'returned', field: 'refund_line_items[0].line_item_id' }],
      ...{ channelReturnId: '945000954', refundedAt: '2026-11-20T15:00:00.000Z' },
    });
  });

  it.each([
    ['cancel', 'cancelled'],
    ['legacy_restock', 'cancelled'],
    [undefined, 'cancelled'],
    ['return', 'returned'],
    ['no_restock', 'kept'],
  ])('that says %s of the goods says that they are %s', (restock_type, goods) => {
    const word = shopifyAfterSale('refunds/create', refundOf({ refund_line_items: [{ line_item_id: 111, quantity: 1, restock_type }] }));
    expect(word.lines).toMatchObject([{ goods }]);
  });

  it('may be of the older shape, without money sets; what failed or is on its way is no money', () => {
    const transactions = [
      transaction(),
      transaction({ status: 'pending' }),
      transaction({ status: 'failure' }),
      transaction({ kind: 'void' }),
    ];
    expect(shopifyAfterSale('refunds/create', refundOf({ transactions }))).toMatchObject({ amount: 1_700, currency: 'GBP' });
    const yen = [transaction({ amount: '1200', currency: 'JPY' })];
    expect(shopifyAfterSale('refunds/create', refundOf({ transactions: yen }))).toMatchObject({ amount: 1_200, currency: 'JPY' });
  });

  const published = publishedExample('shopify/refund.json');
  it(`may be Shopify’s own published example${published ? '' : ' (which is not here: one of its shape)'}`, () => {
    const example = published ?? { refund: refundOf({ id: 509_562_969 }) };
    expect(shopifyAfterSale('refunds/create', example)).toMatchObject({ channelRefundId: '509562969', externalOrderId: '450789469' });
  });

  it('is the echo of what we asked for where it bears our note, and then about nothing', () => {
    const about = (note: string | null) => connector.about({ topic: 'refunds/create', payload: refundOf({ note }) });
    expect(['Cartage refund r-1 u-1', 'Cartage cancellation u-2', 'Cartage is slow', null].map(about)).toEqual([
      undefined,
      undefined,
      'after-sale',
      'after-sale',
    ]);
  });

  it('names every field that is wrong, as Shopify names it, and its order all the same', () => {
    const broken = refundOf({
      id: null,
      transactions: [transaction({ amount: '1,50' })],
      refund_line_items: [{ quantity: 'two' }],
      created_at: 'yesterday',
    });
    const fields = ['transactions[0].amount', 'refund_line_items[0].line_item_id', 'refund_line_items[0].quantity', 'id', 'created_at'];
    expect(() => shopifyAfterSale('refunds/create', broken)).toThrow(
      expect.objectContaining({ errors: expect.arrayContaining(fields.map((field) => expect.objectContaining({ field }))) }),
    );
    expect(connector.numberIn({ topic: 'refunds/create', payload: broken })).toBe('450789469');
    expect(() => shopifyAfterSale('refunds/create', [])).toThrow(/body must be an object/);
  });
});

describe('a return as Shopify tells it', () => {
  it.each([
    ['returns/request', 'requested'],
    ['returns/approve', 'approved'],
    ['returns/decline', 'declined'],
    ['returns/cancel', 'cancelled'],
    ['returns/close', 'closed'],
    ['returns/update', 'approved'],
  ])('under %s is %s', (topic, standing) => {
    expect(connector.about({ topic, payload: returnOf() })).toBe('after-sale');
    expect(shopifyAfterSale(topic, returnOf())).toMatchObject({
      ...{ kind: 'return', externalOrderId: '450789469', channelReturnId: '945000954', standing },
      lines: [{ lineId: '111', quantity: 1, reason: 'size-too-small' }],
    });
  });

  it('is about nothing under a topic, or with a status, that says nothing of it', () => {
    expect(connector.about({ topic: 'returns/process', payload: returnOf() })).toBeUndefined();
    expect(connector.about({ topic: 'returns/update', payload: returnOf({ status: 'constructor' }) })).toBeUndefined();
  });

  it('names its lines however Shopify names them: by number, or by the name of the graph', () => {
    const lines = [
      { quantity: 1, fulfillment_line_item: { line_item: { admin_graphql_api_id: 'gid://shopify/LineItem/7' } } },
      { quantity: 1, line_item: { id: 8 } },
    ];
    expect(shopifyAfterSale('returns/request', returnOf({ return_line_items: lines })).lines).toMatchObject([
      { lineId: '7' },
      { lineId: '8' },
    ]);
    expect(() => shopifyAfterSale('returns/request', returnOf({ order: null, return_line_items: [{ quantity: 1 }] }))).toThrow(
      /line_item\.id is missing.*order\.id is missing/,
    );
  });
});
