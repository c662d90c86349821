import { put, type View } from '@cartage/views';
import type { ManifestEvent } from '../../domain/days/events';

const parcelsIn = (shipments: readonly { readonly parcels: readonly unknown[] }[]): number =>
  shipments.reduce((sum, { parcels }) => sum + parcels.length, 0);

export const manifestSummary: View<ManifestEvent> = {
  name: 'manifest',
  about: 'What each carrier took at each location on a day, closed.',
  key: ['manifest_id'],
  revision: 1,
  columns: {
    manifest_id: { type: 'uuid not null', about: 'The manifest.' },
    carrier: { type: 'text not null', about: 'Name of the carrier.' },
    location: { type: 'text not null', about: 'Code of the location.' },
    day: { type: 'date not null', about: 'Local day of the location.' },
    shipments: { type: 'integer not null', about: 'Number of shipments on it.' },
    parcels: { type: 'integer not null', about: 'Number of parcels on it.' },
    reference: { type: 'text', about: 'The carrier’s own number, where it wants to be told.' },
    url: { type: 'text', about: 'Of the carrier’s own form.' },
    closed_at: { type: 'timestamptz not null', about: 'When it was closed.' },
  },
  indexes: ['(closed_at desc, manifest_id desc)'],
  on: {
    ManifestClosed: ({ data: { manifestId, carrier, location, day, shipments, reference, url, closedAt } }) =>
      put({
        ...{ manifest_id: manifestId, carrier, location, day, shipments: shipments.length, parcels: parcelsIn(shipments) },
        ...{ reference: reference ?? null, url: url ?? null, closed_at: closedAt },
      }),
  },
};

export const manifestShipment: View<ManifestEvent> = {
  name: 'manifest_shipment',
  about: 'On which manifest each shipment stands.',
  key: ['shipment_id'],
  revision: 1,
  columns: {
    shipment_id: { type: 'uuid not null', about: 'The shipment.' },
    manifest_id: { type: 'uuid not null', about: 'The manifest.' },
  },
  on: {
    ManifestClosed: ({ data: { manifestId, shipments } }) =>
      shipments.map(({ shipmentId }) => put({ shipment_id: shipmentId, manifest_id: manifestId })),
  },
};
