import type { Json, Reader } from './reader';

export interface Known {
  /** Values of things that exist, by the name under which the API asks for them. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** By path: values that are known there only together, or mean something else elsewhere. */
  readonly together: Readonly<Record<string, readonly Json[]>>;
}

/** As many of each as there are states that they can be in, and some more. */
const MOST = 60;

/** Under which names of answers the values stand that the API asks for under this one. */
const names: Readonly<Record<string, readonly string[]>> = {
  orderId: ['orderId'],
  eventId: ['eventId'],
  taskId: ['taskId'],
  correlationId: ['correlationId'],
  externalOrderId: ['externalOrderId'],
  channel: ['channel'],
  customer: ['customerId'],
  customerId: ['customerId'],
  lineId: ['lineId'],
  shipGroupId: ['shipGroupId'],
  sku: ['sku'],
  code: ['location', 'code'],
  location: ['location', 'code'],
  purchaseOrder: ['purchaseOrder'],
  transferId: ['transferId'],
  decisionId: ['decisionId'],
  list: ['list'],
  policy: ['policy'],
  calendar: ['calendar'],
  fulfillmentId: ['fulfillmentId'],
  shipmentId: ['shipmentId'],
  trackingNumber: ['trackingNumber'],
  token: ['trackingToken'],
  carrier: ['carrier'],
  returnId: ['returnId'],
  chargebackId: ['chargebackId'],
  provider: ['provider'],
  noticeId: ['noticeId'],
  balanceId: ['balanceId'],
  messageId: ['messageId'],
  template: ['template'],
  documentId: ['documentId'],
  settlementId: ['settlementId'],
  settlementLineId: ['settlementLineId'],
  settlementSource: ['settlementSource'],
  mends: ['settlementId'],
  entity: ['entity'],
  version: ['policyVersion', 'version'],
};

/** What no list of the API tells. */
const services = ['order', 'inventory', 'payment-verification', 'fulfillment-routing', 'shipping', 'returns', 'notifications'];

/** What to look through: lists, and what each of their items leads to. */
const lists: readonly (readonly [list: string, ...items: readonly string[]])[] = [
  [
    '/orders?limit=200',
    '/orders/{orderId}',
    '/orders/{orderId}/audit',
    '/fulfillment/orders/{orderId}',
    '/fulfillment/orders/{orderId}/decisions',
  ],
  ['/payments?limit=200', '/payments/{orderId}'],
  ['/payments/verification-rules?limit=200'],
  ['/payments/chargebacks?limit=200'],
  ['/payments/webhooks/parked?limit=200'],
  ['/payments/balances?limit=200', '/payments/balances/{balanceId}'],
  ['/payments/invoices?limit=200'],
  ['/payments/settlement-sources'],
  ['/payments/settlements?limit=200', '/payments/settlements/{settlementId}'],
  ['/payments/settlements/lines?limit=200'],
  ['/payments/outstanding?limit=200'],
  ['/payments/legal-entities?limit=200'],
  ['/fulfillment/fulfillments?limit=200'],
  ['/fulfillment/rules?limit=200'],
  ['/shipping/shipments?limit=200', '/shipping/shipments/{shipmentId}'],
  ['/shipping/scans/parked?limit=200'],
  ['/returns?limit=200', '/returns/{returnId}'],
  ['/returns/policies?limit=200'],
  ['/notifications?limit=200', '/notifications/{messageId}'],
  ['/notifications/templates?limit=200', '/notifications/templates/{template}'],
  ['/inventory/locations'],
  ['/inventory/items?limit=200'],
  ['/inventory/price-lists?limit=200'],
  ['/promises/policies?limit=200'],
  ['/promises/calendars?limit=200'],
  ['/inventory/purchase-orders?limit=200', '/inventory/purchase-orders/{purchaseOrder}'],
  ['/inventory/transfers?limit=200', '/inventory/transfers/{transferId}'],
];

