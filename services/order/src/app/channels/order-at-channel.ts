import { Refused, type Meta } from '@cartage/eventsourcing';
import type { People, Vault } from '@cartage/service-kit';
import { unitsSold, type UnitsSold } from '../../domain/channel-wishes';
import type { Placement } from '../../domain/placement';
import type { Cancellations } from '../cancellations';
import type { Edits } from '../edits';
import { guestOf } from '../guests';
import type { OrderRead, ReadOrder } from '../reading';
import type { Orders } from '../orders';
import { askedToCancel, changed, saidBy } from './changed-at-channel';
import type { ChannelOrderState } from './connector';

/** What a channel said last of an order. */
export interface SaidLast {
  readonly changedAt: string;
  /** Absent: nothing came of it, and its next word counts from how the order was placed. */
  readonly units?: UnitsSold;
  /** A keyed hash of where it goes and to whom; absent: it has not said. */
  readonly place?: string | null;
  readonly cancelled: boolean;
  /** Units that it took away because it was told so. */
  readonly heard?: UnitsSold;
}

/** What became of a channel's word about an order. */
export interface Followed {
  /** `parked`: it is kept aside at `/channels/:channel/parked`; `waiting`: the channel waits for money; `ignored`: nothing is to be done. */
  readonly status: 'taken' | 'parked' | 'waiting' | 'ignored';
  readonly detail: string;
  readonly orderId: string | null;
  /** What it speaks of is not here yet: it is looked at again by itself. */
  readonly early?: boolean;
  /** To be remembered; nothing where its next word counts from the same as this one. */
  readonly said?: SaidLast;
}

export interface OrderAtChannelNeeds {
  readonly orders: Pick<Orders, 'place'>;
  readonly cancellations: Pick<Cancellations, 'cancel'>;
  readonly edits: Edits;
  readonly read: ReadOrder;
  readonly people: Pick<People, 'hashOf'>;
  readonly vault: Pick<Vault, 'open'>;
  readonly orderIdOf: (channel: string, externalOrderId: string) => string;
  /** Units that the channel was told will not ship, all of them so far. */
  readonly toldLess: (channel: string, externalOrderId: string) => Promise<UnitsSold>;
  readonly idFor: (...parts: readonly string[]) => string;
  /** As the edge checks what comes by the API: throws `Refused` that names the fields. */
  readonly shaped: (placement: Placement) => Placement;
  /** An order that is kept aside is nothing to us any more: nobody places it now. */
  readonly dropParked: (channel: string, orderId: string) => Promise<void>;
}

export interface ChannelWord {
  readonly channel: string;
  readonly messageId: string;
  readonly state: ChannelOrderState;
  readonly last: SaidLast | undefined;
  /** Keeps what has come about of it so far, whatever becomes of the rest. */
  readonly keep: (said: SaidLast) => Promise<void>;
}

const ignored = (detail: string, orderId: string | null = null): Followed => ({ status: 'ignored', detail, orderId });

/** Brings an order to where its channel says it is: placed, changed, sent elsewhere, cancelled. Said twice, the same. */
export const followingChannels =
  (needs: OrderAtChannelNeeds) =>
  async (word: ChannelWord, meta: Meta): Promise<Followed> => {
    const { channel, state, last } = word;
    if (last && state.changedAt < last.changedAt) return ignored('The channel said something later of this order already.');
    const orderId = needs.orderIdOf(channel, state.externalOrderId);
    const known = await readIfKnown(needs.read, orderId);
    return known ? changed(needs, word, known, meta) : begin(needs, word, meta);
  };

export const readIfKnown = (read: ReadOrder, orderId: string): Promise<OrderRead | undefined> =>
  read(orderId).catch((error: unknown) => {
    if (error instanceof Refused && error.kind === 'unknown') return undefined;
    throw error;
  });

/** Under whose key an order of ours is sealed. */
export const sealedFor =
  (read: ReadOrder) =>
  async (orderId: string): Promise<string | undefined> => {
    const known = await readIfKnown(read, orderId);
    return known && (known.order.placed.customerId ?? guestOf(orderId));
  };

/** Why an order that is not here is nothing to us. */
const nothingOf = ({ cancelled: isOver, payment, sent }: ChannelOrderState): string | undefined => {
  if (isOver) return 'The channel has cancelled it before it came here.';
  if (sent === 'whole') return 'Somebody else has sent it.';
  return payment === 'void' ? 'The channel has no money for it, or it is only a test.' : undefined;
};

/** Nor is it, should an older word come after this one; nor what was kept aside of it. */
const passedOver = async (needs: OrderAtChannelNeeds, { channel, state }: ChannelWord, why: string): Promise<Followed> => {
  await needs.dropParked(channel, needs.orderIdOf(channel, state.externalOrderId));
  return { ...ignored(why), said: { changedAt: state.changedAt, cancelled: false } };
};

/** Who has sent some of it knows what is left; nobody else sends all of it. */
const requireUnsent = ({ externalOrderId, sent }: ChannelOrderState): void => {
  if (sent !== 'part') return;
  const message = `Units of order ${externalOrderId} were sent before it came here. Send the rest there, or send the message again with what is left.`;
  throw new Refused('ORDER_SENT_IN_PART', message, 'invalid', [{ field: 'fulfillments', code: 'ORDER_SENT_IN_PART', message }]);
};

const begin = async (needs: OrderAtChannelNeeds, word: ChannelWord, meta: Meta): Promise<Followed> => {
  const { channel, state } = word;
  const { externalOrderId, order } = state;
  const nothing = nothingOf(state);
  if (nothing !== undefined) return passedOver(needs, word, nothing);
  if (state.payment === 'pending') return { status: 'waiting', detail: 'The channel waits for its money and will tell.', orderId: null };
  requireUnsent(state);
  const sold = { ...order, lines: order.lines.filter(({ quantity }) => quantity > 0) };
  const { receipt } = await needs.orders.place(needs.shaped({ ...sold, channel, externalOrderId }), meta);
  const isParked = receipt.status === 'parked';
  if (!isParked && state.cancelAsked) {
    const known = await needs.read(receipt.orderId);
    await askedToCancel(needs, word, { known, meta });
  }
  return {
    status: isParked ? 'parked' : 'taken',
    detail: isParked ? 'It is not as the catalogue has it.' : 'It was placed.',
    orderId: receipt.orderId,
    said: { ...(await saidBy(needs, state)), units: unitsSold(sold.lines) },
  };
};
