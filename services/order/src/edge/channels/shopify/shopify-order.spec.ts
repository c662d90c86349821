import { drawnUp } from '../../../domain/drawing-up';
import { olderShopifyOrder, shopifyOrderOf } from './shopify.fixture';
import { shopifyOrder } from './shopify-order';

const now = '2026-11-24T09:00:00.000Z';
const placed = (payload: object) => {
  const { order, externalOrderId } = shopifyOrder(payload);
  return drawnUp({ ...order, channel: 'shop', externalOrderId }, now);
};

describe('an order as Shopify writes it', () => {
  it('is what the customer was asked for, in the customer’s currency, by line and to the minor unit', () => {
    const { order, personal, payments } = placed(shopifyOrderOf());
    expect(payments).toMatchObject([{ method: 'prepaid', amount: 5_890 }]);
    expect(order).toMatchObject({
      externalOrderId: '5678901234567',
      ...{ customerId: '207119551', currency: 'EUR', locale: 'de-DE', taxIncluded: true, placedAt: '2026-11-20T09:00:00.000Z' },
      instructions: 'Please ring twice',
      lines: [
        {
          ...{ lineId: '111', sku: 'LANTERN', description: 'Lantern - red', quantity: 3, unitPrice: 2_000, attributes: { engraving: 'Z' } },
          discounts: [{ code: 'WELCOME', amount: 600 }],
          taxLines: [{ name: 'MwSt', rate: 19, amount: 862 }],
        },
      ],
      shipGroups: [
        { method: 'ship', service: 'Express', charge: 490, taxLines: [{ amount: 78 }], destination: { country: 'DE', latitude: 52.53 } },
      ],
    });
    expect(personal).toMatchObject({
      name: 'Zoë Ångström',
      email: 'zoe@example.org',
      address: { lines: ['Hauptstraße 5'], postalCode: '10115' },
    });
  });

  it('may be of the older shape: taxes and discounts of the whole are cut into shares that add up', () => {
    const { order } = placed(olderShopifyOrder());
    expect(order.lines).toMatchObject([
      { lineId: '1', discounts: [{ code: 'TWO', amount: 50 }], taxLines: [{ name: 'State Tax', rate: 6, amount: 57 }] },
      { lineId: '2', discounts: [{ code: 'TWO', amount: 150 }], taxLines: [{ amount: 171 }] },
    ]);
    expect(order.totals.total).toBe(4_028);
  });

  it('has amounts of currencies without minor units, and of three digits', () => {
    const line = { id: 1, sku: 'A', quantity: 1, requires_shipping: true };
    const of = (currency: string, price: string) =>
      placed(olderShopifyOrder({ currency, total_price: price, total_discounts: '0', tax_lines: [], line_items: [{ ...line, price }] }))
        .order.totals.total;
    expect([of('JPY', '1200'), of('JPY', '1200.00'), of('KWD', '1.234')]).toEqual([1_200, 1_200, 1_234]);
    expect(() => of('JPY', '1200.50')).toThrow(/line_items\[0\]\.price must be a decimal number of JPY with at most 0 digits/);
  });

  it('counts the units that are still sold, with their share of discounts and taxes', () => {
    const [lantern] = shopifyOrderOf().line_items;
    const { order } = shopifyOrder(shopifyOrderOf({ line_items: [{ ...lantern, current_quantity: 1 }] }));
    expect(order.lines).toMatchObject([{ quantity: 1, discounts: [{ amount: 200 }], taxLines: [{ amount: 287 }] }]);
  });

  it.each([
    ['cancel', 1],
    ['legacy_restock', 1],
    ['return', 3],
    ['no_restock', 3],
  ])('has, after a refund of two of three units that says %s of the goods, %i of them sold', (restock_type, quantity) => {
    const [lantern] = shopifyOrderOf().line_items;
    const refunds = [{ id: 9, refund_line_items: [{ line_item_id: 111, quantity: 2, restock_type }] }];
    const unitsOf = (line: object) => shopifyOrder(shopifyOrderOf({ refunds, line_items: [line] })).order.lines[0]?.quantity;
    expect(unitsOf({ ...lantern, current_quantity: 1 })).toBe(quantity);
    expect(unitsOf({ ...lantern, current_quantity: undefined })).toBe(quantity);
  });

  it('costs what the customer was asked for, as long as all of it is sold', () => {
    const [lantern] = shopifyOrderOf().line_items;
    const refunds = [{ id: 9, refund_line_items: [{ line_item_id: 111, quantity: 3, restock_type: 'return' }] }];
    const gone = { refunds, current_total_price: '0.00', current_total_price_set: undefined };
    const { order } = placed(shopifyOrderOf({ ...gone, line_items: [{ ...lantern, current_quantity: 0 }] }));
    expect(order.totals.total).toBe(5_890);
  });

  it('that contradicts itself is refused, and nobody guesses what of it was sold: as in Shopify’s own example of 2008, whose lines sum to 597.00 of 398.00', () => {
    const line = { quantity: 1, price: '199.00', requires_shipping: true };
    const example = olderShopifyOrder({
      ...{ total_line_items_price: '398.00', subtotal_price: '398.00', total_price: '409.94', total_discounts: '0.00' },
      ...{ discount_codes: [{ code: 'TENOFF', amount: '10.00' }], tax_lines: [{ title: 'State Tax', price: '11.94', rate: 0.06 }] },
      line_items: [466_157_049, 518_995_019, 703_073_504].map((id) => ({ ...line, id, sku: String(id) })),
    });
    expect(() => placed(example)).toThrow(expect.objectContaining({ code: 'ORDER_TOTAL_MISMATCH' }));
  });

  it.each([
    [{ financial_status: 'authorized' }, 'good'],
    [{ financial_status: 'pending' }, 'pending'],
    [{ financial_status: 'pending', payment_gateway_names: ['Cash on Delivery (COD)'] }, 'good'],
    [{ financial_status: 'partially_paid' }, 'pending'],
    [{ financial_status: 'voided' }, 'void'],
    [{ test: true }, 'void'],
    [{ financial_status: 'constructor' }, 'pending'],
  ])('of which %j has money that is %s', (more, payment) => {
    expect(shopifyOrder(shopifyOrderOf(more)).payment).toBe(payment);
  });

  it('is paid at the door where its gateway says so', () => {
    const { order } = shopifyOrder(shopifyOrderOf({ financial_status: 'pending', payment_gateway_names: ['Cash on Delivery (COD)'] }));
    expect(order.payment).toEqual({ method: 'cod' });
  });

  const sentOf = (id: number, quantity: number, status = 'success') => ({ status, line_items: [{ id, quantity }] });

  it.each<[string, object, string | undefined]>([
    ['nothing', {}, undefined],
    ['all of it', { fulfillment_status: 'fulfilled' }, 'whole'],
    ['all of it, parcel by parcel', { fulfillments: [sentOf(111, 1), sentOf(111, 2)] }, 'whole'],
    ['some of it', { fulfillment_status: 'partial', fulfillments: [sentOf(111, 1)] }, 'part'],
    ['what came to nothing', { fulfillments: [sentOf(111, 3, 'cancelled')] }, undefined],
    ['only a gift card, which the shop hands over by itself', { fulfillment_status: 'partial', fulfillments: [sentOf(112, 1)] }, undefined],
  ])('of which %s was sent says so', (_, more, sent) => {
    const [lantern] = shopifyOrderOf().line_items;
    const card = { ...lantern, id: 112, sku: 'GIFT', quantity: 1, current_quantity: 1, requires_shipping: false };
    expect(shopifyOrder(shopifyOrderOf({ line_items: [lantern, card], ...more })).sent).toBe(sent);
  });

  it('may hold whatever its buyer pasted into a field, and whatever an app wrote beside a line', () => {
    const [lantern] = shopifyOrderOf().line_items;
    const properties = [
      { name: 'Gift\nnote', value: 'To Zoë,\nwith love\u000b' },
      ...[
        { name: 'empty', value: null },
        { name: 'blank', value: ' ' },
        { name: '_options', value: ['a', 1] },
        { name: 'wrapped', value: true },
      ],
    ];
    const shipping_address = {
      ...shopifyOrderOf().shipping_address,
      name: 'Zoë\tÅngström',
      address1: 'Hauptstraße 5\r\nHof\u0000',
      city: 'Ber\ud800lin',
    };
    const { order, personal } = placed(
      shopifyOrderOf({ shipping_address, note: 'Ring\u0007twice', line_items: [{ ...lantern, properties }] }),
    );
    expect(personal).toMatchObject({ name: 'Zoë Ångström', address: { lines: ['Hauptstraße 5 Hof'], city: 'Ber lin' } });
    expect(order).toMatchObject({
      instructions: 'Ring twice',
      lines: [{ attributes: { 'Gift note': 'To Zoë,\nwith love', _options: '["a",1]', wrapped: 'true' } }],
    });
    expect(Object.keys(order.lines[0]?.attributes ?? {})).toHaveLength(3);
  });

  it('that is over needs no address and no name: a sale over the counter has none, nor has who was erased there', () => {
    const bare = { shipping_address: null, billing_address: null, customer: null };
    for (const over of [{ fulfillment_status: 'fulfilled' }, { cancelled_at: '2026-11-21T00:00:00Z' }])
      expect(shopifyOrder(shopifyOrderOf({ ...bare, ...over })).order.shipTo).toBeUndefined();
    expect(() => shopifyOrder(shopifyOrderOf(bare))).toThrow(/shipping_address/);
  });

  it('says who cancelled it', () => {
    const cancelled = (why: string) => shopifyOrder(shopifyOrderOf({ cancelled_at: '2026-11-21T00:00:00Z', cancel_reason: why })).cancelled;
    expect([cancelled('customer'), cancelled('fraud')]).toEqual([
      { code: 'channel-cancelled', detail: 'customer', by: 'customer' },
      { code: 'channel-cancelled', detail: 'fraud', by: 'channel' },
    ]);
  });

  it('goes in parts where some of it needs no parcel', () => {
    const [lantern] = shopifyOrderOf().line_items;
    const card = { ...lantern, id: 112, sku: 'GIFT', requires_shipping: false };
    const { order } = shopifyOrder(shopifyOrderOf({ line_items: [lantern, card] }));
    expect(order.lines.map(({ shipGroupId }) => shipGroupId)).toEqual(['ship', 'digital']);
    expect(order.shipGroups).toMatchObject([
      { shipGroupId: 'ship', shipping: { amount: 490 } },
      { shipGroupId: 'digital', method: 'digital' },
    ]);
    expect(shopifyOrder(shopifyOrderOf({ line_items: [card], shipping_address: null })).order.shipTo).toBeUndefined();
  });

  it('names every field that is wrong, as Shopify names it', () => {
    const [lantern] = shopifyOrderOf().line_items;
    const broken = shopifyOrderOf({
      id: null,
      updated_at: 'yesterday',
      line_items: [{ ...lantern, sku: '', price_set: null, price: '1,50' }],
      shipping_address: null,
    });
    expect(() => shopifyOrder(broken)).toThrow(
      expect.objectContaining({
        code: 'MESSAGE_INVALID',
        errors: ['id', 'updated_at', 'line_items[0].price', 'line_items[0].sku', 'shipping_address'].map((field) =>
          expect.objectContaining({ field }),
        ),
      }),
    );
    expect(() => shopifyOrder([])).toThrow(/body must be an order/);
  });
});
