import type { Clock } from '@cartage/eventsourcing';
import { signedPost, type SignedReceiver } from '@cartage/service-kit';
import type { ProviderAccount, ProviderAdapter } from '../../app/providers/provider';

/** A provider that takes signed JSON (Standard Webhooks), a message in each post, and posts to us in the same way. */
export const webhookProvider =
  (clock: Clock) =>
  ({ endpoint = '', secrets: [token = ''] }: ProviderAccount): ProviderAdapter => {
    const receiver: SignedReceiver = { url: endpoint, token, clock, refusedAs: 'PROVIDER_REFUSED' };
    return {
      tell: async (message) => void (await signedPost(receiver, message.messageId, message)),
    };
  };
