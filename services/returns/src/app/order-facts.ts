import type { DeliveredLine, Delivery } from '../domain/delivery';
import type { CatalogueItem, Sale } from '../domain/sale';
import type { SaleChange } from '../domain/sale-change';

/** What has become known of an order: what was sold, and what of it has arrived. */
export interface KnownOrder {
  /** As it was edited last, and as the catalogue and the parcels describe its lines. */
  readonly sale: Sale;
  readonly delivered: readonly DeliveredLine[];
}

/** The order and the claim whose goods are sent again. */
export interface Replaced {
  readonly orderId: string;
  readonly claimId: string;
}

/** Of two descriptions the one with the higher revision is the later. */
export interface Revised {
  readonly revision: number;
}

/**
 * What other services told, kept as rows until somebody wants to send something back: most orders never come to that, and write no event here. In any order, and as often
 * as it is told.
 */
export interface OrderFacts {
  keepSale(sale: Sale): Promise<void>;
  /** The order is another one from now on; `eventId` names what was told. */
  keepChange(eventId: string, change: SaleChange): Promise<void>;
  /** `eventId` names what was told: told again, it is the same delivery. */
  keepDelivery(eventId: string, delivery: Delivery): Promise<void>;
  keepItem(item: CatalogueItem & Revised): Promise<void>;
  keepLocation(location: string): Promise<void>;
  /** Nothing before the order itself was heard of. */
  of(orderId: string): Promise<KnownOrder | undefined>;
  /** Whether goods can be received there: what nobody has described cannot be booked. */
  knowsLocation(location: string): Promise<boolean>;
  /** Whether the catalogue has described it. */
  knowsItem(sku: string): Promise<boolean>;
  /** Which order a return belongs to; kept before the return is asked for, so that it is never unknown afterwards. */
  keepReturn(returnId: string, orderId: string): Promise<void>;
  orderOf(returnId: string): Promise<string | undefined>;
  /** Which order sends goods again, and for which claim; kept before it is placed. */
  keepReplacement(orderId: string, replaced: Replaced): Promise<void>;
  replacedBy(orderId: string): Promise<Replaced | undefined>;
}
