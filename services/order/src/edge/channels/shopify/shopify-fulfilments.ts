import type { LineQuantity } from '@cartage/contracts';
import { grouped } from '../../../app/channels/grouped';
import { refusedByChannel } from '../refused-by-channel';
import { refuseIfAny, type ShopifyApi, type UserError } from './shopify-api';

const STATE = `query FulfillmentsOfOrder($id: ID!) {
  order(id: $id) {
    fulfillments(first: 100) { status trackingInfo(first: 10) { number } fulfillmentLineItems(first: 100) { nodes { quantity lineItem { id } } } }
    fulfillmentOrders(first: 25) { nodes { id status assignedLocation { location { id } } } }
  }
}`;

const LINES = `query LinesOfFulfillmentOrder($id: ID!, $after: String) {
  fulfillmentOrder(id: $id) { lineItems(first: 100, after: $after) { nodes { id remainingQuantity lineItem { id } } pageInfo { hasNextPage endCursor } } }
}`;

const CREATE = `mutation Dispatch($fulfillment: FulfillmentInput!) {
  fulfillmentCreate(fulfillment: $fulfillment) { fulfillment { id } userErrors { field message } }
}`;

interface Fulfilment {
  readonly status: string;
  readonly trackingInfo: readonly { readonly number: string | null }[];
  readonly fulfillmentLineItems: { readonly nodes: readonly { readonly quantity: number; readonly lineItem: { readonly id: string } }[] };
}
interface FulfilmentOrder {
  readonly id: string;
  readonly status: string;
  readonly assignedLocation: { readonly location: { readonly id: string } | null };
}
interface OrderState {
  readonly order: {
    readonly fulfillments: readonly Fulfilment[];
    readonly fulfillmentOrders: { readonly nodes: readonly FulfilmentOrder[] };
  } | null;
}
interface LinesPage {
  readonly fulfillmentOrder: {
    readonly lineItems: {
      readonly nodes: readonly { readonly id: string; readonly remainingQuantity: number; readonly lineItem: { readonly id: string } }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  } | null;
}

/** Units that are still to be fulfilled, where Shopify has them. */
export interface OpenUnits {
  readonly fulfillmentOrderId: string;
  readonly id: string;
  readonly lineItemId: string;
  readonly locationId: string | undefined;
  readonly remaining: number;
}

export const orderGid = (externalOrderId: string): string => `gid://shopify/Order/${externalOrderId}`;
export const lineGid = (lineId: string): string => `gid://shopify/LineItem/${lineId}`;

/** Statuses in which a fulfilment order can be fulfilled; what is on hold there is for a person there. */
const open: ReadonlySet<string> = new Set(['OPEN', 'IN_PROGRESS']);

type Page = NonNullable<LinesPage['fulfillmentOrder']>['lineItems'];
const noLines: Page = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };

const linesOf = async (api: ShopifyApi, { id, assignedLocation: { location } }: FulfilmentOrder): Promise<readonly OpenUnits[]> => {
  const nodes: Page['nodes'][number][] = [];
  let page: Page | undefined;
  do {
    const { fulfillmentOrder }: LinesPage = await api.ask<LinesPage>(LINES, { id, after: page?.pageInfo.endCursor ?? null });
    page = fulfillmentOrder?.lineItems ?? noLines;
    nodes.push(...page.nodes);
  } while (page.pageInfo.hasNextPage);
  const locationId = location?.id;
  return nodes.map((line) => ({
    ...{ fulfillmentOrderId: id, id: line.id, lineItemId: line.lineItem.id },
    ...{ locationId, remaining: line.remainingQuantity },
  }));
};

export interface Fulfilments {
  readonly done: readonly Fulfilment[];
  readonly open: readonly OpenUnits[];
}

export const fulfilmentsOf = async (api: ShopifyApi, externalOrderId: string): Promise<Fulfilments> => {
  const { order } = await api.ask<OrderState>(STATE, { id: orderGid(externalOrderId) });
  if (!order) throw refusedByChannel([{ field: 'id', code: 'NOT_FOUND', message: `Shopify has no order ${externalOrderId}.` }]);
  const units: OpenUnits[] = [];
  for (const each of order.fulfillmentOrders.nodes) if (open.has(each.status)) units.push(...(await linesOf(api, each)));
  return { done: order.fulfillments.filter(({ status }) => status !== 'CANCELLED'), open: units };
};

