import { patch, put, type Change, type View } from '@cartage/views';
import type { PickupEvent } from '../../domain/days/events';

const to =
  (status: string) =>
  ({ data }: { readonly data: { readonly pickupId: string } }): Change =>
    patch({ pickup_id: data.pickupId }, { status });

export const pickupSummary: View<PickupEvent> = {
  name: 'pickup',
  about: 'When carriers come to locations, and whether they came.',
  key: ['pickup_id'],
  revision: 1,
  columns: {
    pickup_id: { type: 'uuid not null', about: 'The pickup.' },
    carrier: { type: 'text not null', about: 'Name of the carrier.' },
    location: { type: 'text not null', about: 'Code of the location.' },
    status: { type: 'text not null', about: 'requested, booked, refused, cancelled, missed, or ended: nothing was left there.' },
    begins_at: { type: 'timestamptz not null', about: 'The carrier comes from then on.' },
    ends_at: { type: 'timestamptz not null', about: 'And not later than then.' },
    waiting: { type: 'integer', about: 'Shipments that were left there, of one that was missed.' },
  },
  indexes: ['(begins_at desc, pickup_id desc)', '(status, begins_at desc, pickup_id desc)'],
  on: {
    PickupRequested: ({ data: { pickupId, carrier, location, from, until } }) =>
      put({ pickup_id: pickupId, carrier, location, status: 'requested', begins_at: from, ends_at: until }),
    PickupBooked: to('booked'),
    PickupRefused: to('refused'),
    PickupCancelled: to('cancelled'),
    PickupMissed: ({ data: { pickupId, waiting } }) => patch({ pickup_id: pickupId }, { status: 'missed', waiting }),
    PickupEnded: to('ended'),
  },
};
