import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json, ShopifyOrder } from './shopify-order';
import { VendorFaults, type VendorFault } from './vendor-faults';

const TOKEN = 'shpat_test';
/** As of a small shop; every question costs the same here. */
const COST = { requestedQueryCost: 10, actualQueryCost: 10 };

/** Of any list that it is given. */
const MOST_IN_A_LIST = 250;

type Root = (variables: Json) => Json;

interface UserError {
  readonly field: readonly string[];
  readonly message: string;
  readonly code?: string;
}

/**
 * A shop at Shopify as the GraphQL Admin API shows it, as far as orders and stock go: what is told of it changes it, by the rules that shopify.dev documents (units that are
 * left to be fulfilled, money that is left to be refunded, keys of `@idempotent`), and is answered in the documented shapes. Questions are known by their root fields.
 */
export class ShopifyShop {
  private readonly server: Server = createServer((request, response) => void this.serve(request, response));
  private readonly orders = new Map<string, ShopifyOrder>();
  private readonly faults = new VendorFaults();
  private readonly done = new Map<string, Json>();
  /** By SKU. */
  readonly items = new Map<string, string>();
  /** Orders as its REST Admin API writes them, by number. */
  readonly rest = new Map<string, Json>();
  /** Their statuses, by number. */
  readonly returns = new Map<string, string>();
  /** By `<SKU>@<location>`. */
  readonly stock = new Map<string, number>();
  /** By SKU, hundredths. */
  readonly prices = new Map<string, number>();
  currency = 'EUR';
  /** Its owner owes Shopify money. */
  isFrozen = false;
  /** Points that are left; questions beyond them are throttled. */
  points = 1_000;
  questions = 0;

