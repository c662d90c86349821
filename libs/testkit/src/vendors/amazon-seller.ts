import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { processFeed } from './amazon-feeds';
import { AmazonReports } from './amazon-reports';
import type { AmazonOrder } from './amazon-order';
import type { Json } from './shopify-order';
import { VendorFaults, type VendorFault } from './vendor-faults';

const ACCESS = 'Atza|test';
const SELLER = 'A3SELLER';
const MARKETPLACE = 'A1PA6795UKMFR9';
const TOKEN_MS = 180_000;

interface Answer {
  readonly status?: number;
  readonly body: Json | string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}
interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}
type Route = (asked: Asked, ...parts: readonly string[]) => Answer;

interface ListingPatch {
  readonly path: string;
  readonly value: readonly {
    readonly quantity?: number;
    readonly our_price?: readonly { readonly schedule: readonly { readonly value_with_tax: number }[] }[];
  }[];
}

interface Feed {
  readonly feedId: string;
  readonly feedType: string;
  readonly createdTime: string;
  readonly report: string;
}

const refusal = (status: number, code: string, details: string): Answer => ({
  status,
  body: { errors: [{ code, message: `${details} is refused.`, details }] },
});

/**
 * A seller at Amazon as the Selling Partner API shows it, as far as orders, feeds, returns, money and stock go: what is told of it changes it, and is answered in the shapes of the published
 * models. Feeds are processed at once, unless `isBusy`.
 */
export class AmazonSeller {
  private readonly server: Server = createServer((request, response) => void this.serve(request, response));
  private readonly faults = new VendorFaults();
  private readonly orders = new Map<string, AmazonOrder>();
  private readonly documents = new Map<string, string>();
  private readonly feeds: Feed[] = [];
  readonly reports = new AmazonReports();
  /** By whose clock what is made here is made. */
  now: () => Date = () => new Date();
  readonly skus = new Set<string>();
  readonly stock = new Map<string, number>();
  /** Hundredths. */
  readonly prices = new Map<string, number>();
  /** All that was asked with a body that is JSON. */
  readonly asked: { readonly operation: string; readonly body: unknown }[] = [];
  /** Orders on a page. */
  pageSize = 100;
  isBusy = false;
  tokens = 0;
  private url = '';

  async start(): Promise<{ readonly url: string; readonly token: string }> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return { url: `${this.url}/${SELLER}/${MARKETPLACE}`, token: 'client:secret:Atzr|refresh' };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  strike(...faults: readonly VendorFault[]): void {
    this.faults.strike(...faults);
  }

  sell(order: AmazonOrder): AmazonOrder {
    this.orders.set(order.id, order);
    return order;
  }

  get feedsMade(): number {
    return this.feeds.length;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = this.faults.take();
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', this.url);
    const turnedAway = this.turnedAway(fault, path, request);
    if (turnedAway) return void response.writeHead(turnedAway.status, turnedAway.headers).end(turnedAway.body);
    const {
      status = 200,
      body,
      headers,
    } = this.answer({
      method: String(request.method),
      path,
      query,
      body: Buffer.concat(chunks).toString('utf8'),
    });
    if (fault === 'lost') return void request.socket.destroy();
    response
      .writeHead(status, { 'x-amzn-ratelimit-limit': '50', ...headers })
      .end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
  }

  /** Before anything is done. */
  private turnedAway(fault: VendorFault | undefined, path: string, { headers }: IncomingMessage) {
    if (fault === 'throttled') return { status: 429, headers: { 'x-amzn-ratelimit-limit': '0.5' }, body: '{"errors":[]}' };
    if (fault === 'broken') return { status: 503, headers: {}, body: '{}' };
    const isOpen = /^\/(auth|uploads|downloads|reports\/document-[\w-]+)/.test(path);
    if (fault !== 'denied' && (isOpen || headers['x-amz-access-token'] === ACCESS)) return undefined;
    return { status: 403, headers: {}, body: '{"errors":[{"code":"Unauthorized","message":"Access to requested resource is denied."}]}' };
  }

  private answer(asked: Asked): Answer {
    for (const [method, pattern, route] of this.routes) {
      const [, ...parts] = asked.method === method ? (new RegExp(`^${pattern}$`).exec(asked.path) ?? []) : [];
      if (asked.method === method && new RegExp(`^${pattern}$`).test(asked.path)) return route(asked, ...parts.map(decodeURIComponent));
    }
    return refusal(404, 'NotFound', asked.path);
  }

