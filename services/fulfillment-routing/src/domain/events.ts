import type { FulfillmentEvent, InventoryEvent, LineQuantity, OrderEvent, ShippingEvent, ShortLine } from '@cartage/contracts';
import type { DataOf, Named } from '@cartage/eventsourcing';
import type { Assignment, Unfilled } from './brokering';
import type { BrokeringRequest, Located, LocationFacts, UnitWorth } from './facts';
import type { RoutingRules } from './rules';
import type { Candidate } from './scoring';

/** What set a brokering off. */
export const causes = [
  'confirmed',
  'allocation-refused',
  'rejected',
  'stock-lost',
  'cancelled',
  'released',
  'asked-again',
  'day-begun',
  'stock-arrived',
  'moved',
  'short-picked',
  'to-follow',
] as const;
export type Cause = (typeof causes)[number];

/** Of everybody, or of whoever has more now: what waited is brokered, or waits on. */
export const asksAgain: readonly string[] = ['asked-again', 'day-begun', 'stock-arrived'] satisfies Cause[];

/** Lines of an order that go to one place in one way, as the order told of them. */
export type ShipGroup = DataOf<OrderEvent, 'OrderConfirmed'>['shipGroups'][number];

/** The decision record: all that was known, the rules, and what followed. Enough to decide again and compare. */
export interface DecisionRecord {
  readonly orderId: string;
  readonly decisionId: string;
  readonly cause: Cause;
  readonly shipGroup: ShipGroup;
  readonly rules: RoutingRules;
  readonly request: BrokeringRequest;
  readonly destination: Located;
  readonly skus: readonly string[];
  /** Grams of one unit of each SKU, in the order of `skus`; null where nobody knew. */
  readonly weights?: readonly (number | null)[];
  readonly unitWorth?: UnitWorth;
  readonly candidates: readonly Candidate[];
  readonly overlooked: number;
  readonly others?: readonly LocationFacts[];
  readonly assignments: readonly (Assignment & { readonly fulfillmentId: string })[];
  readonly unfilled: readonly ShortLine[];
  readonly because?: Unfilled;
  /** Nobody has capacity: then it is asked again by itself. */
  readonly askAgainAt?: string;
  readonly brokeredAt: string;
}

/** What other services told of the order or of one of its fulfilments: kept as it was told. */
type FactOfOthers =
  | Extract<OrderEvent, { readonly type: 'OrderCancelled' | 'CancellationRequested' | 'HoldApplied' | 'HoldReleased' }>
  | Extract<InventoryEvent, { readonly type: 'AllocationRefused' | 'AllocationReleased' }>
  | Extract<ShippingEvent, { readonly type: 'ShipmentPicked' | 'ShipmentCancelled' | 'CancellationRefused' | 'ArrivedAtStore' }>;
export type FactOfOthersType = FactOfOthers['type'];

interface HeldLines {
  readonly orderId: string;
  readonly shipGroup: ShipGroup;
  readonly lines: readonly LineQuantity[];
  readonly attempt: number;
  readonly channel?: string;
  /** They had waited to be reserved, and are now. */
  readonly waited?: true;
}

/** Everything that is recorded of who ships an order, one stream for each order: `brokering-<orderId>`. What is published of it is FulfillmentEvent. */
export type BrokeringEvent =
  | Named<'OrderBrokered', DecisionRecord>
  | Exclude<FulfillmentEvent, { readonly type: 'RulesActivated' }>
  | FactOfOthers
  /** Somebody at the counter said a wrong code; so often by then. */
  | Named<
      'PickupCodeRefused',
      { readonly fulfillmentId: string; readonly orderId: string; readonly wrongCodes: number; readonly refusedAt: string }
    >
  /** Where a ship group goes, or how, is another from now on. */
  | Named<'ShipGroupChanged', { readonly orderId: string; readonly shipGroup: ShipGroup }>
  /** They may be shipped, but for a hold; brokered upon its release. */
  | Named<'LinesHeld', HeldLines>
  /** The order holds no reservation for them any more: they wait until it does. */
  | Named<'LinesUnreserved', { readonly orderId: string; readonly shipGroup: ShipGroup; readonly lines: readonly LineQuantity[] }>
  /** They were confirmed after it was told that they are cancelled: nothing is brokered for them. */
  | Named<'CancelledUnitsConfirmed', { readonly orderId: string; readonly lines: readonly LineQuantity[] }>;

export type EventData<Type extends BrokeringEvent['type']> = DataOf<BrokeringEvent, Type>;
