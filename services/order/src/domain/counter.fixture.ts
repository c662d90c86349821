import { everything, id, minute } from './order.fixture';
import { fulfillment, shipment, tell } from './telling.fixture';

const counter = {
  ...fulfillment,
  ...{ shipGroupId: '1', place: { name: 'Covent Garden', timeZone: 'Europe/London' }, lines: everything },
} as const;

/** What is told of an order that is fetched at a store. */
export const atCounter = {
  arrivedAtStore: tell('ArrivedAtStore', {
    ...shipment,
    ...{ carrier: 'simulated', store: 'LON-2', lines: everything, occurredAt: minute(15), recordedAt: minute(15) },
    parcels: [{ parcelId: 'a', trackingNumber: 'CT123456785GB', lines: everything }],
  }),
  readyForPickup: tell('ReadyForPickup', { ...counter, readyAt: minute(7), expiresAt: minute(100) }),
  pickupExtended: tell('PickupExtended', {
    ...counter,
    expiresAt: minute(200),
    reason: { code: 'on-holiday', by: 'customer' },
    extendedAt: minute(8),
  }),
  collected: tell('HandedOver', {
    ...fulfillment,
    shipGroupId: '1',
    handoverId: id(83),
    lines: [{ ...everything[0], quantity: 2 }],
    declined: [everything[1]],
    verifiedBy: 'code',
    personal: { key: 'guest-1.k', box: 'c2VhbGVk' },
    handedOverAt: minute(9),
  }),
  notCollected: tell('PickupExpired', { ...fulfillment, shipGroupId: '1', expiryId: id(84), lines: everything, expiredAt: minute(100) }),
};