  private readonly routes: readonly (readonly [string, string, Route])[] = [
    ['POST', '/auth/o2/token', () => this.granted()],
    ['GET', '/orders/2026-01-01/orders', ({ query }) => this.searched(query)],
    ['GET', '/orders/2026-01-01/orders/([^/]+)', (_, id = '') => this.shown(id)],
    ['POST', '/orders/v0/orders/([^/]+)/shipmentConfirmation', (asked, id = '') => this.confirmed(asked, id)],
    ['GET', '/finances/v0/financialEvents', ({ query }) => this.posted(query)],
    ['POST', '/reports/2021-06-30/reports', ({ body }) => ({ status: 202, body: this.reports.create(body, this.now().toISOString()) })],
    ['GET', '/reports/2021-06-30/reports', ({ query }) => ({ body: this.reports.listed(query) })],
    ['GET', '/reports/2021-06-30/documents/([^/]+)', (_, id = '') => ({ body: this.reports.document(id, this.url) })],
    [
      'GET',
      '/reports/(document-[^/]+)',
      (_, id = '') => ({ body: this.reports.packed(id), headers: { 'content-type': this.reports.contentType } }),
    ],
    ['GET', '/finances/v0/orders/([^/]+)/financialEvents', (_, id = '') => this.financed(id)],
    ['GET', `/listings/2021-08-01/items/${SELLER}`, ({ query }) => this.offered(query)],
    ['GET', `/listings/2021-08-01/items/${SELLER}/([^/]+)`, (_, sku = '') => this.listing(sku)],
    ['PATCH', `/listings/2021-08-01/items/${SELLER}/([^/]+)`, (asked, sku = '') => this.patched(asked, sku)],
    ['POST', '/feeds/2021-06-30/documents', (asked) => this.document(asked)],
    ['PUT', '/uploads/([^/]+)', ({ body }, id = '') => this.uploaded(id, body)],
    ['POST', '/feeds/2021-06-30/feeds', (asked) => this.fed(asked)],
    ['GET', '/feeds/2021-06-30/feeds', ({ query }) => this.listed(query)],
    ['GET', '/feeds/2021-06-30/feeds/([^/]+)', (_, id = '') => this.feed(id)],
    ['GET', '/feeds/2021-06-30/documents/([^/]+)', (_, id = '') => ({ body: { feedDocumentId: id, url: `${this.url}/downloads/${id}` } })],
    ['GET', '/downloads/([^/]+)', (_, id = '') => ({ body: this.feeds.find(({ feedId }) => `report-${feedId}` === id)?.report ?? '' })],
  ];

  private granted(): Answer {
    this.tokens += 1;
    return { body: { access_token: ACCESS, token_type: 'bearer', expires_in: 3_600, refresh_token: 'Atzr|refresh' } };
  }

  private searched(query: URLSearchParams): Answer {
    const since = query.get('lastUpdatedAfter') ?? '';
    const from = Number(query.get('paginationToken') ?? 0);
    const all = [...this.orders.values()].filter(({ changedAt }) => Date.parse(changedAt) >= Date.parse(since));
    const next = from + this.pageSize;
    const pagination = next < all.length ? { pagination: { nextToken: String(next) } } : {};
    return {
      body: { orders: all.slice(from, next).map((order) => order.shown()), ...pagination, lastUpdatedBefore: '2026-11-27T10:30:00Z' },
    };
  }

  private shown(id: string): Answer {
    const order = this.orders.get(id);
    return order ? { body: { order: order.shown() } } : refusal(404, 'NotFound', 'orderId');
  }

  private confirmed({ body }: Asked, id: string): Answer {
    const said = JSON.parse(body) as {
      readonly packageDetail: {
        readonly packageReferenceId: string;
        readonly trackingNumber: string;
        readonly orderItems: readonly { readonly orderItemId: string; readonly quantity: number }[];
      };
    };
    this.asked.push({ operation: 'confirmShipment', body: said });
    const { packageReferenceId, trackingNumber, orderItems } = said.packageDetail;
    const wrong = this.orders.get(id)?.confirm({ packageReferenceId, trackingNumber, items: orderItems });
    return wrong === undefined ? { status: 204, body: '' } : refusal(400, 'InvalidInput', wrong);
  }

  private financed(id: string): Answer {
    return { body: { payload: { FinancialEvents: { RefundEventList: this.orders.get(id)?.refundEvents() ?? [] } } } };
  }

