import { Refused, type DataOf, type Meta } from '@cartage/eventsourcing';
import { streamOf, type OrderCommand } from '../../domain/order';
import type { Occasion } from '../../domain/rules';
import type { SendToOrder } from '../facts';
import type { ClaimedUpdate } from './channel-update';
import type { AfterSaleWord, RefundAtChannel, RefundsAtChannel, ReturnAtChannel } from './connector';
import type { Followed } from './order-at-channel';

export interface AfterSaleNeeds {
  readonly send: SendToOrder;
  readonly occasion: () => Occasion;
  readonly orderIdOf: (channel: string, externalOrderId: string) => string;
  readonly idFor: (...parts: readonly string[]) => string;
}

interface FollowingNeeds extends AfterSaleNeeds {
  /** Money of this order is on its way to be asked for: whether it stands in the channel's books already nobody knows. */
  readonly isRefunding: (channel: string, externalOrderId: string) => Promise<boolean>;
}

export interface HeardAfterSale {
  readonly channel: string;
  readonly messageId: string;
  readonly word: AfterSaleWord;
}

type Heard = Extract<OrderCommand, { readonly type: 'HearChannelRefund' | 'HearChannelRefunds' | 'HearChannelReturn' }>;

const returnIdOf = ({ idFor }: AfterSaleNeeds, channel: string, channelReturnId: string): string =>
  idFor('channel-return', channel, channelReturnId);

const refundIdOf = ({ idFor }: AfterSaleNeeds, channel: string, channelRefundId: string): string =>
  idFor('channel-refund', channel, channelRefundId);

const refundOf = (needs: AfterSaleNeeds, channel: string, { kind: _, externalOrderId: __, ...refund }: RefundAtChannel): Heard => {
  const { channelReturnId, ...rest } = refund;
  const returnId = channelReturnId === undefined ? undefined : returnIdOf(needs, channel, channelReturnId);
  const refundId = refundIdOf(needs, channel, refund.channelRefundId);
  return { type: 'HearChannelRefund', data: { ...needs.occasion(), ...rest, refundId, returnId } };
};

const refundsOf = (needs: AfterSaleNeeds, channel: string, { refunds: booked }: RefundsAtChannel): Heard => {
  const refunds = booked.map((refund) => ({ ...refund, refundId: refundIdOf(needs, channel, refund.channelRefundId) }));
  return { type: 'HearChannelRefunds', data: { ...needs.occasion(), refunds } };
};

const returnOf = (needs: AfterSaleNeeds, channel: string, { kind: _, externalOrderId: __, ...said }: ReturnAtChannel): Heard => ({
  type: 'HearChannelReturn',
  data: { ...needs.occasion(), ...said, returnId: returnIdOf(needs, channel, said.channelReturnId) },
});

const commandOf = (needs: AfterSaleNeeds, { channel, word }: HeardAfterSale): Heard => {
  if (word.kind === 'refunds') return refundsOf(needs, channel, word);
  return word.kind === 'refund' ? refundOf(needs, channel, word) : returnOf(needs, channel, word);
};

const takenAs = { refund: 'The refund was', refunds: 'Its refunds were', return: 'The return was' } as const;
const early = (detail: string): Followed => ({ status: 'waiting', detail, orderId: null, early: true });

/** What it speaks of is not here yet: its order, or the cancellation that it pays for. */
const isEarly = (error: unknown): error is Refused => error instanceof Refused && error.kind === 'unknown';

/** Tells an order what its channel did after it had sold it. What is early waits; said twice, it is the same. */
export const followingAfterSale =
  (needs: FollowingNeeds) =>
  async (heard: HeardAfterSale, { fingerprint: _, ...meta }: Meta): Promise<Followed> => {
    const { channel, messageId, word } = heard;
    const orderId = needs.orderIdOf(channel, word.externalOrderId);
    if (word.kind === 'refunds' && (await needs.isRefunding(channel, word.externalOrderId)))
      return early('The channel is being told of a refund of this order.');
    const commandId = needs.idFor('channel-message', channel, messageId, word.kind);
    try {
      const { events } = await needs.send(streamOf(orderId), commandOf(needs, heard), { ...meta, commandId });
      const isNew = events.length > 0;
      return { status: isNew ? 'taken' : 'ignored', detail: isNew ? `${takenAs[word.kind]} taken over.` : 'It says nothing new.', orderId };
    } catch (error) {
      if (!isEarly(error)) throw error;
      return early(error.message);
    }
  };

/** The channel did what it was asked to: that is its word for the money, as a message of it would be. */
export const hearingGiven =
  (needs: AfterSaleNeeds) =>
  async (update: ClaimedUpdate, amount: number): Promise<void> => {
    const { channel, externalOrderId, updateId, content } = update;
    if (content.kind !== 'refunded' || amount <= 0) return;
    const commandId = needs.idFor('channel-update', updateId, 'given');
    const { now, ...occasion } = needs.occasion();
    const data: DataOf<Heard, 'HearChannelRefund'> = {
      ...{ ...occasion, now, channelRefundId: `asked-${updateId}`, refundId: content.refundId, amount },
      ...{ currency: content.currency, lines: [], asked: true, refundedAt: now },
    };
    const meta = { commandId, correlationId: commandId, actor: `channel ${channel}` };
    await needs.send(streamOf(needs.orderIdOf(channel, externalOrderId)), { type: 'HearChannelRefund', data }, meta);
  };