  async start(): Promise<{ readonly url: string; readonly token: string }> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return { url: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`, token: TOKEN };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  strike(...faults: readonly VendorFault[]): void {
    this.faults.strike(...faults);
  }

  sell(order: ShopifyOrder): ShopifyOrder {
    this.orders.set(`gid://shopify/Order/${order.id}`, order);
    return order;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = this.faults.take();
    this.questions += 1;
    const body = await textOf(request);
    const turnedAway = this.turnedAway(fault, request);
    if (turnedAway) return void response.writeHead(turnedAway.status, turnedAway.headers ?? {}).end(turnedAway.body);
    if (request.method === 'GET') return this.listed(new URL(request.url ?? '/', 'http://shop'), response);
    const answer = this.answer(JSON.parse(body) as { readonly query: string; readonly variables: Json });
    if (fault === 'lost') return void request.socket.destroy();
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  /** Before anything is done. */
  private turnedAway(fault: VendorFault | undefined, { headers }: IncomingMessage) {
    if (fault === 'throttled') return { status: 429, headers: { 'retry-after': '2.0' }, body: '{}' };
    if (fault === 'broken') return { status: 503, body: '<html>Service Unavailable</html>' };
    if (fault === 'denied' || headers['x-shopify-access-token'] !== TOKEN)
      return { status: 401, body: '{"errors":"[API] Invalid API key or access token"}' };
    return this.isFrozen ? { status: 402, body: '{"errors":"Unavailable Shop"}' } : undefined;
  }

  private listed(asked: URL, response: ServerResponse): void {
    const [, id] = /\/orders\/([^/]+)\.json$/.exec(asked.pathname) ?? [];
    if (id === undefined) return this.page(asked, response);
    const one = this.rest.get(id);
    response.writeHead(one ? 200 : 404).end(JSON.stringify(one ? { order: one } : { errors: 'Not Found' }));
  }

  /** One on a page: the next is linked. */
  private page({ pathname, searchParams }: URL, response: ServerResponse): void {
    const since = searchParams.get('updated_at_min') ?? '';
    const all = [...this.rest.values()].filter(({ updated_at: at }) => Date.parse(String(at)) >= Date.parse(since));
    const page = Number(searchParams.get('page_info'));
    const next = new URL(`http://${String(response.req.headers.host)}${pathname}`);
    next.search = new URLSearchParams({ updated_at_min: since, page_info: String(page + 1) }).toString();
    const link = page + 1 < all.length ? { link: `<${next.href}>; rel="next"` } : {};
    response.writeHead(200, link).end(JSON.stringify({ orders: all.slice(page, page + 1) }));
  }

  private answer({ query, variables }: { readonly query: string; readonly variables: Json }): Json {
    const cost = { ...COST, throttleStatus: { maximumAvailable: 1_000, currentlyAvailable: this.points, restoreRate: 50 } };
    if (this.points < COST.requestedQueryCost)
      return { errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }], extensions: { cost } };
    const [tooLong] = Object.values((variables['input'] ?? {}) as Json).filter(
      (list) => Array.isArray(list) && list.length > MOST_IN_A_LIST,
    );
    if (tooLong) return { errors: [{ message: 'The input array size is too large.', extensions: { code: 'MAX_INPUT_SIZE_EXCEEDED' } }] };
    const roots = [...query.matchAll(/^ {2}(\w+)\(/gm)].map(([, name]) => name ?? '');
    const shop = /^ {2}shop \{/m.test(query) ? { shop: { currencyCode: this.currency } } : {};
    const data = { ...shop, ...Object.fromEntries(roots.map((name) => [name, this.rootOf(name, query)(variables)])) };
    return { data, extensions: { cost } };
  }

  private rootOf(name: string, query: string): Root {
    const root = this.roots[name];
    if (!root) throw new Error(`The shop knows no ${name}.`);
    if (!query.includes('@idempotent(key: $key)')) return root;
    return (variables) => {
      const key = String(variables['key']);
      const before = this.done.get(key);
      if (before) return before;
      const answer = root(variables);
      this.done.set(key, answer);
      return answer;
    };
  }

  private orderOf(id: unknown): ShopifyOrder | undefined {
    return this.orders.get(String(id));
  }

  private readonly roots: Readonly<Record<string, Root>> = {
    order: ({ id }) => this.orderOf(id)?.shown() as Json,
    fulfillmentOrder: ({ id }) => [...this.orders.values()].flatMap((order) => order.fulfillmentOrder(String(id)) ?? [])[0] as Json,
    fulfillmentCreate: ({ fulfillment }) =>
      this.changed(this.orderOfFulfilment(fulfillment as Json), (order) => order.fulfil(fulfillment as Json)),
    refundCreate: ({ input }) => this.changed(this.orderOf((input as Json)['orderId']), (order) => order.refund(input as Json)),
    orderCancel: ({ orderId }) => {
      const { userErrors } = this.changed(this.orderOf(orderId), (order) => order.cancel()) as {
        readonly userErrors: readonly UserError[];
      };
      return { job: { id: 'gid://shopify/Job/1' }, orderCancelUserErrors: userErrors };
    },
    tagsAdd: ({ id, add }) => this.changed(this.orderOf(id), (order) => order.tag(add as readonly string[], 'add')),
    tagsRemove: ({ id, remove }) => this.changed(this.orderOf(id), (order) => order.tag(remove as readonly string[], 'delete')),
    return: ({ id }) => this.returnOf(id) as Json,
    returnApproveRequest: ({ input }) => this.stepped((input as Json)['id'], ['REQUESTED', 'OPEN']),
    returnDeclineRequest: ({ input }) => this.stepped((input as Json)['id'], ['REQUESTED', 'DECLINED']),
    returnClose: ({ id }) => this.stepped(id, ['OPEN', 'CLOSED']),
    productVariants: ({ query, location }) => ({
      nodes: [...this.items]
        .filter(([sku]) => String(query).includes(`sku:"${sku}"`))
        .map(([sku, id]) => ({
          ...{ id: `gid://shopify/ProductVariant/${sku}`, sku },
          product: { id: 'gid://shopify/Product/1' },
          inventoryItem: { id, inventoryLevel: this.levelOf(sku, location) },
        })),
    }),
    productVariantsBulkUpdate: ({ variants }) => this.setPrices(variants as readonly { readonly id: string; readonly price: string }[]),
    inventorySetQuantities: ({ input }) => this.setStock((input as { readonly quantities: readonly Json[] }).quantities),
  };

  private levelOf(sku: string, location: unknown): Json | null {
    const quantity = this.stock.get(`${sku}@${String(location).split('/').at(-1)}`);
    return quantity === undefined ? null : { quantities: [{ name: 'available', quantity }] };
  }

  private returnOf(id: unknown): Json | null {
    const status = this.returns.get(String(id).split('/').at(-1) ?? '');
    return status === undefined ? null : { id: String(id), status };
  }

  private stepped(id: unknown, [from, to]: readonly [string, string]): Json {
    if (this.returnOf(id)?.['status'] !== from) return { userErrors: [{ field: ['id'], message: 'Return status is invalid.' }] };
    this.returns.set(String(id).split('/').at(-1) ?? '', to);
    return { userErrors: [] };
  }

  private orderOfFulfilment(fulfillment: Json): ShopifyOrder | undefined {
    const [first] = fulfillment['lineItemsByFulfillmentOrder'] as readonly { readonly fulfillmentOrderId: string }[];
    return [...this.orders.values()].find((order) => order.fulfillmentOrder(first?.fulfillmentOrderId ?? ''));
  }

  private changed(order: ShopifyOrder | undefined, change: (order: ShopifyOrder) => readonly UserError[]): Json {
    return { userErrors: order ? change(order) : [{ field: ['id'], message: 'Order does not exist' }] };
  }

  /** With `allowPartialUpdates` each for itself. */
  private setPrices(variants: readonly { readonly id: string; readonly price: string }[]): Json {
    const isWrong = ({ price }: { readonly price: string }): boolean => Number(price) < 0;
    for (const variant of variants.filter((each) => !isWrong(each)))
      this.prices.set(variant.id.split('/').at(-1) ?? '', Math.round(Number(variant.price) * 100));
    const message = 'Price must be greater than or equal to 0';
    const userErrors = variants.flatMap((each, i) =>
      isWrong(each) ? [{ code: 'NEGATIVE_PRICE_VALUE', field: ['variants', String(i), 'price'], message }] : [],
    );
    return { userErrors };
  }

  /** All or none, as Shopify does it. */
  private setStock(quantities: readonly Json[]): Json {
    const skuOf = new Map([...this.items].map(([sku, id]) => [id, sku]));
    const userErrors = quantities.flatMap(({ quantity }, i) =>
      Number(quantity) > 1_000_000
        ? [
            {
              code: 'INVALID_QUANTITY_TOO_HIGH',
              field: ['input', 'quantities', String(i), 'quantity'],
              message: 'The quantity is too high.',
            },
          ]
        : [],
    );
    if (userErrors.length > 0) return { userErrors };
    for (const { inventoryItemId, locationId, quantity } of quantities)
      this.stock.set(`${skuOf.get(String(inventoryItemId))}@${String(locationId).split('/').at(-1)}`, Number(quantity));
    return { userErrors: [] };
  }
}

const textOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};
