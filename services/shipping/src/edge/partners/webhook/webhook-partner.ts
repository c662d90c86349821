import type { Clock } from '@cartage/eventsourcing';
import { signedPost, type SignedReceiver } from '@cartage/service-kit';
import type { PartnerAccount, PartnerAdapter } from '../../../app/partners/partner';

/**
 * A partner that takes signed JSON (Standard Webhooks), a message in each post, and posts to us in the same way. It may answer with what it has to say at once:
 * `{ "known": true, "notices": [{ "type": "accepted", … }] }`; `known` answers `fulfilment.status`.
 */
export const webhookPartner =
  (clock: Clock) =>
  ({ endpoint = '', secrets: [token = ''] }: PartnerAccount): PartnerAdapter => {
    const receiver: SignedReceiver = { url: endpoint, token, clock, refusedAs: 'PARTNER_REFUSED' };
    return {
      answersAtOnce: true,
      tell: async (message) => {
        const { known, notices } = await signedPost(receiver, message.messageId, message);
        return { ...(typeof known === 'boolean' ? { known } : {}), notices: Array.isArray(notices) ? notices : [] };
      },
    };
  };
