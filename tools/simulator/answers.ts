import type { LineQuantity, Totals } from '@cartage/contracts';

/** What Cartage answers, as far as the outside world looks at it. */

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

export interface Receipt {
  readonly orderId: string;
  readonly totals: Totals;
}

export interface ListedOrder {
  readonly orderId: string;
  readonly channel: string;
  readonly externalOrderId: string | null;
  readonly status: string;
  readonly holds: readonly string[];
  readonly total: number;
}

export interface ShownOrderLine {
  readonly lineId: string;
  readonly sku: string;
  readonly quantity: number;
  readonly total: number;
  readonly progress: { readonly cancelled: number; readonly delivered: number; readonly returned: number };
}

export interface ShownOrder {
  readonly orderId: string;
  readonly externalOrderId?: string;
  readonly status: string;
  readonly holds: readonly { readonly holdId: string; readonly type: string }[];
  readonly totals: Totals;
  readonly lines: readonly ShownOrderLine[];
}

export interface TimelineEntry {
  readonly step: string;
  readonly recordedAt: string;
}

export interface ListedShipment {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly fulfillmentId: string;
  readonly location: string;
  readonly status: string;
  /** What is to be packed. */
  readonly lines: readonly LineQuantity[];
  readonly parcels: number | null;
  readonly trackingNumbers: readonly string[] | null;
}

export interface ListedFulfillment {
  readonly fulfillmentId: string;
  readonly orderId: string;
  readonly lines: readonly LineQuantity[];
}

export interface ShownClaim {
  readonly claimId: string;
  readonly status: string;
}

/** What became of each item of a batch. */
export interface Batch {
  readonly items: readonly { readonly status: number; readonly problem?: { readonly code: string; readonly detail: string } }[];
}

export interface ShownShipment {
  readonly shipmentId: string;
  readonly label?: { readonly parcels: readonly { readonly trackingNumber: string }[] };
  readonly status: string;
  readonly lines?: readonly LineQuantity[];
}

export interface ListedPayment {
  readonly orderId: string;
  readonly status: string;
  readonly method: string;
  readonly total: number;
  readonly captured: number;
  readonly collected: number;
  readonly remitted: number;
  readonly refunded: number;
}

export interface PaymentAccount {
  readonly orderId: string;
  readonly status: string;
  readonly money?: {
    readonly captured: number;
    readonly refunded: number;
    readonly refunds: readonly { readonly refundId: string; readonly status: string; readonly provider?: string }[];
    readonly shipments: readonly {
      readonly shipmentId: string;
      readonly status: string;
      readonly amount: number;
      readonly remitted: number;
    }[];
  };
}

export interface ReturnLine {
  readonly lineId: string;
  readonly sku: string;
  readonly asked: number;
  readonly received: number;
  readonly graded: number;
}

export interface ShownReturn {
  readonly orderId: string;
  readonly returnId: string;
  readonly status: string;
  readonly reason?: string;
  readonly lines: readonly ReturnLine[];
  readonly refunded: number;
  /** How it comes back, where the policy says so. */
  readonly sendBack?: { readonly by: string };
  readonly labels: readonly { readonly carrier: string; readonly trackingNumber: string }[];
  /** Why there is none. */
  readonly labelFailure?: { readonly code: string };
}

export interface Availability {
  readonly sku: string;
  readonly onHand: number;
  readonly reserved: number;
  readonly allocated: number;
  readonly locations: readonly { readonly location: string; readonly onHand: number; readonly unavailable: number }[];
}

export interface ListedReturn {
  readonly returnId: string;
  readonly orderId: string;
  readonly status: string;
}

export interface ListedExchange {
  readonly exchangeId: string;
  readonly replacementOrderId: string;
  readonly status: string;
}

export interface ShownPolicy {
  readonly version: string;
  readonly inForce: boolean;
  /** Its terms, and exceptions for some of what is sold. */
  readonly policy?: { readonly version: string; readonly exceptions: readonly object[] };
}

export interface ListedSupplierOrder {
  readonly supplierOrderId: string;
  readonly orderId: string;
  readonly shipmentId: string;
  readonly number: string;
  readonly status: string;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number; readonly shipped: number }[];
}
