import type {
  Availability,
  Batch,
  ListedExchange,
  ListedFulfillment,
  ListedOrder,
  ListedPayment,
  ListedReturn,
  ListedShipment,
  ListedSupplierOrder,
  Page,
  PaymentAccount,
  Receipt,
  ShownClaim,
  ShownOrder,
  ShownPolicy,
  ShownReturn,
  ShownShipment,
  TimelineEntry,
} from './answers';
import type { ChannelOrder, ItemProfile, LocationProfile } from './bodies';
import type { Answer, Call, Http } from './http';

type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

const queried = (path: string, query: Query): string => {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one) => [name, String(one)] as [string, string]),
  );
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs).toString()}`;
};

const MOST = 200;
const segment = encodeURIComponent;

const posting =
  (http: Http) =>
  <Body>(path: string, key: string, body?: unknown): Promise<Answer<Body>> =>
    http.send<Body>({ method: 'POST', path, key, ...(body === undefined ? {} : { body }) });

const writing = (http: Http) => {
  const post = posting(http);
  return {
    putLocation: (code: string, body: LocationProfile) => http.send<unknown>({ method: 'PUT', path: `/inventory/locations/${code}`, body }),
    /** What customs ask for where an order goes abroad, and carriers anywhere. */
    describeItems: (key: string, items: readonly ItemProfile[]) =>
      http.send<unknown>({
        ...{ method: 'POST', path: '/inventory/items/import', key, headers: { 'content-type': 'application/x-ndjson' } },
        body: items.map((item) => JSON.stringify(item)).join('\n'),
      }),
    receiveStock: (
      key: string,
      receipt: { readonly location: string; readonly lines: readonly { readonly sku: string; readonly quantity: number }[] },
    ) => post<unknown>('/inventory/receipts', key, receipt),
    placeOrder: (channel: string, externalOrderId: string, body: ChannelOrder) =>
      http.send<Receipt>({ method: 'PUT', path: `/channels/${channel}/orders/${segment(externalOrderId)}`, body }),
    cancelOrder: (orderId: string, command: { readonly key: string; readonly body: object }) =>
      post<unknown>(`/orders/${orderId}/cancellations`, command.key, command.body),
    hold: (orderId: string, command: { readonly key: string; readonly body: object }) =>
      post<unknown>(`/orders/${orderId}/holds`, command.key, command.body),
    release: (orderId: string, holdId: string, key: string) => post<unknown>(`/orders/${orderId}/holds/${holdId}/release`, key, {}),
    chooseForShortage: (orderId: string, lineId: string, command: { readonly key: string; readonly body: object }) =>
      post<unknown>(`/orders/${orderId}/shortages/${segment(lineId)}`, command.key, command.body),
    pack: (shipmentId: string, parcels: readonly object[]) =>
      post<ShownShipment>(`/shipping/shipments/${shipmentId}/pack`, `pack-${shipmentId}`, { parcels }),
    dispatch: (shipmentId: string) => post<ShownShipment>(`/shipping/shipments/${shipmentId}/dispatch`, `dispatch-${shipmentId}`),
    /** Many shipments at once; each item is answered by itself. */
    packMany: (key: string, shipments: readonly { readonly shipmentId: string; readonly parcels: readonly object[] }[]) =>
      post<Batch>('/shipping/shipments/pack', key, { shipments }),
    dispatchMany: (key: string, shipments: readonly { readonly shipmentId: string }[]) =>
      post<Batch>('/shipping/shipments/dispatch', key, { shipments }),
    review: (orderId: string, decision: 'accept' | 'reject', note: string) =>
      post<unknown>(`/payments/${orderId}/review`, `review-${orderId}`, { decision, note }),
    remit: (orderId: string, remittance: { readonly shipmentId: string; readonly amount: number; readonly reference: string }) =>
      post<unknown>(`/payments/${orderId}/remittances`, `remit-${remittance.shipmentId}`, remittance),
    webhook: (carrier: string, call: Pick<Call, 'body' | 'headers'>) =>
      http.send<unknown>({ method: 'POST', path: `/shipping/carriers/${carrier}/webhooks`, ...call }),
  };
};

/** What comes back. */
const returning = (http: Http) => {
  const post = posting(http);
  return {
    requestReturn: (key: string, body: { readonly orderId: string; readonly lines: readonly object[] }) =>
      post<ShownReturn>('/returns', key, body),
    onReturn: (
      returnId: string,
      step: 'decision' | 'receive' | 'grade' | 'close',
      command: { readonly key: string; readonly body: unknown },
    ) => post<ShownReturn>(`/returns/${returnId}/${step}`, command.key, command.body),
  };
};

/** Whoever keeps goods for us, or sends their own. */
const partnering = (http: Http) => {
  const post = posting(http);
  return {
    putPartner: (partner: string, body: object) => http.send<unknown>({ method: 'PUT', path: `/shipping/partners/${partner}`, body }),
    /** What a partner says, as somebody enters it for it. */
    partnerSays: (partner: string, key: string, notice: object) => post<unknown>(`/shipping/partners/${partner}/notices`, key, notice),
  };
};

/** Under which policy goods come back. */
const ruling = (http: Http) => {
  const post = posting(http);
  return {
    draftReturnPolicy: (key: string, policy: object) => post<unknown>('/returns/policies', key, policy),
    activateReturnPolicy: (version: string, key: string, note: string) =>
      post<unknown>(`/returns/policies/${segment(version)}/activation`, key, { note }),
  };
};

/** What is done about what goes wrong, and at the counter. */
const mending = (http: Http) => {
  const post = posting(http);
  return {
    pick: (shipmentId: string, lines: readonly object[]) =>
      post<ShownShipment>(`/shipping/shipments/${shipmentId}/pick`, `pick-${shipmentId}`, { lines }),
    rejectFulfillment: (fulfillmentId: string, body: { readonly reason: string; readonly stockEffect: 'keep' }) =>
      post<unknown>(`/fulfillment/fulfillments/${fulfillmentId}/reject`, `reject-${fulfillmentId}`, body),
    handOverPickup: (fulfillmentId: string, body: object) =>
      post<unknown>(`/fulfillment/fulfillments/${fulfillmentId}/handovers`, `counter-${fulfillmentId}`, body),
    receiveRto: (shipmentId: string, location: string) =>
      post<ShownShipment>(`/shipping/shipments/${shipmentId}/rto-receipts`, `rto-${shipmentId}`, { location }),
    loseShipment: (shipmentId: string, reason: string) =>
      post<ShownShipment>(`/shipping/shipments/${shipmentId}/lost`, `lost-${shipmentId}`, { reason }),
    resolveLost: (orderId: string, body: { readonly shipmentId: string; readonly choice: 'refund' | 'resend'; readonly reason: object }) =>
      post<unknown>(`/orders/${orderId}/lost-parcels`, `loss-${body.shipmentId}-${body.choice}`, body),
    payOut: (orderId: string, refundId: string, body: { readonly tender: 'original'; readonly reference: string }) =>
      post<unknown>(`/payments/${orderId}/refunds/${refundId}/payout`, `payout-${refundId}`, body),
    claim: (key: string, body: object) => post<ShownClaim>('/returns/claims', key, body),
    decideClaim: (claimId: string, body: object) => post<ShownClaim>(`/returns/claims/${claimId}/decision`, `decision-${claimId}`, body),
  };
};

const reading = (http: Http) => {
  const get = async <Body>(path: string, query: Query = {}): Promise<Body> =>
    (await http.send<Body>({ method: 'GET', path: queried(path, query) })).body;
  return {
    order: (channel: string, externalOrderId: string) => get<ShownOrder>(`/channels/${channel}/orders/${segment(externalOrderId)}`),
    orderById: (orderId: string) => get<ShownOrder>(`/orders/${orderId}`),
    orders: (query: Query) => get<Page<ListedOrder>>('/orders', query),
    timeline: (orderId: string) => get<Page<TimelineEntry>>(`/orders/${orderId}/timeline`, { limit: MOST }),
    shipments: (query: Query) => get<Page<ListedShipment>>('/shipping/shipments', query),
    shipment: (shipmentId: string) => get<ShownShipment>(`/shipping/shipments/${shipmentId}`),
    fulfillments: (query: Query) => get<Page<ListedFulfillment>>('/fulfillment/fulfillments', query),
    payments: (query: Query) => get<Page<ListedPayment>>('/payments', query),
    payment: (orderId: string) => get<PaymentAccount>(`/payments/${orderId}`),
    reviews: (query: Query) => get<Page<ListedPayment>>('/payments/reviews', query),
    returns: (query: Query) => get<Page<ListedReturn>>('/returns', query),
    return: (returnId: string) => get<ShownReturn>(`/returns/${returnId}`),
    exchanges: (query: Query) => get<Page<ListedExchange>>('/returns/exchanges', query),
    returnPolicies: (query: Query) => get<Page<ShownPolicy>>('/returns/policies', query),
    returnPolicy: (version: string) => get<ShownPolicy>(`/returns/policies/${segment(version)}`),
    supplierOrders: (query: Query) => get<Page<ListedSupplierOrder>>('/shipping/supplier-orders', query),
    availability: async (sku: readonly string[]) =>
      (await get<{ readonly items: readonly Availability[] }>('/inventory/availability', { sku })).items,
  };
};

/** Cartage as the outside world sees it: its public HTTP APIs, and nothing else. */
export const cartageOver = (http: Http) => ({
  ...writing(http),
  ...returning(http),
  ...mending(http),
  ...partnering(http),
  ...ruling(http),
  ...reading(http),
  close: () => http.close(),
});
export type Cartage = ReturnType<typeof cartageOver>;

/** All items of a list, page by page. */
export async function* everyItem<Item>(list: (query: Query) => Promise<Page<Item>>, query: Query = {}): AsyncGenerator<Item> {
  let cursor: string | undefined;
  do {
    const page: Page<Item> = await list({ ...query, limit: MOST, cursor });
    yield* page.items;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}
