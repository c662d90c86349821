import { bodyOf, Refusal, type Api, type Schemas } from '../api/client';
import { waysOf, type Way } from './ways';

export type OrderRow = Schemas['ListedOrder'];

/** An order, and by what it was found. */
export interface Found {
  readonly by: Way;
  readonly order: OrderRow;
}

const countryOf = ({ shipGroups }: Schemas['Order']): string | null => shipGroups[0]?.destination?.country ?? null;

/** Something is said to whoever packs it, or a line has attributes. */
const isSpecial = ({ instructions, shipGroups, lines }: Schemas['Order']): boolean =>
  instructions !== undefined ||
  shipGroups.some((group) => group.instructions !== undefined) ||
  lines.some((line) => line.instructions !== undefined || Object.keys(line.attributes ?? {}).length > 0);

/** An order as a row of the list. Whether a promise is missed is not told by the order itself: the list says it. */
export const rowOf = (order: Schemas['Order']): OrderRow => ({
  orderId: order.orderId,
  channel: order.channel,
  externalOrderId: order.externalOrderId ?? null,
  customerId: order.customerId ?? null,
  status: order.status,
  holds: order.holds.map(({ type }) => type),
  heldSince: order.holds.map(({ appliedAt }) => appliedAt),
  late: false,
  atRisk: false,
  special: isSpecial(order),
  placedAt: order.placedAt,
  currency: order.currency,
  total: order.totals.total,
  lineCount: order.lines.length,
  unitCount: order.lines.reduce((units, { quantity }) => units + quantity, 0),
  paymentMethod: order.payments[0]?.method ?? null,
  priority: order.priority === 'expedited' ? 'expedited' : 'standard',
  country: countryOf(order),
});

const MOST = 20;

const one = async (api: Api, orderId: string): Promise<readonly OrderRow[]> => [
  rowOf(await bodyOf(api.GET('/orders/{orderId}', { params: { path: { orderId } } }))),
];

const listed = async (api: Api, query: { readonly externalOrderId: string } | { readonly sku: string }): Promise<readonly OrderRow[]> =>
  (await bodyOf(api.GET('/orders', { params: { query: { ...query, limit: MOST } } }))).items;

const tracked = async (api: Api, trackingNumber: string): Promise<readonly OrderRow[]> => {
  const { items } = await bodyOf(api.GET('/shipping/shipments', { params: { query: { trackingNumber, limit: MOST } } }));
  const ids = [...new Set(items.map(({ orderId }) => orderId))];
  return (await Promise.all(ids.map((orderId) => one(api, orderId)))).flat();
};

const ways: Readonly<Record<Way, (api: Api, text: string) => Promise<readonly OrderRow[]>>> = {
  id: one,
  number: (api, externalOrderId) => listed(api, { externalOrderId }),
  sku: (api, sku) => listed(api, { sku }),
  tracking: tracked,
  customer: async (api, email) => (await bodyOf(api.POST('/customers/search', { body: { email } }))).orders,
};

/** What cannot be such a thing, is not there, or is not for this reader to see: found by another way, perhaps. */
const isNothing = (fault: unknown): boolean => fault instanceof Refusal && [400, 403, 404, 422].includes(fault.status);

/** Orders that a text may mean, each once, looked for by every way at the same time. */
export const findOrders = async (api: Api, text: string): Promise<readonly Found[]> => {
  const asked = text.trim();
  const found = await Promise.all(
    waysOf(asked).map(async (by) => {
      const rows = await ways[by](api, asked).catch((fault: unknown) => {
        if (isNothing(fault)) return [];
        throw fault;
      });
      return rows.map((order) => ({ by, order }));
    }),
  );
  const seen = new Set<string>();
  return found.flat().filter(({ order: { orderId } }) => !seen.has(orderId) && seen.add(orderId));
};
