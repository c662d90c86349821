import { patch, put, type View } from '@cartage/views';
import type { WaveEvent } from '../../domain/wave';

const key = ({ waveId }: { readonly waveId: string }) => ({ wave_id: waveId });

export const waveSummary: View<WaveEvent> = {
  name: 'wave_summary',
  about: 'Waves: work of a location that is picked in one go.',
  key: ['wave_id'],
  revision: 1,
  columns: {
    wave_id: { type: 'uuid not null', about: 'The wave.' },
    location: { type: 'text not null', about: 'Code of the location.' },
    status: { type: 'text not null', about: 'open or closed.' },
    picker: { type: 'text', about: 'Who picks it; empty while nobody was named.' },
    shipment_count: { type: 'integer not null', about: 'How many shipments it was released with.' },
    released_at: { type: 'timestamptz not null', about: 'When it was released.' },
    closed_at: { type: 'timestamptz', about: 'When it was closed.' },
  },
  indexes: ['(released_at desc, wave_id desc)', '(location, released_at desc, wave_id desc)'],
  on: {
    WaveReleased: ({ data }) =>
      put({
        ...key(data),
        location: data.location,
        status: 'open',
        shipment_count: data.members.length,
        released_at: data.releasedAt,
      }),
    WaveAssigned: ({ data }) => patch(key(data), { picker: data.picker }),
    WaveClosed: ({ data }) => patch(key(data), { status: 'closed', closed_at: data.closedAt }),
  },
};
