import type { LineQuantity, Reason, Sealed } from '@cartage/contracts';
import type { DataOf, Named } from '@cartage/eventsourcing';
import type { Evidence } from './deciding';
import type { BrokeringEvent, EventData, ShipGroup } from './events';
import type { Place } from './pickup';
import type { AfterExpiry, StockEffect } from './rules';
import type { UnitsOfLine } from './units';

/** Lines of one ship group of an order that may be shipped. */
export interface GroupToBroker {
  readonly shipGroup: ShipGroup;
  readonly lines: readonly LineQuantity[];
  readonly evidence: Evidence;
}

/** Lines are to go apart from the others, from the location that is named or by the rules; with what is known of locations now. */
export interface MoveRequest {
  readonly fulfillmentId: string;
  /** Units of its lines; absent: all of it. */
  readonly lines?: readonly UnitsOfLine[];
  readonly location?: string;
  readonly reason: Reason;
  readonly evidence: Evidence;
}

/** What became of a ship group: all of it, as after an edit, or where it goes. */
export type ShipGroupChange = ShipGroup | Pick<ShipGroup, 'shipGroupId' | 'destination'>;

/** Until when goods are kept at a counter, and when the customer is reminded of that. */
interface Kept {
  readonly expiresAt: string;
  readonly remindAt?: string;
}

/** Somebody stands at the counter. */
export interface HandoverRequest {
  readonly fulfillmentId: string;
  readonly handoverId: string;
  readonly codeIsRight: boolean;
  /** A person answers for it, whatever the code. */
  readonly reason?: Reason;
  /** What they do not want. */
  readonly declined?: readonly UnitsOfLine[];
  /** Who it is: sealed. */
  readonly personal: Sealed;
  readonly now: string;
}

export type BrokeringCommand =
  /** It is packed, where the customer fetches it. */
  | Named<'BecomeReady', Kept & { readonly fulfillmentId: string; readonly place: Place; readonly now: string }>
  /** Parcels are at the store: when all of it is, it is ready. */
  | Named<'HearArrival', Kept & { readonly arrival: EventData<'ArrivedAtStore'>; readonly place: Place; readonly now: string }>
  | Named<'HandOver', HandoverRequest>
  | Named<'ExtendPickup', Kept & { readonly fulfillmentId: string; readonly latest: string; readonly reason: Reason; readonly now: string }>
  | Named<'RemindOfPickup', { readonly fulfillmentId: string; readonly expiresAt: string; readonly now: string }>
  | Named<'ExpirePickup', { readonly fulfillmentId: string; readonly expiryId: string; readonly then: AfterExpiry; readonly now: string }>
  | Named<
      'BrokerOrder',
      { readonly orderId: string; readonly priority: string; readonly channel?: string; readonly groups: readonly GroupToBroker[] }
    >
  | Named<'BrokerAgain', { readonly evidence: ReadonlyMap<string, Evidence> }>
  /** A location that was full has a new day: lines that wait for capacity once more. */
  | Named<'BrokerOnNewDay', { readonly evidence: ReadonlyMap<string, Evidence> }>
  /** More came to these locations; with what is known now for each decision (by its id) that found nobody for lack of stock. */
  | Named<'HearStock', { readonly evidence: ReadonlyMap<string, Evidence>; readonly arrivedAt: readonly string[] }>
  | Named<'AcceptFulfillment', { readonly fulfillmentId: string; readonly now: string }>
  | Named<'NoteAcceptanceDue', { readonly fulfillmentId: string; readonly now: string }>
  /** `lines`: only these; absent: all of it. */
  | Named<
      'RequestRejection',
      {
        readonly fulfillmentId: string;
        readonly lines?: readonly UnitsOfLine[];
        readonly stockEffect?: StockEffect;
        readonly reason: Reason;
        readonly now: string;
      }
    >
  | Named<'RequestMove', MoveRequest>
  | Named<'HearAllocationRefusal', { readonly refusal: EventData<'AllocationRefused'>; readonly evidence: Evidence }>
  | Named<'HearLoss', { readonly loss: EventData<'AllocationReleased'>; readonly now: string }>
  /** Units that waited are reserved; with what is known now of each ship group of which some wait. */
  | Named<'HearReservation', { readonly evidence: ReadonlyMap<string, Evidence> }>
  /** Units of these lines that were allocated are the order's again, and on no fulfilment; with what is known now of each ship group of which some wait. */
  | Named<'HearRelease', { readonly lines: readonly UnitsOfLine[]; readonly evidence: ReadonlyMap<string, Evidence> }>
  /** `another`: the same evidence, with ids of its own, for what was lost of the shipment. */
  | Named<
      'HearShipmentCancellation',
      { readonly cancellation: EventData<'ShipmentCancelled'>; readonly evidence: Evidence; readonly another: Evidence }
    >
  | Named<'HearShortPick', { readonly picked: EventData<'ShipmentPicked'>; readonly evidence: Evidence }>
  | Named<'HearCancellationRefusal', { readonly refusal: EventData<'CancellationRefused'>; readonly now: string }>
  | Named<'HearCancellationRequest', EventData<'CancellationRequested'> & { readonly now: string }>
  | Named<'HearOrderCancellation', EventData<'OrderCancelled'>>
  | Named<'HearHold', EventData<'HoldApplied'>>
  /** With what is known now, and ids of its own, for each decision that may follow: by `releaseKey` of the lines that wait for it. */
  | Named<'HearHoldReleased', { readonly release: EventData<'HoldReleased'>; readonly evidence: ReadonlyMap<string, Evidence> }>
  | Named<'HoldFulfillment', { readonly fulfillmentId: string; readonly holdId: string; readonly reason: Reason; readonly now: string }>
  | Named<'ReleaseFulfillment', { readonly fulfillmentId: string; readonly now: string }>
  | Named<'HearShipGroups', { readonly orderId: string; readonly shipGroups: readonly ShipGroupChange[] }>;

export type Given<Type extends BrokeringCommand['type']> = DataOf<BrokeringCommand, Type>;
export type Events = readonly BrokeringEvent[];
