export type Json = Readonly<Record<string, unknown>>;

interface UserError {
  readonly field: readonly string[];
  readonly message: string;
}
interface Line {
  readonly id: string;
  /** Units that are left to be fulfilled, by the location that they are assigned to. */
  readonly left: Map<string, number>;
}
interface Fulfilment {
  readonly number: string | undefined;
  readonly lines: readonly { readonly id: string; readonly quantity: number }[];
}
interface Paid {
  readonly id: string;
  /** Of the smallest unit. */
  readonly amount: number;
}

export interface SoldAtShopify {
  readonly id: string;
  /** Units by line and location. */
  readonly lines: readonly { readonly id: string; readonly units: Readonly<Record<string, number>> }[];
  readonly currency: string;
  /** Payments in hundredths. */
  readonly paid: readonly number[];
}

const number = (gid: unknown): string => String(gid).split('/').at(-1) ?? '';
const hundredths = (amount: unknown): number => Math.round(Number(amount) * 100);

/** An order of the shop and what may be done to it. Fulfilment orders are named `<order>-<location>`, their lines `<order>-<location>-<line>`. */
export class ShopifyOrder {
  readonly id: string;
  readonly tags = new Set<string>();
  readonly fulfilments: Fulfilment[] = [];
  readonly removed: { readonly id: string; readonly quantity: number }[] = [];
  readonly givenBack: { readonly parent: string; readonly amount: number; readonly gateway: string }[] = [];
  private readonly refunds: { readonly note: string; readonly total: number }[] = [];
  private readonly lines: readonly Line[];
  private readonly paid: readonly Paid[];
  private readonly currency: string;
  cancellations = 0;

  constructor({ id, lines, currency, paid }: SoldAtShopify) {
    this.id = id;
    this.currency = currency;
    this.lines = lines.map((line) => ({ id: line.id, left: new Map(Object.entries(line.units)) }));
    this.paid = paid.map((amount, i) => ({ id: `gid://shopify/OrderTransaction/${id}${i + 1}`, amount }));
  }

  shown(): Json {
    return {
      cancelledAt: this.cancellations > 0 ? '2026-11-27T10:00:00Z' : null,
      refunds: this.refunds.map(({ note, total }) => ({ note, totalRefundedSet: this.money(total) })),
      transactions: this.transactions(),
      fulfillments: this.fulfilments.map(({ number: of, lines }) => ({
        status: 'SUCCESS',
        trackingInfo: of === undefined ? [] : [{ number: of }],
        fulfillmentLineItems: { nodes: lines.map(({ id, quantity }) => ({ quantity, lineItem: { id: `gid://shopify/LineItem/${id}` } })) },
      })),
      fulfillmentOrders: {
        nodes: [...this.locations()].map((location) => ({
          id: `gid://shopify/FulfillmentOrder/${this.id}-${location}`,
          status: 'OPEN',
          assignedLocation: { location: { id: `gid://shopify/Location/${location}` } },
        })),
      },
    };
  }

  fulfillmentOrder(gid: string): Json | undefined {
    const location = [...this.locations()].find((each) => number(gid) === `${this.id}-${each}`);
    if (location === undefined) return undefined;
    const nodes = this.lines.flatMap(({ id, left }) => {
      const remainingQuantity = left.get(location);
      const lineItem = { id: `gid://shopify/LineItem/${id}` };
      return remainingQuantity === undefined
        ? []
        : [{ id: `gid://shopify/FulfillmentOrderLineItem/${this.id}-${location}-${id}`, remainingQuantity, lineItem }];
    });
    return { lineItems: { nodes, pageInfo: { hasNextPage: false, endCursor: null } } };
  }