interface Taken extends OpenUnits {
  readonly quantity: number;
}

/** Where the units of these lines are taken from; refused, where Shopify has not so many left. */
export const takenOf = (units: readonly OpenUnits[], lines: readonly Pick<LineQuantity, 'lineId' | 'quantity'>[]): readonly Taken[] =>
  lines.flatMap(({ lineId, quantity }) => {
    let left = quantity;
    const taken = units.flatMap((each) => {
      const from = each.lineItemId === lineGid(lineId) ? Math.min(left, each.remaining) : 0;
      left -= from;
      return from > 0 ? [{ ...each, quantity: from }] : [];
    });
    if (left === 0) return taken;
    const message = `Shopify has ${quantity - left} units of line ${lineId} left to be fulfilled, not ${quantity}.`;
    throw refusedByChannel([{ field: 'fulfillmentOrderLineItems.quantity', code: 'NOT_ENOUGH_LEFT', message }]);
  });

/** Units of a line that went out under a number before; without one, those that went out without one. */
const sentUnder = (done: readonly Fulfilment[], trackingNumber: string | undefined, lineId: string): number =>
  done
    .filter(({ trackingInfo }) =>
      trackingNumber === undefined ? trackingInfo.length === 0 : trackingInfo.some(({ number }) => number === trackingNumber),
    )
    .flatMap(({ fulfillmentLineItems }) => fulfillmentLineItems.nodes)
    .filter(({ lineItem }) => lineItem.id === lineGid(lineId))
    .reduce((sum, { quantity }) => sum + quantity, 0);

export interface Parcel {
  readonly carrier?: string;
  readonly trackingNumber?: string;
  readonly lines: readonly LineQuantity[];
}

const leftOf = (units: readonly OpenUnits[], lineId: string): number =>
  units.filter(({ lineItemId }) => lineItemId === lineGid(lineId)).reduce((sum, { remaining }) => sum + remaining, 0);

/**
 * What Shopify does not know yet of a parcel: all of it, or what is left of it after a try that broke off. Without a number one parcel is as good as another: where there is
 * not enough left to be fulfilled, the shop has done it by itself, as it does with gift cards.
 */
const untold = ({ trackingNumber, lines }: Parcel, { done, open: units }: Fulfilments, isRepeat: boolean): readonly LineQuantity[] =>
  lines.flatMap((line) => {
    const rest = line.quantity - sentUnder(done, trackingNumber, line.lineId);
    const isNew = trackingNumber === undefined && !isRepeat && leftOf(units, line.lineId) >= line.quantity;
    const quantity = isNew ? line.quantity : rest;
    return quantity > 0 ? [{ ...line, quantity }] : [];
  });

/** A fulfilment for each place that Shopify has the units at, all of them under the parcel's number. Answers with how many were made. */
export const dispatch = async (
  api: ShopifyApi,
  externalOrderId: string,
  { parcel, isRepeat }: { readonly parcel: Parcel; readonly isRepeat: boolean },
): Promise<number> => {
  const state = await fulfilmentsOf(api, externalOrderId);
  const taken = takenOf(state.open, untold(parcel, state, isRepeat));
  const places = grouped(taken, ({ locationId }) => locationId);
  for (const units of places.values()) await create(api, parcel, units);
  return places.size;
};

const create = async (api: ShopifyApi, { carrier, trackingNumber }: Parcel, units: readonly Taken[]): Promise<void> => {
  const orders = grouped(units, ({ fulfillmentOrderId }) => fulfillmentOrderId);
  const fulfillment = {
    // Customers hear of it from us.
    notifyCustomer: false,
    ...(trackingNumber === undefined ? {} : { trackingInfo: { number: trackingNumber, company: carrier } }),
    lineItemsByFulfillmentOrder: [...orders].map(([fulfillmentOrderId, lines]) => ({
      fulfillmentOrderId,
      fulfillmentOrderLineItems: lines.map(({ id, quantity }) => ({ id, quantity })),
    })),
  };
  const { fulfillmentCreate } = await api.ask<{ fulfillmentCreate: { userErrors: readonly UserError[] } }>(CREATE, { fulfillment });
  refuseIfAny(fulfillmentCreate.userErrors);
};
