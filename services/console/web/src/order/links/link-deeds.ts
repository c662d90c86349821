import { bodyOf } from '../../api/client';
import type { Deed } from '../../queues/queue';

interface LinkName {
  readonly orderId: string;
  readonly linkId: string;
}

/** It opens nothing afterwards, whoever has it. */
export const revoking = ({ orderId, linkId }: LinkName): Deed => ({
  key: `revoke ${linkId}`,
  name: 'order.links.revoke',
  isGrave: true,
  send: (api) => bodyOf(api.DELETE('/orders/{orderId}/links/{linkId}', { params: { path: { orderId, linkId } } })),
});

/** Also those of messages, and of messages to come. */
export const revokingAll = (orderId: string): Deed => ({
  key: `revoke-all ${orderId}`,
  name: 'order.links.revoke-all',
  isGrave: true,
  send: (api) => bodyOf(api.DELETE('/orders/{orderId}/links', { params: { path: { orderId } } })),
});
