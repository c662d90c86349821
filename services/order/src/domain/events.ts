import type { HoldType, LineQuantity, OrderEvent as Published, Sealed, ShortLine, Verdict } from '@cartage/contracts';
import type { DataOf, Named } from '@cartage/eventsourcing';
import type { LineStep } from './lines';

export const orderStatuses = [
  'placed',
  'confirmed',
  'in-fulfillment',
  'partially-shipped',
  'shipped',
  'completed',
  'on-hold',
  'cancelled',
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

/** The order's status after the fact; stands only in the facts that changed it, so that views need no memory. */
interface Moved {
  readonly status?: OrderStatus;
}

/** `at` is when it happened, by the clock of whoever told it; when it was recorded is in the event's meta. */
interface Told {
  readonly at: string;
}

interface Assigned extends Told, Moved {
  readonly fulfillmentId: string;
  readonly location: string;
}

/** What happens to a shipment, in its usual order. */
export const milestones = [
  'packed',
  'label-created',
  'label-failed',
  'handed-over',
  'in-transit',
  'out-for-delivery',
  'attempt-failed',
  'exception',
  'delivered',
  'returning',
] as const;
export type Milestone = (typeof milestones)[number];

/** What happens to the order's money after it was promised. */
export type PaymentStep = 'captured' | 'capture-failed' | 'cod-collected' | 'cod-remitted' | 'voided' | 'refunded' | 'refund-failed';

export type ReturnStep = 'requested' | 'authorized' | 'declined' | 'received' | 'graded' | 'closed';

export interface ShipmentFact extends Told {
  readonly shipmentId: string;
  readonly fulfillmentId: string;
  readonly location: string;
  readonly milestone: Milestone;
  readonly carrier?: string;
  readonly trackingNumber?: string;
  readonly place?: string;
  readonly reason?: string;
}

export interface PaymentFact extends Told {
  readonly step: PaymentStep;
  /** The capture, refund, shipment or authorisation that it is about; with `step` it tells two facts apart. */
  readonly reference: string;
  readonly amount: number;
  readonly currency: string;
  readonly shipmentId?: string;
  readonly returnId?: string;
  readonly lineId?: string;
  readonly reason?: string;
}

export interface ReturnFact extends Told {
  readonly returnId: string;
  readonly step: ReturnStep;
  readonly location?: string;
  readonly reason?: string;
  readonly grade?: string;
  readonly disposition?: string;
}

/** `record`: what the channel sent, as it sent it, sealed like everything personal. */
export type PlacedData = DataOf<Published, 'OrderPlaced'> & { readonly record?: Sealed };

/** Everything that is ever recorded of an order: its complete history. Stream `order-<orderId>`. */
export type OrderEvent =
  | Named<'OrderPlaced', PlacedData>
  | Named<'ReservationRecorded', Told & { readonly reservationId: string }>
  | Named<'ShortageRecorded', Told & { readonly short: readonly ShortLine[] }>
  | Named<
      'PaymentRecorded',
      Told & {
        readonly outcome: 'authorized' | 'cod-accepted';
        readonly amount: number;
        readonly currency: string;
        readonly provider?: string;
        readonly authorizationId?: string;
        readonly verdict: Verdict;
      }
    >
  | Named<'ReviewRecorded', Told & { readonly verdict: Verdict }>
  | Named<'DeclineRecorded', Told & { readonly by: 'provider' | 'verification'; readonly reason: string; readonly verdict?: Verdict }>
  | Named<'OrderConfirmed', DataOf<Published, 'OrderConfirmed'> & { readonly status: OrderStatus }>
  | Named<'HoldApplied', DataOf<Published, 'HoldApplied'>>
  | Named<'HoldReleased', DataOf<Published, 'HoldReleased'> & { readonly remaining: readonly HoldType[]; readonly status: OrderStatus }>
  | Named<
      'FulfillmentRecorded',
      Assigned & { readonly lines: readonly LineQuantity[]; readonly decisionId: string; readonly attempt: number }
    >
  | Named<'FulfillmentRejectionRecorded', Assigned & { readonly steps: readonly LineStep[]; readonly reason: string }>
  | Named<
      'UnfillableRecorded',
      Told & { readonly lines: readonly ShortLine[]; readonly reason: string; readonly decisionId: string; readonly rules: string }
    >
  | Named<'AllocationRecorded', Assigned & { readonly steps: readonly LineStep[] }>
  | Named<'AllocationRefusalRecorded', Assigned & { readonly short: readonly ShortLine[] }>
  | Named<'ShipmentProgressed', ShipmentFact & Moved & { readonly steps?: readonly LineStep[] }>
  | Named<'PaymentProgressed', PaymentFact>
  | Named<'ReturnProgressed', ReturnFact & { readonly steps?: readonly LineStep[] }>
  | Named<'OrderCancelled', DataOf<Published, 'OrderCancelled'>>
  | Named<'OrderCompleted', DataOf<Published, 'OrderCompleted'>>;

export type OrderEventType = OrderEvent['type'];
export type EventData<Type extends OrderEventType> = DataOf<OrderEvent, Type>;
