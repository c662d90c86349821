import type { LineQuantity } from '@cartage/contracts';
import type { PlacedOrder, Placing } from './state';
import { present } from './present';

/** What sends goods of an order once more, and the id of the order that does. */
export interface ReplacementRequest {
  readonly replacementOrderId: string;
  /** The claim that it settles, or the decision about lost parcels that it carries out. */
  readonly because: { readonly claimId: string } | { readonly resolutionId: string };
  readonly paymentId: string;
  readonly lines: readonly LineQuantity[];
}

/** What it takes of the order whose goods it sends again, or replaces. */
export const replacing = ({ placed, sold }: PlacedOrder, lines: Placing['lines']) => {
  const groups = new Set(lines.map(({ shipGroupId }) => shipGroupId));
  return {
    ...{ channel: placed.channel, currency: placed.currency, taxIncluded: placed.taxIncluded },
    ...present({ customerId: placed.customerId, locale: placed.locale }),
    lines,
    shipGroups: sold.shipGroups
      .filter(({ shipGroupId }) => groups.has(shipGroupId))
      .map(({ shipBy: _, deliverBy: __, ...group }) => ({ ...group, charge: 0, taxLines: [] })),
    ...{ priority: sold.priority, personal: placed.personal, policies: placed.policies },
  };
};

const nothing = { goods: 0, discount: 0, shipping: 0, tax: 0, total: 0 } as const;

/**
 * The same goods to the same place for nothing: an order of its own, so that stock, routing and shipping know it as any other. It goes where the order goes now, and its
 * sealed boxes are the order's own: nobody opens them here. Its lines are those of the claim, by their numbers. Nothing is to be paid, in whatever way.
 */
export const replacementOf = (order: PlacedOrder, request: ReplacementRequest): Placing => {
  const { placed, sold } = order;
  const known = new Map(sold.lines.map((line) => [line.lineId, line]));
  const lines = request.lines.map(({ lineId, sku, quantity }, i): Placing['lines'][number] => {
    const line = known.get(lineId);
    return {
      ...{ lineId: String(i + 1), sku, quantity, unitPrice: 0, discounts: [], taxLines: [], total: 0 },
      shipGroupId: line?.shipGroupId ?? sold.shipGroups[0]?.shipGroupId ?? '',
      ...present(sku === line?.sku ? { description: line.description, attributes: line.attributes, instructions: line.instructions } : {}),
    };
  });
  return {
    ...replacing(order, lines),
    ...{ orderId: request.replacementOrderId, totals: nothing },
    payments: [{ paymentId: request.paymentId, method: 'card', amount: 0 }],
    replaces: { orderId: placed.orderId, ...request.because },
  };
};
