import { Topics, type ShippingEvent } from '@cartage/contracts';
import type { Listener } from '@cartage/messaging';
import type { CarrierBills } from '../app/carrier-bills';
import type { CarrierClaims } from '../app/carrier-claims';
import type { Payments } from '../app/payments';
import { claimOf } from '../domain/carrier-claims/carrier-claim';
import { isKnown } from '../domain/payment';
import type { CodShipment } from './settlements/cod-parcels';
import type { DeliveredShipment } from './settlements/deliveries';

/** What settlements will need of shipments. */
export interface Remembering {
  readonly codParcels: (shipment: CodShipment) => Promise<void>;
  readonly delivery: (delivered: DeliveredShipment) => Promise<void>;
}

export interface Heard {
  readonly payments: Payments;
  readonly claims: CarrierClaims;
  readonly bills: Pick<CarrierBills, 'book'>;
  readonly remember: Remembering;
}

/** Hears no replays: it moves money. */
export const shippingListener = ({ payments, claims, bills, remember }: Heard): Listener<ShippingEvent> => ({
  group: 'payment.shipping',
  topic: Topics.shipping,
  on: {
    ShipmentDispatched: async ({ orderId, shipmentId, location, lines, carrier, parcels }, meta) => {
      const { current } = await payments.charge({ orderId, shipmentId, location, lines }, meta);
      if (!isKnown(current) || !current.ledger.charges.get(shipmentId)?.cash) return;
      await remember.codParcels({ orderId, shipmentId, carrier, trackingNumbers: parcels.map(({ trackingNumber }) => trackingNumber) });
    },
    ShipmentDelivered: async ({ orderId, shipmentId, parcels, lines, occurredAt }, meta) => {
      await remember.delivery({ shipmentId, orderId, deliveredAt: occurredAt });
      await payments.deliver({ orderId, shipmentId, parcels: parcels.map(({ parcelId }) => parcelId), lines }, occurredAt, meta);
    },
    CarrierClaimAccepted: async (told, meta) => void (await claims.owed(claimOf(told), told.amount, meta)),
    CarrierClaimRefused: async (told, meta) => void (await claims.owed(claimOf(told), 0, meta)),
    CarrierBillAssessed: async ({ billId, carrier, orderId, number, totals, assessedAt }, meta) =>
      void (await bills.book({ billId, carrier, ...(orderId === undefined ? {} : { orderId }), number, totals, assessedAt }, meta)),
    CarrierClaimPaid: async (told, meta) => {
      // What a line of a file has paid is known here first.
      if (told.lineId === undefined) await claims.paid(claimOf(told), told.amount, meta);
    },
  },
});
