import type { LineQuantity, Reason } from '@cartage/contracts';
import type { DataOf, Named } from '@cartage/eventsourcing';
import type { Evidence } from './deciding';
import type { BrokeringEvent, EventData, ShipGroup } from './events';

/** Lines of one ship group of an order that may be shipped. */
export interface GroupToBroker {
  readonly shipGroup: ShipGroup;
  readonly lines: readonly LineQuantity[];
  readonly evidence: Evidence;
}

/** What became of a ship group: only what is named changes. */
export type ShipGroupChange = Pick<ShipGroup, 'shipGroupId'> & Partial<ShipGroup>;

export type BrokeringCommand =
  | Named<'BrokerOrder', { readonly orderId: string; readonly priority: string; readonly groups: readonly GroupToBroker[] }>
  | Named<'BrokerAgain', { readonly evidence: ReadonlyMap<string, Evidence> }>
  /** A location that was full has a new day: lines that wait for capacity once more. */
  | Named<'BrokerOnNewDay', { readonly evidence: ReadonlyMap<string, Evidence> }>
  | Named<'RequestRejection', { readonly fulfillmentId: string; readonly reason: Reason; readonly now: string }>
  | Named<'HearAllocationRefusal', { readonly refusal: EventData<'AllocationRefused'>; readonly evidence: Evidence }>
  | Named<'HearLoss', { readonly loss: EventData<'AllocationReleased'>; readonly now: string }>
  /** Units that waited are reserved; with what is known now of each ship group of which some wait. */
  | Named<'HearReservation', { readonly evidence: ReadonlyMap<string, Evidence> }>
  /** `another`: the same evidence, with ids of its own, for what was lost of the shipment. */
  | Named<
      'HearShipmentCancellation',
      { readonly cancellation: EventData<'ShipmentCancelled'>; readonly evidence: Evidence; readonly another: Evidence }
    >
  | Named<'HearCancellationRefusal', { readonly refusal: EventData<'CancellationRefused'>; readonly now: string }>
  | Named<'HearCancellationRequest', EventData<'CancellationRequested'> & { readonly now: string }>
  | Named<'HearOrderCancellation', EventData<'OrderCancelled'>>
  | Named<'HearHold', EventData<'HoldApplied'>>
  /** With what is known now of each ship group that waits for it. */
  | Named<'HearHoldReleased', { readonly release: EventData<'HoldReleased'>; readonly evidence: ReadonlyMap<string, Evidence> }>
  | Named<'HoldFulfillment', { readonly fulfillmentId: string; readonly holdId: string; readonly reason: Reason; readonly now: string }>
  | Named<'ReleaseFulfillment', { readonly fulfillmentId: string; readonly now: string }>
  | Named<'HearShipGroups', { readonly orderId: string; readonly shipGroups: readonly ShipGroupChange[] }>;

export type Given<Type extends BrokeringCommand['type']> = DataOf<BrokeringCommand, Type>;
export type Events = readonly BrokeringEvent[];
