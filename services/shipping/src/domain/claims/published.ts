import type { ShippingEvent } from '@cartage/contracts';
import type { Translation } from '@cartage/eventsourcing';
import type { ClaimEvent } from './claim';

/** What others hear of claims on carriers. Returns has claims, too, of customers: these say whose they are. */
export const publishedClaims: Translation<ClaimEvent, ShippingEvent> = {
  ClaimFiled: ({ data }) => ({ type: 'CarrierClaimFiled', data }),
  ClaimAccepted: ({ data }) => ({ type: 'CarrierClaimAccepted', data }),
  ClaimRefused: ({ data }) => ({ type: 'CarrierClaimRefused', data }),
  ClaimPaid: ({ data }) => ({ type: 'CarrierClaimPaid', data }),
};
