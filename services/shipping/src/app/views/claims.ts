import { add, patch, put, type View } from '@cartage/views';
import { claim, type Claim, type ClaimEvent } from '../../domain/claims/claim';

export const carrierClaim: View<ClaimEvent, Claim> = {
  name: 'carrier_claim',
  about: 'What carriers are asked to pay for parcels that they lost or broke, and what came of it.',
  key: ['claim_id'],
  revision: 1,
  fold: claim,
  columns: {
    claim_id: { type: 'uuid not null', about: 'The claim.' },
    shipment_id: { type: 'uuid not null', about: 'The shipment.' },
    order_id: { type: 'uuid not null', about: 'The order.' },
    parcel_id: { type: 'text not null', about: 'The parcel.' },
    carrier: { type: 'text not null', about: 'Name of the carrier.' },
    reason: { type: 'text not null', about: 'lost, damaged, or what else it is for.' },
    status: { type: 'text not null', about: 'filed, accepted, refused or paid.' },
    currency: { type: 'text not null', about: 'ISO 4217.' },
    claimed: { type: 'bigint not null', about: 'What is claimed, minor units.' },
    accepted: { type: 'bigint', about: 'What the carrier accepts, minor units; empty until it says so, and where it refused.' },
    paid: { type: 'bigint not null', about: 'What it has paid, minor units.' },
    filed_at: { type: 'timestamptz not null', about: 'When it was claimed.' },
  },
  indexes: ['(filed_at desc, claim_id desc)', '(status, filed_at desc, claim_id desc)'],
  on: {
    ClaimFiled: ({ data }) =>
      put({
        ...{ claim_id: data.claimId, shipment_id: data.shipmentId, order_id: data.orderId, parcel_id: data.parcelId },
        ...{ carrier: data.carrier, reason: data.reason.code, status: 'filed', currency: data.currency },
        ...{ claimed: data.amount, paid: 0, filed_at: data.filedAt },
      }),
    ClaimAccepted: ({ data: { claimId, amount } }, state) => patch({ claim_id: claimId }, { status: state().status, accepted: amount }),
    ClaimRefused: ({ data: { claimId } }) => patch({ claim_id: claimId }, { status: 'refused', accepted: null }),
    ClaimPaid: ({ data: { claimId, amount } }, state) => [
      add({ claim_id: claimId }, { paid: amount }),
      patch({ claim_id: claimId }, { status: state().status }),
    ],
  },
};
