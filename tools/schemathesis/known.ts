import { lists } from './lists';
import type { Json, Reader } from './client';

export interface Known {
  /** Values of things that exist, by the name under which the API asks for them. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** By path, or by method and path: values that are known there only together, or mean something else elsewhere, or are answered. */
  readonly together: Readonly<Record<string, readonly Json[]>>;
}

/** As many of each as there are states that they can be in, and some more. */
const MOST = 60;

/** Values that the API asks for under the name that answers have for them. */
const plain = `
  orderId eventId erasureId taskId correlationId externalOrderId channel customerId lineId shipGroupId sku purchaseOrder
  transferId countId statementId differenceId source category decisionId list policy calendar fulfillmentId shipmentId
  trackingNumber waveId partner supplier supplierOrderId linkId carrier manifestId pickupId returnId claimId receiptId
  invoiceId findingId fileId chargebackId provider noticeId balanceId messageId updateId template documentId settlementId
  settlementLineId settlementSource forkId entity
`;

/** Those that it asks for under another: under which names of answers they stand. */
const others: Readonly<Record<string, readonly string[]>> = {
  customer: ['customerId'],
  code: ['location', 'code'],
  location: ['location', 'code'],
  token: ['trackingToken', 'token'],
  channelLineId: ['lineId'],
  mends: ['settlementId'],
  version: ['policyVersion', 'version'],
};

const names: readonly (readonly [name: string, sources: readonly string[]])[] = [
  ...plain
    .trim()
    .split(/\s+/)
    .map((name) => [name, [name]] as const),
  ...Object.entries(others),
];

/** What no list of the API tells. */
const services = [
  'order',
  'inventory',
  'payment-verification',
  'fulfillment-routing',
  'shipping',
  'returns',
  'notifications',
  'reporting',
  'subscriptions',
];

/** Of a queue of the console, which knows nothing of its items: any will do. */
const item = { queue: ['holds'], key: ['an-item'] };

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
  [
    '/shipping/carrier-policies?limit=200',
    ['version'],
    '/shipping/carrier-policies/{version}',
    '/shipping/carrier-policies/{version}/trial',
  ],
  ['/payments/invoices?limit=200', ['orderId', 'documentId'], '/payments/{orderId}/invoices/{documentId}/document.pdf'],
  [
    '/inventory/reservations?limit=200',
    ['reservationId'],
    '/inventory/reservations/{reservationId}',
    '/inventory/reservations/{reservationId}/extend',
    '/inventory/reservations/{reservationId}/release',
  ],
  ['/inventory/reorder-suggestions?limit=200', ['sku', 'location'], '/inventory/items/{sku}/forecast/{location}'],
  ['/inventory/purchase-orders?limit=200', ['purchaseOrder'], '/inventory/purchase-orders/{purchaseOrder}'],
  ['/payments/carrier-claims?limit=200', ['claimId'], '/payments/carrier-claims/{claimId}/write-off'],
  ['/returns/claims?limit=200', ['claimId'], '/returns/claims/{claimId}', '/returns/claims/{claimId}/decision'],
  [
    '/returns/unknown-goods?limit=200',
    ['receiptId'],
    '/returns/unknown-goods/{receiptId}',
    '/returns/unknown-goods/{receiptId}/match',
    '/returns/unknown-goods/{receiptId}/disposal',
  ],
  [
    '/shipping/claims?limit=200',
    ['claimId'],
    '/shipping/claims/{claimId}',
    '/shipping/claims/{claimId}/acceptance',
    '/shipping/claims/{claimId}/refusal',
    '/shipping/claims/{claimId}/payments',
  ],
  ['/shipping/carrier-invoices/files?limit=200', ['fileId'], '/shipping/carrier-invoices/files/{fileId}/rejections'],
  [
    '/shipping/audit-findings?limit=200',
    ['findingId'],
    '/shipping/audit-findings/{findingId}',
    '/shipping/audit-findings/{findingId}/acceptance',
    '/shipping/audit-findings/{findingId}/dispute',
    '/shipping/audit-findings/{findingId}/credit',
    '/shipping/audit-findings/{findingId}/refusal',
    '/shipping/audit-findings/{findingId}/closure',
  ],
  ['/audit/findings?limit=200', ['findingId'], '/audit/findings/{findingId}', '/audit/findings/{findingId}/close'],
  ['/shipping/scans/parked?limit=200', ['scanId'], '/shipping/scans/parked/{scanId}/retry', '/shipping/scans/parked/{scanId}/dismiss'],
  [
    '/shipping/waves?limit=200',
    ['waveId'],
    '/shipping/waves/{waveId}',
    '/shipping/waves/{waveId}/pick-list.pdf',
    '/shipping/waves/{waveId}/assign',
    '/shipping/waves/{waveId}/close',
  ],
  ['/promises/policies?limit=200', ['policy', 'revision'], '/promises/policies/{policy}'],
  ['/promises/calendars?limit=200', ['calendar', 'revision'], '/promises/calendars/{calendar}'],
  ['/imports?limit=200', ['importId'], '/imports/{importId}', '/imports/{importId}/rejections'],
];