  /** Events of a page; the next is named by where it begins, for three minutes, as Amazon has it. */
  private posted(query: URLSearchParams): Answer {
    const begin = `${query.get('PostedAfter')} ${query.get('PostedBefore')} 0 ${this.now().toISOString()}`;
    const [since, before, from, at = ''] = (query.get('NextToken') ?? begin).split(' ');
    if (this.now().getTime() - Date.parse(at) > TOKEN_MS) return refusal(400, 'InvalidInput', 'NextToken');
    const isAsked = ({ PostedDate: at }: Json): boolean =>
      Date.parse(String(at)) >= Date.parse(since ?? '') && Date.parse(String(at)) < Date.parse(before ?? '');
    const all = [...this.orders.values()].flatMap((order) => order.refundEvents()).filter(isAsked);
    const next = Number(from) + this.pageSize;
    const more = next < all.length ? { NextToken: `${since} ${before} ${next} ${this.now().toISOString()}` } : {};
    return { body: { payload: { ...more, FinancialEvents: { RefundEventList: all.slice(Number(from), next) } } } };
  }

  private patched({ body }: Asked, sku: string): Answer {
    const said = JSON.parse(body) as { readonly patches: readonly ListingPatch[] };
    this.asked.push({ operation: 'patchListingsItem', body: said });
    if (!this.skus.has(sku)) return refusal(404, 'NOT_FOUND', `SKU ${sku}`);
    for (const patch of said.patches) this.changed(sku, patch);
    return { body: { sku, status: 'ACCEPTED', submissionId: 's-1', issues: [] } };
  }

  /** Twenty SKUs at most, as Amazon has it. */
  private offered(query: URLSearchParams): Answer {
    const skus = (query.get('identifiers') ?? '').split(',');
    if (skus.length > 20 || query.get('identifiersType') !== 'SKU') return refusal(400, 'InvalidInput', 'identifiers');
    const items = skus.filter((sku) => this.skus.has(sku)).map((sku) => this.listing(sku).body);
    return { body: { numberOfResults: items.length, items } };
  }

  private listing(sku: string): Answer {
    if (!this.skus.has(sku)) return refusal(404, 'NOT_FOUND', `SKU ${sku}`);
    return { body: { sku, fulfillmentAvailability: [{ fulfillmentChannelCode: 'DEFAULT', quantity: this.stock.get(sku) ?? 0 }] } };
  }

  private changed(sku: string, { path, value: [first] }: ListingPatch): void {
    const [price] = first?.our_price ?? [];
    if (path === '/attributes/fulfillment_availability') this.stock.set(sku, Number(first?.quantity));
    else this.prices.set(sku, Math.round(Number(price?.schedule[0]?.value_with_tax) * 100));
  }

  private document({ body }: Asked): Answer {
    this.asked.push({ operation: 'createFeedDocument', body: JSON.parse(body) });
    const feedDocumentId = `document-${this.documents.size + 1}`;
    this.documents.set(feedDocumentId, '');
    return { status: 201, body: { feedDocumentId, url: `${this.url}/uploads/${feedDocumentId}` } };
  }

  private uploaded(id: string, body: string): Answer {
    this.documents.set(id, body);
    return { body: '' };
  }

  private fed({ body }: Asked): Answer {
    const said = JSON.parse(body) as { readonly feedType: string; readonly inputFeedDocumentId: string };
    this.asked.push({ operation: 'createFeed', body: said });
    const feedId = `feed-${this.feeds.length + 1}`;
    const report = processFeed(this.documents.get(said.inputFeedDocumentId) ?? '', this.orders);
    this.feeds.push({ feedId, feedType: said.feedType, createdTime: this.now().toISOString(), report });
    return { status: 202, body: { feedId } };
  }

  private listed(query: URLSearchParams): Answer {
    const since = Date.parse(query.get('createdSince') ?? '');
    const all = this.feeds.filter(({ feedType, createdTime }) => feedType === query.get('feedTypes') && Date.parse(createdTime) >= since);
    return { body: { feeds: all.map(({ report: _, ...feed }) => ({ ...feed, processingStatus: 'DONE' })) } };
  }

  private feed(id: string): Answer {
    const feed = this.feeds.find(({ feedId }) => feedId === id);
    if (!feed) return refusal(404, 'NotFound', 'feedId');
    const { report: _, ...shown } = feed;
    return {
      body: {
        ...shown,
        ...(this.isBusy ? { processingStatus: 'IN_PROGRESS' } : { processingStatus: 'DONE', resultFeedDocumentId: `report-${id}` }),
      },
    };
  }
}
