import { publishedExample } from '@cartage/testkit';
import { isFields } from '../json-reading';
import { amazon } from './amazon';
import { amazonOrder } from './amazon-order';
import { amazonOrderOf, type AmazonItem } from './amazon.fixture';

const eur = (amount: string) => ({ amount, currencyCode: 'EUR' });
const [first, second] = amazonOrderOf().orderItems as [AmazonItem, AmazonItem];
const withItems = (...items: readonly object[]) => amazonOrderOf({ orderItems: items });
const request = { cancellationRequest: { requester: 'BUYER', cancelReason: 'Changed mind' } };

/** All objects in a model that stand where an order does. */
const ordersIn = (model: unknown): readonly Readonly<Record<string, unknown>>[] => {
  if (Array.isArray(model)) return model.flatMap(ordersIn);
  if (!isFields(model)) return [];
  const inside = Object.values(model).flatMap(ordersIn);
  return typeof model['orderId'] === 'string' && Array.isArray(model['orderItems']) ? [model, ...inside] : inside;
};

describe('an order at Amazon', () => {
  it('is an order here: lines by the numbers of items, what the customer paid, and where it goes', () => {
    const { order, payment, changedAt } = amazonOrder(amazonOrderOf());
    expect({ payment, changedAt }).toEqual({ payment: 'good', changedAt: '2026-11-20T10:00:05.000Z' });
    expect(order).toMatchObject({
      ...{ placedAt: '2026-11-20T10:00:00.000Z', currency: 'EUR', taxIncluded: true, total: 5_000, payment: { method: 'prepaid' } },
      customer: { name: 'Zoë Ångström', email: 'zoe@marketplace.amazon.de', phone: '+49 30 1234567' },
      shipTo: { lines: ['Hauptstraße 5'], city: 'Berlin', postalCode: '10115', country: 'DE' },
      shipping: { amount: 0, tax: 0, service: 'STANDARD', shipBy: '2026-11-22T22:59:59Z' },
      instructions: 'Please ring twice',
    });
    expect(order.lines).toEqual([
      { lineId: '1', sku: 'A', description: 'Item A', quantity: 3, unitPrice: 1_000, tax: 479 },
      { lineId: '2', sku: 'B', description: 'Item B', quantity: 2, unitPrice: 1_000, tax: 319 },
    ]);
  });

  it('has taxes on top where only so it adds up, delivery and what it has beyond its items apart, and prices that do not divide exactly', () => {
    const breakdowns = [
      { type: 'ITEM', subtotal: eur('10.00') },
      { type: 'DISCOUNT', subtotal: eur('-1.00') },
      { type: 'SHIPPING', subtotal: eur('4.00') },
      {
        type: 'TAX',
        subtotal: eur('2.00'),
        detailedBreakdowns: [
          { subtype: 'ITEM', value: eur('1.50') },
          { subtype: 'SHIPPING', value: eur('0.50') },
        ],
      },
    ];
    const proceeds = { grandTotal: eur('17.00'), breakdowns: [...breakdowns, { type: 'DELIVERY_TIP', subtotal: eur('2.00') }] };
    const { order } = amazonOrder(amazonOrderOf({ proceeds, orderItems: [{ ...first, proceeds: { breakdowns } }] }));
    expect(order).toMatchObject({ taxIncluded: false, total: 1_700, shipping: { amount: 600, tax: 50 } });
    expect(order.lines).toMatchObject([
      {
        quantity: 3,
        unitPrice: 334,
        tax: 150,
        discounts: [
          { code: 'promotion', amount: 100 },
          { code: 'rounding', amount: 2 },
        ],
      },
    ]);
  });

  it('counts what is neither sent nor left to be sent as cancelled', () => {
    const { order } = amazonOrder(
      withItems(
        { ...first, fulfillment: { quantityFulfilled: 1, quantityUnfulfilled: 1 } },
        { ...second, fulfillment: { quantityFulfilled: 0, quantityUnfulfilled: 0 } },
      ),
    );
    expect(order.lines.map(({ quantity, tax }) => [quantity, tax])).toEqual([
      [2, 319],
      [0, 0],
    ]);
    expect(order.total).toBeUndefined();
  });

  it.each([
    ['PENDING', 'pending', 0, undefined],
    ['UNSHIPPED', 'good', 0, undefined],
    ['PARTIALLY_SHIPPED', 'good', 1, 'part'],
    ['SHIPPED', 'good', 3, 'whole'],
  ])('that is %s has money that is %s, and says what of it was sent', (fulfillmentStatus, payment, quantityFulfilled, sent) => {
    const item = { ...first, fulfillment: { quantityFulfilled, quantityUnfulfilled: 3 - quantityFulfilled } };
    const order = amazonOrder({ ...withItems(item, second), fulfillment: { fulfillmentStatus } });
    expect([order.payment, order.sent]).toEqual([payment, sent]);
  });

  it('that was sent a while ago has no buyer and no address any more', () => {
    const { recipient: _, buyer: __, ...order } = amazonOrderOf({ fulfillment: { fulfillmentStatus: 'SHIPPED' } });
    expect(amazonOrder(order)).toMatchObject({ sent: 'whole', order: { customer: { name: '' } } });
    expect(() => amazonOrder({ ...order, fulfillment: { fulfillmentStatus: 'UNSHIPPED' } })).toThrow(/deliveryAddress/);
  });

  it('that is pending has no prices and no address yet', () => {
    const { proceeds: _, recipient: __, buyer: ___, ...order } = amazonOrderOf({ fulfillment: { fulfillmentStatus: 'PENDING' } });
    const bare = { ...order, orderItems: [{ orderItemId: '1', quantityOrdered: 1, product: { sellerSku: 'A' } }] };
    expect(amazonOrder(bare)).toMatchObject({ payment: 'pending', order: { lines: [{ lineId: '1', sku: 'A', quantity: 1 }] } });
  });

  it('says what its buyer asked to cancel and Amazon left to the seller, once it is no more than a wish', () => {
    const asked = amazonOrder(withItems({ ...first, cancellation: request }, second));
    expect(asked.cancelAsked).toEqual({
      lines: [{ lineId: '1', quantity: 3 }],
      reason: { code: 'changed-mind', detail: 'Changed mind', by: 'customer' },
    });
    const done = { ...request, cancellationExecution: { cancelledBy: 'MERCHANT', cancelReason: 'asked' } };
    const sent = { quantityFulfilled: 3, quantityUnfulfilled: 0 };
    for (const item of [
      { ...first, cancellation: done },
      { ...first, cancellation: request, fulfillment: sent },
    ])
      expect(amazonOrder(withItems(item, second)).cancelAsked).toBeUndefined();
  });

  it('says who cancelled it', () => {
    const by = (cancelledBy: string) => {
      const cancellation = { cancellationExecution: { cancelledBy, cancelReason: 'Because.' } };
      const fulfillment = { fulfillmentStatus: 'CANCELLED' };
      return amazonOrder(amazonOrderOf({ fulfillment, orderItems: [{ ...first, cancellation }] })).cancelled;
    };
    expect(['BUYER', 'AMAZON'].map((who) => by(who)?.by)).toEqual(['customer', 'channel']);
    expect(by('BUYER')).toMatchObject({ code: 'channel-cancelled', detail: 'Because.' });
  });

  it('names every field that is wrong, as Amazon names it', () => {
    const { recipient: _, buyer: __, ...order } = amazonOrderOf({ lastUpdatedTime: 'yesterday' });
    const broken = { ...order, orderItems: [{ ...first, quantityOrdered: -1, product: {} }] };
    const fields = [
      'lastUpdatedTime',
      'orderItems[0].quantityOrdered',
      'orderItems[0].product.sellerSku',
      'recipient.deliveryAddress.name',
      'recipient.deliveryAddress',
    ];
    expect(() => amazonOrder(broken)).toThrow(
      expect.objectContaining({ code: 'MESSAGE_INVALID', errors: fields.map((field) => expect.objectContaining({ field })) }),
    );
    expect(() => amazonOrder([])).toThrow(/body must be an order/);
  });

  const published = ordersIn(publishedExample('amazon-sp-api/orders_2026-01-01.json'));
  it(`is each of Amazon’s own published examples${published.length > 0 ? '' : ' (which are not here: one of their shape)'}`, () => {
    for (const example of published.length > 0 ? published : [amazonOrderOf()]) {
      const { externalOrderId, order } = amazonOrder(example);
      expect(externalOrderId).toBe(example['orderId' as keyof typeof example]);
      expect(order.lines.length).toBeGreaterThan(0);
      expect(order.currency).toMatch(/^[A-Z]{3}$/);
    }
  });
});

describe('what Amazon’s queue forwards', () => {
  const connector = amazon(['c2VjcmV0'], () => new Date());
  const change = publishedExample('amazon-sp-api/OrderChangeNotification.json') as { readonly examples: readonly object[] } | undefined;
  const bare = { NotificationType: 'ORDER_CHANGE', Payload: { OrderChangeNotification: { AmazonOrderId: '903-8868176-2219830' } } };

  it('is that an order has changed, and is no word about how it stands', () => {
    for (const payload of [bare, ...(change?.examples ?? [])]) {
      expect(connector.changedIn?.({ topic: 'ORDER_CHANGE', payload })).toBe('903-8868176-2219830');
      expect(connector.about({ topic: 'ORDER_CHANGE', payload })).toBeUndefined();
    }
    expect(connector.changedIn?.({ topic: 'order', payload: amazonOrderOf() })).toBeUndefined();
  });

  it('is nothing of ours where Amazon sends the goods itself', () => {
    const about = (fulfilledBy: string) => connector.about({ topic: 'order', payload: amazonOrderOf({ fulfillment: { fulfilledBy } }) });
    expect(['AMAZON', 'MERCHANT'].map(about)).toEqual([undefined, 'order']);
  });
});