  fulfil({ trackingInfo, lineItemsByFulfillmentOrder }: Json): readonly UserError[] {
    const orders = lineItemsByFulfillmentOrder as readonly { readonly fulfillmentOrderLineItems: readonly Json[] }[];
    const asked = orders.flatMap(({ fulfillmentOrderLineItems }) => fulfillmentOrderLineItems);
    const units = asked.map(({ id, quantity }) => ({ ...this.placeOf(number(id)), quantity: Number(quantity) }));
    if (new Set(units.map(({ location }) => location)).size > 1)
      return [{ field: ['fulfillment'], message: 'All fulfillment orders must be assigned to the same location.' }];
    const errors = this.taken(units, ['fulfillment', 'quantity']);
    if (errors.length === 0)
      this.fulfilments.push({ number: (trackingInfo as Json | undefined)?.['number'] as string | undefined, lines: units });
    return errors;
  }

  refund({ note, refundLineItems = [], transactions }: Json): readonly UserError[] {
    const lines = (refundLineItems as readonly Json[]).map(({ lineItemId, quantity, locationId }) => ({
      id: number(lineItemId),
      location: number(locationId),
      quantity: Number(quantity),
    }));
    const money = (transactions as readonly Json[]).map(({ parentId, amount, gateway }) => ({
      parent: String(parentId),
      amount: hundredths(amount),
      gateway: String(gateway),
    }));
    if (money.some(({ parent, amount }) => amount > this.refundable(parent)))
      return [{ field: ['transactions', 'amount'], message: 'Refund amount is greater than net payment received.' }];
    const errors = this.taken(lines, ['refundLineItems', 'quantity']);
    if (errors.length > 0) return errors;
    this.refunds.push({ note: String(note), total: money.reduce((sum, { amount }) => sum + amount, 0) });
    this.removed.push(...lines.map(({ id, quantity }) => ({ id, quantity })));
    this.givenBack.push(...money);
    return [];
  }

  cancel(): readonly UserError[] {
    if (this.cancellations > 0) return [{ field: ['orderId'], message: 'Order has already been cancelled.' }];
    if (this.fulfilments.length > 0) return [{ field: ['orderId'], message: 'Cannot cancel a fulfilled order.' }];
    this.cancellations += 1;
    return [];
  }

  tag(tags: readonly string[], change: 'add' | 'delete'): readonly UserError[] {
    for (const tag of tags) this.tags[change](tag);
    return [];
  }

  private locations(): ReadonlySet<string> {
    return new Set(this.lines.flatMap(({ left }) => [...left.keys()]));
  }

  private placeOf(name: string): { readonly id: string; readonly location: string } {
    const [, location = '', id = ''] = name.split('-');
    return { id, location };
  }

  private taken(units: readonly { readonly id: string; readonly location: string; readonly quantity: number }[], field: readonly string[]) {
    const leftOf = ({ id, location }: { readonly id: string; readonly location: string }): number =>
      this.lines.find((line) => line.id === id)?.left.get(location) ?? 0;
    if (units.some((each) => each.quantity > leftOf(each)))
      return [{ field, message: 'Invalid fulfillment order line item quantity requested.' }];
    for (const each of units) this.lines.find(({ id }) => id === each.id)?.left.set(each.location, leftOf(each) - each.quantity);
    return [];
  }

  private refundable(parent: string): number {
    const back = this.givenBack.filter((each) => each.parent === parent).reduce((sum, { amount }) => sum + amount, 0);
    return (this.paid.find(({ id }) => id === parent)?.amount ?? 0) - back;
  }

  private money(amount: number): Json {
    return { presentmentMoney: { amount: (amount / 100).toFixed(2), currencyCode: this.currency } };
  }

  private transactions(): readonly Json[] {
    const gateway = 'shopify_payments';
    return [
      ...this.paid.map(({ id, amount }) => ({
        id,
        kind: 'SALE',
        status: 'SUCCESS',
        gateway,
        amountSet: this.money(amount),
        parentTransaction: null,
      })),
      ...this.givenBack.map(({ parent, amount }, i) => ({
        ...{ id: `gid://shopify/OrderTransaction/${this.id}9${i}`, kind: 'REFUND', status: 'SUCCESS', gateway },
        ...{ amountSet: this.money(amount), parentTransaction: { id: parent } },
      })),
    ];
  }
}
