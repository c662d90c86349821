import { put, type View } from '@cartage/views';
import { shipment } from '../../domain/decide';
import type { ShipmentEvent } from '../../domain/events';
import type { Shipment } from '../../domain/shipment';

const countryOf = (state: Shipment): string | null => ('plan' in state ? (state.plan?.destination?.country ?? null) : null);

export const labelQuote: View<ShipmentEvent, Shipment> = {
  name: 'label_quote',
  about: 'What carriers offered for each label for which there was something to choose: other policies are tried on it.',
  key: ['label_id'],
  revision: 1,
  fold: shipment,
  columns: {
    label_id: { type: 'uuid not null', about: 'The label that was asked for by it.' },
    shipment_id: { type: 'uuid not null', about: 'The shipment.' },
    location: { type: 'text not null', about: 'Code of the location that it leaves from.' },
    country: { type: 'text', about: 'Country of the destination, ISO 3166-1 alpha-2; null where nobody knows it.' },
    choice: { type: 'text not null', about: 'What counted first: cost, speed, preference, performance, or weighted.' },
    offers: { type: 'jsonb not null', about: 'All offers, which was chosen, and why each of the others was not.' },
    quoted_at: { type: 'timestamptz not null', about: 'When.' },
  },
  indexes: ['(quoted_at, label_id)'],
  on: {
    RatesQuoted: ({ data }, state) =>
      put({
        ...{ label_id: data.labelId, shipment_id: data.shipmentId, location: data.location, country: countryOf(state()) },
        ...{ choice: data.by, offers: data.offers, quoted_at: data.quotedAt },
      }),
  },
};
