import type { Meta } from '@cartage/eventsourcing';
import type { HeardAfterSale } from './after-sale';
import type { OrderTraffic } from './channel-difference';
import type { AfterSaleSource, ChannelSource } from './channel-source';
import type { RefundsAtChannel } from './connector';
import type { Followed } from './order-at-channel';

/** What the books of a channel have of the refunds of an order: minor units, in so many entries. */
export interface Booked {
  readonly amount: number;
  readonly entries: number;
}

export const bookedIn = ({ refunds }: RefundsAtChannel): Booked => ({
  amount: refunds.reduce((sum, { amount }) => sum + amount, 0),
  entries: refunds.length,
});

/** Absent where it keeps none, or says with each order what went back of it. */
export const booksOfSource = (source: ChannelSource | undefined): AfterSaleSource | undefined =>
  source?.afterSale?.find(({ name }) => name === 'refunds');

/** Whether what the channel was told to give back may not stand in its books yet. */
const isLate = (lateMs: number, { refundedAt }: OrderTraffic, now: Date): boolean =>
  refundedAt !== null && now.getTime() - Date.parse(refundedAt) < lateMs;

export interface BooksRead {
  /** Minor units; absent: the channel keeps no books, or they may not have all of it yet. */
  readonly refunded?: number | undefined;
  /** Money that nobody asked for stands beside what was asked for and stands nowhere yet: it may add up by itself. */
  readonly mayAddUp: boolean;
}

/** What went back by the books of the channel, for one that says it nowhere else. */
export const booksOf = (
  source: ChannelSource | undefined,
  traffic: OrderTraffic,
  of: { readonly heard: number; readonly now: Date },
): BooksRead => {
  const books = booksOfSource(source);
  if (!books) return { mayAddUp: false };
  const [amount, late] = [traffic.booked ?? 0, isLate(books.overlapMs, traffic, of.now)];
  return late && amount <= of.heard ? { mayAddUp: true } : { refunded: amount, mayAddUp: late };
};

/** What the books say of an order that is here is compared with what is known of it, once it is taken over as far as it adds up. */
export const readingBooks =
  (
    follow: (heard: HeardAfterSale, meta: Meta) => Promise<Followed>,
    heardBooks: (channel: string, word: RefundsAtChannel) => Promise<void>,
  ) =>
  async (heard: HeardAfterSale, meta: Meta): Promise<Followed> => {
    const followed = await follow(heard, meta);
    if (heard.word.kind === 'refunds' && followed.orderId !== null) await heardBooks(heard.channel, heard.word);
    return followed;
  };
