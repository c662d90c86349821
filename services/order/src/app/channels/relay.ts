import { Relay, type Bell, type Claimed, type Clock, type Lane, type Tracing } from '@cartage/eventsourcing';
import type { ChannelOutlet, ClaimedUpdate, ToldAs } from './channel-update';
import type { ClaimedPrice, PriceShelf } from './price-shelf';
import type { ClaimedLevel, StockShelf } from './stock-shelf';
import type { UpdateOutbox } from './update-outbox';

export interface ChannelRelayNeeds {
  readonly channel: string;
  readonly outlet: ChannelOutlet;
  readonly outbox: UpdateOutbox;
  readonly stock: StockShelf;
  /** Absent: it is told no prices. */
  readonly prices?: PriceShelf | undefined;
  /** The channel gave back what it was asked for; told twice, it counts once. */
  readonly onGiven: (update: ClaimedUpdate, amount: number) => Promise<void>;
  readonly newId: () => string;
  readonly clock: Clock;
  readonly news: Bell;
  readonly onTrouble: (error: unknown, channel: string) => void;
  readonly tracing?: Tracing | undefined;
}

const AT_ONCE = 8;
const STOCK_AT_ONCE = 50;

const ofItsOwnAccord: ToldAs = { status: 'told', detail: 'The channel gave it of its own accord.' };

const isUnasked = ({ content }: ClaimedUpdate): boolean => content.kind === 'refunded' && content.unasked === true;

/** What it gave is heard before the end is noted: whoever dies between the two asks the channel again, which says the same. */
const tell = async ({ outlet, outbox, onGiven, clock }: ChannelRelayNeeds, update: ClaimedUpdate): Promise<void> => {
  const { given, ...told } = isUnasked(update) ? ofItsOwnAccord : await outlet.tell(update);
  if (given !== undefined) await onGiven(update, given);
  await outbox.end(update.updateId, told, clock.now());
};

const updates = (needs: ChannelRelayNeeds): Lane<ClaimedUpdate> => {
  const { channel, outbox, clock } = needs;
  return {
    atOnce: AT_ONCE,
    claim: (claiming) => outbox.claim(channel, claiming),
    nextAt: () => outbox.nextAt(channel),
    idOf: ({ updateId }) => updateId,
    tell: async ([update]) => {
      if (update) await tell(needs, update);
    },
    postpone: async ([update], until) => {
      if (update) await outbox.postpone(update.updateId, until);
    },
    refuse: async ([update], refusal) => {
      if (update) await outbox.end(update.updateId, refusal, clock.now());
    },
  };
};

/** Tried again for ever: what the channel refuses, it refuses by SKU in its answer. */
const levels = ({ channel, stock, outlet, clock, newId }: ChannelRelayNeeds): Lane<ClaimedLevel> => ({
  atOnce: STOCK_AT_ONCE,
  together: true,
  claim: (claiming) => stock.claim(channel, claiming),
  nextAt: () => stock.nextAt(channel),
  tell: async (claimed) => {
    const answers = (await outlet.setStock?.(claimed, newId())) ?? [];
    await stock.settle(channel, claimed, { answers, at: clock.now() });
  },
  postpone: (claimed, until) => stock.postpone(channel, claimed, until),
});

/** As stock is told. */
const prices = ({ channel, outlet, clock, newId }: ChannelRelayNeeds, shelf: PriceShelf): Lane<ClaimedPrice> => ({
  atOnce: STOCK_AT_ONCE,
  together: true,
  claim: (claiming) => shelf.claim(channel, claiming),
  nextAt: () => shelf.nextAt(channel),
  tell: async (claimed) => {
    const answers = (await outlet.setPrices?.(claimed, newId())) ?? [];
    await shelf.settle(channel, claimed, { answers, at: clock.now() });
  },
  postpone: (claimed, until) => shelf.postpone(channel, claimed, until),
});

/** Tells one channel what is planned for it: orders, what can be sold, and for how much, each without waiting for the others. */
export const channelRelay = (needs: ChannelRelayNeeds): Relay => {
  const { channel: receiver, outlet, clock, news, onTrouble, tracing } = needs;
  const lanes: readonly Lane<Claimed>[] = [
    updates(needs),
    ...(outlet.setStock ? [levels(needs)] : []),
    ...(outlet.setPrices && needs.prices ? [prices(needs, needs.prices)] : []),
  ];
  return new Relay({ receiver, lanes, clock, news, onTrouble, tracing });
};
