import type { DeliveredLine, Delivery, Sale, SaleChange } from '../domain/sale';

/** What has become known of an order: what was sold, and what of it has arrived. */
export interface KnownOrder {
  /** As it was edited last. */
  readonly sale: Sale;
  readonly delivered: readonly DeliveredLine[];
}

/**
 * What other services told of orders, kept as rows until somebody wants to send something back: most orders never come to that, and write no event here. In any order, and
 * as often as it is told.
 */
export interface OrderFacts {
  keepSale(sale: Sale): Promise<void>;
  /** The order is another one from now on; `eventId` names what was told. */
  keepChange(eventId: string, change: SaleChange): Promise<void>;
  /** `eventId` names what was told: told again, it is the same delivery. */
  keepDelivery(eventId: string, delivery: Delivery): Promise<void>;
  /** Nothing before the order itself was heard of. */
  of(orderId: string): Promise<KnownOrder | undefined>;
  /** Which order a return belongs to; kept before the return is asked for, so that it is never unknown afterwards. */
  keepReturn(returnId: string, orderId: string): Promise<void>;
  orderOf(returnId: string): Promise<string | undefined>;
}
