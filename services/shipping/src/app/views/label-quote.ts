import { put, type View } from '@cartage/views';
import { shipment } from '../../domain/decide';
import type { Plan, ShipmentEvent } from '../../domain/events';
import type { Shipment } from '../../domain/shipment';

const soldAs = ({ destination, channel, method, priority }: Partial<Plan>) => ({
  country: destination?.country ?? null,
  ...{ channel: channel ?? null, method: method ?? null, priority: priority ?? null },
});

/** What policies differ by, and rules look at. */
const carriedOf = (state: Shipment) => {
  const plan: Partial<Plan> = ('plan' in state && state.plan) || {};
  const parcels = 'parcels' in state ? state.parcels : [];
  return {
    ...soldAs(plan),
    parcel_grams: parcels.map(({ weightGrams }) => weightGrams),
    lines: (plan.lines ?? []).map(({ lineId, sku, quantity, parts }) => ({ lineId, sku, quantity, ...(parts ? { parts } : {}) })),
  };
};

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
    order_id: { type: 'uuid not null', about: 'The order.' },
    channel: { type: 'text', about: 'Where it was sold; null where nobody said it.' },
    method: { type: 'text', about: 'As it was sold, such as ship; null where nobody knows it.' },
    priority: { type: 'text', about: 'As it was sold, such as expedited; null where nobody knows it.' },
    parcel_grams: { type: 'jsonb not null', about: 'What each of its parcels weighs.' },
    lines: { type: 'jsonb not null', about: 'What is in them: line, SKU and units, of kits their parts.' },
    policy: { type: 'text', about: 'The version of the carrier policy that it was chosen by; null where nobody said it.' },
    choice: { type: 'text not null', about: 'What counted first: cost, speed, preference, performance, or weighted.' },
    offers: { type: 'jsonb not null', about: 'All offers, which was chosen, and why each of the others was not.' },
    quoted_at: { type: 'timestamptz not null', about: 'When.' },
  },
  indexes: ['(quoted_at, label_id)'],
  on: {
    RatesQuoted: ({ data }, state) =>
      put({
        ...{ label_id: data.labelId, shipment_id: data.shipmentId, order_id: data.orderId, location: data.location },
        ...carriedOf(state()),
        ...{ policy: data.policy ?? null, choice: data.by, offers: data.offers, quoted_at: data.quotedAt },
      }),
  },
};
