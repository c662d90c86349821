import type { Json } from './shopify-order';

export interface SoldAtAmazon {
  readonly id: string;
  readonly lines: readonly {
    readonly id: string;
    readonly sku: string;
    readonly quantity: number;
    /** Hundredths. */ readonly paid: number;
  }[];
  readonly currency: string;
  readonly marketplace?: string;
  readonly changedAt?: string;
}

interface Package {
  readonly packageReferenceId: string;
  readonly trackingNumber: string;
  readonly items: readonly { readonly orderItemId: string; readonly quantity: number }[];
}

/** An order at Amazon and what may be done to it; shown as the `Order` of the Orders API of 2026-01-01. */
export class AmazonOrder {
  readonly id: string;
  readonly packages = new Map<string, Package>();
  readonly removed = new Map<string, number>();
  /** Hundredths, by item. */
  readonly givenBack: { readonly itemId: string; readonly amount: number; readonly quantity?: number; readonly at?: string }[] = [];
  private readonly unwanted = new Set<string>();
  cancellations = 0;
  changedAt: string;
  private readonly sold: SoldAtAmazon;

  constructor(sold: SoldAtAmazon) {
    this.id = sold.id;
    this.sold = sold;
    this.changedAt = sold.changedAt ?? '2026-11-27T10:00:00Z';
  }

  has(itemId: string): boolean {
    return this.sold.lines.some(({ id }) => id === itemId);
  }

  /** The buyer asks Amazon, which leaves it to the seller. */
  askToCancel(itemId: string): void {
    this.unwanted.add(itemId);
  }

  left(itemId: string): number {
    const line = this.sold.lines.find(({ id }) => id === itemId);
    if (!line || this.cancellations > 0) return 0;
    return line.quantity - this.sent(itemId) - (this.removed.get(itemId) ?? 0);
  }

  sent(itemId: string): number {
    const units = [...this.packages.values()].flatMap(({ items }) => items.filter(({ orderItemId }) => orderItemId === itemId));
    return units.reduce((sum, { quantity }) => sum + quantity, 0);
  }

  /** The same package again replaces itself. */
  confirm(parcel: Package): string | undefined {
    const before = this.packages.get(parcel.packageReferenceId);
    this.packages.delete(parcel.packageReferenceId);
    const wrong = parcel.items.findIndex(({ orderItemId, quantity }) => quantity > this.left(orderItemId));
    if (wrong < 0) this.packages.set(parcel.packageReferenceId, parcel);
    else if (before) this.packages.set(parcel.packageReferenceId, before);
    return wrong < 0 ? undefined : `packageDetail.orderItems[${wrong}]`;
  }

  shown(): Json {
    const { lines, currency, marketplace = 'A1PA6795UKMFR9' } = this.sold;
    const money = (hundredths: number) => ({ amount: (hundredths / 100).toFixed(2), currencyCode: currency });
    const total = lines.reduce((sum, { paid }) => sum + paid, 0);
    return {
      ...{ orderId: this.id, createdTime: '2026-11-27T09:00:00Z', lastUpdatedTime: this.changedAt },
      salesChannel: { channelName: 'AMAZON', marketplaceId: marketplace, marketplaceName: 'Amazon.de' },
      buyer: { buyerName: 'Zoë Ångström', buyerEmail: 'zoe@marketplace.amazon.de' },
      recipient: {
        deliveryAddress: { name: 'Zoë Ångström', addressLine1: 'Hauptstraße 5', city: 'Berlin', postalCode: '10115', countryCode: 'DE' },
      },
      proceeds: { grandTotal: money(total), breakdowns: [{ type: 'ITEM', subtotal: money(total) }] },
      fulfillment: { fulfillmentStatus: this.status(), fulfilledBy: 'MERCHANT', fulfillmentServiceLevel: 'STANDARD' },
      orderItems: lines.map(({ id, sku, quantity, paid }) => ({
        ...{ orderItemId: id, quantityOrdered: quantity, product: { asin: `B0${id}`, sellerSku: sku, title: sku } },
        proceeds: { proceedsTotal: money(paid), breakdowns: [{ type: 'ITEM', subtotal: money(paid) }] },
        fulfillment: { quantityFulfilled: this.sent(id), quantityUnfulfilled: this.left(id) },
        ...(this.unwanted.has(id) ? { cancellation: { cancellationRequest: { requester: 'BUYER', cancelReason: 'Changed mind' } } } : {}),
      })),
      packages: [...this.packages.values()].map(({ items, ...parcel }) => ({ ...parcel, packageItems: items })),
    };
  }

  refundEvents(): readonly Json[] {
    return this.givenBack.map(({ itemId, amount, quantity, at = '2026-11-27T12:00:00Z' }, i) => ({
      ...{ AmazonOrderId: this.id, PostedDate: at },
      ShipmentItemAdjustmentList: [
        {
          ...{ OrderItemId: itemId, OrderAdjustmentItemId: `${this.id}-${i}`, QuantityShipped: quantity },
          ItemChargeAdjustmentList: [
            { ChargeType: 'Principal', ChargeAmount: { CurrencyCode: this.sold.currency, CurrencyAmount: -amount / 100 } },
          ],
        },
      ],
    }));
  }

  private status(): string {
    if (this.cancellations > 0) return 'CANCELLED';
    const [sent, left] = [this.sold.lines.map(({ id }) => this.sent(id)), this.sold.lines.map(({ id }) => this.left(id))];
    if (left.every((units) => units === 0)) return 'SHIPPED';
    return sent.some((units) => units > 0) ? 'PARTIALLY_SHIPPED' : 'UNSHIPPED';
  }
}
