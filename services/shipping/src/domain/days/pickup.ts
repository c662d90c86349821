import type { Reason } from '@cartage/contracts';
import { deciding, evolving, Refused, type DataOf, type Decider, type Named } from '@cartage/eventsourcing';
import type { PickupEvent, PickupWindow } from './events';

export const pickupStatuses = ['requested', 'booked', 'refused', 'cancelled', 'missed', 'ended'] as const;
export type PickupStatus = (typeof pickupStatuses)[number];

export type Pickup =
  | { readonly status: 'none' }
  | (PickupWindow & {
      readonly status: PickupStatus;
      /** Ours at the carrier. One that was cancelled and is booked again has another. */
      readonly reference: string;
      readonly instructions?: string;
      readonly confirmation?: string;
      readonly currency?: string;
      readonly cost?: number;
      /** Why the carrier does not come, or need not. */
      readonly reason?: Reason;
      /** Shipments that were left there. */
      readonly waiting?: number;
    });
export type KnownPickup = Exclude<Pickup, { readonly status: 'none' }>;

interface At {
  readonly now: string;
}
export interface PickupTerms {
  readonly confirmation?: string;
  readonly currency?: string;
  readonly cost?: number;
}

export type PickupCommand =
  | Named<'RequestPickup', At & PickupWindow & { readonly reference: string; readonly instructions?: string }>
  | Named<'RecordPickupBooked', At & PickupTerms>
  | Named<'RecordPickupRefused', At & { readonly reason: Reason }>
  | Named<'CancelPickup', At & { readonly reason: Reason }>
  /** `taken`: whether anything was scanned or handed over in its time. */
  | Named<'EndPickup', At & { readonly waiting: number; readonly taken: boolean }>;

export const unknownPickup = (): Refused => new Refused('PICKUP_UNKNOWN', 'There is no such pickup.', 'unknown');

type Decide<Type extends PickupCommand['type']> = (data: DataOf<PickupCommand, Type>, pickup: Pickup) => readonly PickupEvent[];

const isOpen = (pickup: Pickup): pickup is KnownPickup & { readonly status: 'requested' | 'booked' } =>
  pickup.status === 'requested' || pickup.status === 'booked';
const isOver = ({ status }: Pickup): boolean => status === 'missed' || status === 'ended';

const refOf = ({ pickupId, carrier, location }: KnownPickup) => ({ pickupId, carrier, location });

const request: Decide<'RequestPickup'> = ({ now, ...window }, pickup) => {
  if (isOpen(pickup)) return [];
  if (isOver(pickup)) throw new Refused('PICKUP_OVER', 'The time of this pickup is over. Book another.');
  return [{ type: 'PickupRequested', data: { ...window, requestedAt: now } }];
};

const booked: Decide<'RecordPickupBooked'> = ({ now, ...terms }, pickup) => {
  if (pickup.status !== 'requested') return [];
  const { from, until } = pickup;
  return [{ type: 'PickupBooked', data: { ...refOf(pickup), from, until, ...terms, bookedAt: now } }];
};

const refused: Decide<'RecordPickupRefused'> = ({ reason, now }, pickup) =>
  pickup.status === 'requested' ? [{ type: 'PickupRefused', data: { ...refOf(pickup), reason, refusedAt: now } }] : [];

const cancel: Decide<'CancelPickup'> = ({ reason, now }, pickup) => {
  if (pickup.status === 'none') throw unknownPickup();
  if (isOver(pickup)) throw new Refused('PICKUP_OVER', 'The time of this pickup is over.');
  return isOpen(pickup) ? [{ type: 'PickupCancelled', data: { ...refOf(pickup), reason, cancelledAt: now } }] : [];
};

const end: Decide<'EndPickup'> = ({ waiting, taken, now }, pickup) => {
  if (!isOpen(pickup)) return [];
  if (taken || waiting === 0) return [{ type: 'PickupEnded', data: { pickupId: pickup.pickupId, endedAt: now } }];
  const { from, until } = pickup;
  return [{ type: 'PickupMissed', data: { ...refOf(pickup), from, until, waiting, missedAt: now } }];
};

const becomes = (pickup: Pickup, change: Partial<KnownPickup> & { readonly status: PickupStatus }): Pickup =>
  pickup.status === 'none' ? pickup : { ...pickup, ...change };

export const pickup: Decider<PickupCommand, Pickup, PickupEvent> = {
  initial: { status: 'none' },
  evolve: evolving<Pickup, PickupEvent>({
    PickupRequested: (_, { requestedAt: _at, ...window }) => ({ status: 'requested', ...window }),
    PickupBooked: (before, { confirmation, currency, cost }) =>
      becomes(before, {
        status: 'booked',
        ...(confirmation === undefined ? {} : { confirmation }),
        ...(currency === undefined ? {} : { currency }),
        ...(cost === undefined ? {} : { cost }),
      }),
    PickupRefused: (before, { reason }) => becomes(before, { status: 'refused', reason }),
    PickupCancelled: (before, { reason }) => becomes(before, { status: 'cancelled', reason }),
    PickupMissed: (before, { waiting }) => becomes(before, { status: 'missed', waiting }),
    PickupEnded: (before) => becomes(before, { status: 'ended' }),
  }),
  decide: deciding<PickupCommand, Pickup, PickupEvent>({
    RequestPickup: request,
    RecordPickupBooked: booked,
    RecordPickupRefused: refused,
    CancelPickup: cancel,
    EndPickup: end,
  }),
};
