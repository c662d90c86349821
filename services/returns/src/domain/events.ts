import type { ReturnEvent as PublicEvent, LineQuantity } from '@cartage/contracts';
import type { DataOf, Named } from '@cartage/eventsourcing';

type Public<Type extends PublicEvent['type']> = DataOf<PublicEvent, Type>;

/** A line as it was bought, as far as returns care. */
export interface PurchasedLine {
  readonly lineId: string;
  readonly sku: string;
  readonly quantity: number;
  /** Paid for the whole line, minor units. */
  readonly total: number;
  readonly finalSale: boolean;
}

export interface Purchase {
  readonly orderId: string;
  readonly channel: string;
  readonly customerId?: string;
  readonly currency: string;
  readonly lines: readonly PurchasedLine[];
  /** Version of the return policy that the order was sold under. */
  readonly policy: string;
  readonly placedAt: string;
}

interface Rma {
  readonly orderId: string;
  readonly returnId: string;
}

/** What happens to the returns of one order: stream `return-<orderId>`. All its RMAs share the stream, so that together they never take back more than was delivered. */
export type ReturnEvent =
  | Named<'PurchaseRecorded', Purchase>
  | Named<
      'DeliveryRecorded',
      { readonly orderId: string; readonly shipmentId: string; readonly lines: readonly LineQuantity[]; readonly deliveredAt: string }
    >
  | Named<'ReturnRequested', Public<'ReturnRequested'>>
  | Named<'ReturnReviewRequired', Rma & { readonly reason: string; readonly policy: string; readonly requiredAt: string }>
  | Named<'ReturnAuthorized', Public<'ReturnAuthorized'>>
  | Named<'ReturnDeclined', Public<'ReturnDeclined'>>
  | Named<'ReturnReceived', Public<'ReturnReceived'>>
  | Named<'ItemGraded', Public<'ItemGraded'>>
  | Named<'RefundRecorded', Rma & { readonly refundId: string; readonly amount: number; readonly recordedAt: string }>
  | Named<'RefundFailureRecorded', Rma & { readonly refundId: string; readonly reason: string; readonly recordedAt: string }>
  | Named<'ReturnClosed', Public<'ReturnClosed'>>;