/** Every order has a beginning, and something after it. */
const span = [{ from: '1', to: '2' }];
const spans = {
  '/orders/{orderId}/diff': span,
  '/inventory/items/{sku}/explanation/diff': [{ from: '1' }],
  '/orders/{orderId}/versions/compare': [{ from: '1', to: '1' }],
};

const pick = (item: Json, keys: readonly string[]): Json => Object.fromEntries(keys.map((key) => [key, item[key]]));

/** A list is a page, or short enough to be told at once. */
const itemsOf = async (read: Reader, list: string): Promise<readonly Json[]> => {
  const answer: unknown = await read(list);
  return Array.isArray(answer) ? (answer as readonly Json[]) : ((answer as { readonly items?: readonly Json[] }).items ?? []);
};

/** In the world of the simulator: packed, and from the United Kingdom to the Union, or the other way. */
const crossesBorder = ({ parcels, country, location }: Json): boolean =>
  parcels !== null && (country === 'GB') === String(location).startsWith('BER');

const LABELS_OF = '/shipping/return-labels/{returnId}';

/** Whose link is a code that a counter prints the label from. */
const isCode = ({ url }: Json): boolean => String(url).endsWith('/code.svg');

/** Of what comes back with a code, over a border: that has every paper there is. What comes back with a label alone is looked at, and called off, like any return. */
const returnLabelsIn = async (read: Reader): Promise<Known['together']> => {
  const returns = (await itemsOf(read, '/returns?limit=200')).map((item) => pick(item, ['returnId']));
  const labels: Json[] = [];
  for (const { returnId } of returns) {
    const shown = await read(`/shipping/return-labels/${String(returnId)}`, { mayLack: true });
    labels.push(...((shown['labels'] as readonly Json[] | undefined) ?? []).filter(isCode).map(({ url }) => ({ returnId, url })));
  }
  const tokens = labels.map(({ url }) => ({ token: String(url).split('/').at(-2) }));
  const ids = labels.map((label) => pick(label, ['returnId']));
  const links = '/shipping/return-labels/links/{token}';
  const papers = ['label.pdf', 'customs.pdf'];
  return {
    ...{ [LABELS_OF]: ids, [`${links}/code.svg`]: tokens },
    ...Object.fromEntries(papers.flatMap((paper) => [[`${LABELS_OF}/${paper}`, ids] as const, [`${links}/${paper}`, tokens] as const])),
  };
};

/** What belongs together: service and event, an order and its document. */
const togetherIn = async (read: Reader): Promise<Known['together']> => {
  const found: Record<string, readonly Json[]> = { ...spans };
  for (const [list, keys, ...paths] of asked) {
    const items = await itemsOf(read, list);
    for (const path of paths) found[path] = items.slice(0, MOST).map((item) => pick(item, keys));
  }
  const payments = await itemsOf(read, '/payments?limit=200');
  found['/payments/{orderId}/diff'] = payments.slice(0, MOST).flatMap(({ orderId }) => span.map((each) => ({ orderId, ...each })));
  const shipments = await itemsOf(read, '/shipping/shipments?limit=200');
  found['/shipping/shipments/{shipmentId}/customs.pdf'] = shipments.filter(crossesBorder).map((item) => pick(item, ['shipmentId']));
  Object.assign(found, await returnLabelsIn(read));
  const [order] = await itemsOf(read, '/orders');
  const { events = [] } = order ? ((await read(`/orders/${String(order['orderId'])}/audit`)) as { readonly events?: readonly Json[] }) : {};
  for (const path of ['/operations/{service}/events/{eventId}', '/operations/{service}/events/{eventId}/graph'])
    found[path] = events.map((event) => pick(event, ['service', 'eventId']));
  const { items: views } = (await read('/operations/order/views')) as { readonly items: readonly Json[] };
  found['/operations/{service}/views/{view}/rebuild'] = views.slice(0, MOST).map(({ view }) => ({ service: 'order', view }));
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
  const values = Object.fromEntries(names.map(([name, sources]) => [name, valuesOf(sources)]));
  const together = await togetherIn(read);
  const labelled = (together[LABELS_OF] ?? []).map(({ returnId }) => returnId);
  // Their labels are looked at last: until then nobody may call them off.
  const returnId = values['returnId']?.filter((id) => !labelled.includes(id)) ?? [];
  return { values: { service: services, ...item, ...values, returnId }, together };
};
