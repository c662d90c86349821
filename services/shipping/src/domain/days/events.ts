import type { Reason, ShippingEvent } from '@cartage/contracts';
import type { Named } from '@cartage/eventsourcing';

type Published<Type extends ShippingEvent['type']> = Extract<ShippingEvent, { readonly type: Type }>;

export type ManifestEvent = Published<'ManifestClosed'>;

/** When a carrier comes to a location, and for what. */
export interface PickupWindow {
  readonly pickupId: string;
  readonly carrier: string;
  readonly location: string;
  /** ISO 8601 UTC. */
  readonly from: string;
  readonly until: string;
}

export type PickupEvent =
  /** Before the carrier is asked, by our reference: an unknown outcome can be asked for. */
  | Named<'PickupRequested', PickupWindow & { readonly reference: string; readonly instructions?: string; readonly requestedAt: string }>
  | Published<'PickupBooked'>
  | Named<
      'PickupRefused',
      Pick<PickupWindow, 'pickupId' | 'carrier' | 'location'> & { readonly reason: Reason; readonly refusedAt: string }
    >
  | Published<'PickupCancelled'>
  | Published<'PickupMissed'>
  /** Its time is over, and nothing that waited was left there. */
  | Named<'PickupEnded', { readonly pickupId: string; readonly endedAt: string }>;