/** Where an item of a list names all that a path asks for: the list, what of it stands for which value, and the paths. */
const asked: readonly (readonly [list: string, names: readonly string[], ...paths: readonly string[]])[] = [
  ['/orders?limit=200', ['channel', 'externalOrderId'], '/channels/{channel}/orders/{externalOrderId}'],
  [
    '/returns/policies?limit=200',
    ['version'],
    '/returns/policies/{version}',
    '/returns/policies/{version}/trial',
    '/returns/policies/{version}/activation',
  ],
  [
    '/payments/verification-rules?limit=200',
    ['version'],
    '/payments/verification-rules/{version}',
    '/payments/verification-rules/{version}/trial',
  ],
  ['/fulfillment/rules?limit=200', ['version'], '/fulfillment/rules/{version}', '/fulfillment/rules/{version}/trial'],
  ['/payments/invoices?limit=200', ['orderId', 'documentId'], '/payments/{orderId}/invoices/{documentId}/document.pdf'],
  [
    '/inventory/reservations?limit=200',
    ['reservationId'],
    '/inventory/reservations/{reservationId}',
    '/inventory/reservations/{reservationId}/extend',
    '/inventory/reservations/{reservationId}/release',
  ],
  ['/shipping/scans/parked?limit=200', ['scanId'], '/shipping/scans/parked/{scanId}/retry', '/shipping/scans/parked/{scanId}/dismiss'],
  ['/promises/policies?limit=200', ['policy', 'revision'], '/promises/policies/{policy}'],
  ['/promises/calendars?limit=200', ['calendar', 'revision'], '/promises/calendars/{calendar}'],
  ['/imports?limit=200', ['importId'], '/imports/{importId}', '/imports/{importId}/rejections'],
];

/** Every order has a beginning, and something after it. */
const span = [{ from: '1', to: '2' }];
const spans = {
  '/orders/{orderId}/diff': span,
  '/payments/{orderId}/diff': span,
  '/inventory/items/{sku}/explanation/diff': [{ from: '1' }],
  '/orders/{orderId}/versions/compare': [{ from: '1', to: '1' }],
};

const pick = (item: Json, keys: readonly string[]): Json => Object.fromEntries(keys.map((key) => [key, item[key]]));

/** A list is a page, or short enough to be told at once. */
const itemsOf = async (read: Reader, list: string): Promise<readonly Json[]> => {
  const answer: unknown = await read(list);
  return Array.isArray(answer) ? (answer as readonly Json[]) : ((answer as { readonly items?: readonly Json[] }).items ?? []);
};

/** What belongs together: service and event, an order and its document. */
const togetherIn = async (read: Reader): Promise<Known['together']> => {
  const found: Record<string, readonly Json[]> = { ...spans };
  for (const [list, keys, ...paths] of asked) {
    const items = await itemsOf(read, list);
    for (const path of paths) found[path] = items.slice(0, MOST).map((item) => pick(item, keys));
  }
  const [order] = await itemsOf(read, '/orders');
  const { events = [] } = order ? ((await read(`/orders/${String(order['orderId'])}/audit`)) as { readonly events?: readonly Json[] }) : {};
  for (const path of ['/operations/{service}/events/{eventId}', '/operations/{service}/events/{eventId}/graph'])
    found[path] = events.map((event) => pick(event, ['service', 'eventId']));
  found['/operations/{service}/correlations/{correlationId}'] = events.map((event) => pick(event, ['service', 'correlationId']));
  return found;
};

/** Every text in it, with the name under which it stands; what stands in an array has the array's name. */
const textsIn = (value: unknown, name = ''): readonly (readonly [name: string, text: string])[] => {
  if (typeof value === 'string') return [[name, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => textsIn(part, Array.isArray(value) ? name : key));
};

const filled = (path: string, item: Json): string => path.replace(/\{(\w+)\}/, (_, name: string) => String(item[name]));

/** Looks at everything once, as a client would, and remembers the ids. */
export const knownTo = async (read: Reader): Promise<Known> => {
  const found = new Map<string, Set<string>>();
  const gather = (value: unknown): void => {
    for (const [name, text] of textsIn(value)) found.set(name, (found.get(name) ?? new Set()).add(text));
  };
  for (const [list, ...paths] of lists) {
    const items = await itemsOf(read, list);
    gather(items);
    for (const path of paths) for (const item of items.slice(0, MOST)) gather(await read(filled(path, item), { mayLack: true }));
  }
  const valuesOf = (sources: readonly string[]): readonly string[] =>
    [...new Set(sources.flatMap((source) => [...(found.get(source) ?? [])]))].toSorted().slice(0, MOST);
  const values = Object.fromEntries(Object.entries(names).map(([name, sources]) => [name, valuesOf(sources)]));
  return { values: { service: services, ...values }, together: await togetherIn(read) };
};
