import { bell, Refused, type Clock } from '@cartage/eventsourcing';
import { forgetting, idFor, relayCheck, relaying, shapedEach, sweeping, type Kit, type Parts } from '@cartage/service-kit';
import { followingAfterSale, hearingGiven, type AfterSaleNeeds } from './app/channels/after-sale';
import { readingBooks } from './app/channels/books';
import { bringingItsOrder } from './app/channels/bringing-orders';
import type { ChannelSource, ChannelSources } from './app/channels/channel-source';
import type { MessageTable } from './app/channels/channel-message';
import { Inbox } from './app/channels/channel-messages';
import type { ChannelOutlet, ChannelOutlets } from './app/channels/channel-update';
import { ChannelUpdates } from './app/channels/channel-updates';
import type { ChannelConnector, ChannelConnectors } from './app/channels/connector';
import { feedOutlet, type ChannelFeed } from './app/channels/feed';
import { followingChannels, sealedFor, type OrderAtChannelNeeds } from './app/channels/order-at-channel';
import { channelRelay } from './app/channels/relay';
import { priceParts } from './channel-prices.module';
import { sourceParts } from './channel-sources.module';
import { stockParts } from './channel-stock.module';
import type { Placement } from './domain/placement';
import { amazon } from './edge/channels/amazon/amazon';
import { amazonOutlet } from './edge/channels/amazon/amazon-outlet';
import { amazonSource } from './edge/channels/amazon/amazon-source';
import type { FeedLog } from './edge/channels/amazon/feed-log';
import { feedLogTable } from './edge/channels/amazon/feed-log-table';
import {
  channelSettingsOf,
  connectedIn,
  locationsIn,
  outletsIn,
  type ChannelSettings,
  type OutletAccount,
} from './edge/channels/channel-settings';
import { forgettingDifferences } from './edge/channels/differences/difference-table';
import { CHANNEL_FEED, ChannelExchangeController } from './edge/channels/exchange.controller';
import type { LocationNames } from './edge/channels/location-names';
import { feedTable } from './edge/channels/feed/feed-table';
import { messageTable } from './edge/channels/message-table';
import { CHANNEL_MESSAGES, ChannelMessagesController } from './edge/channels/messages.controller';
import { updateReadings } from './edge/channels/update-readings';
import { shopify } from './edge/channels/shopify/shopify';
import { shopifySource } from './edge/channels/shopify/shopify-source';
import { shopifyOutlet } from './edge/channels/shopify/shopify-outlet';
import { stockTable } from './edge/channels/stock-table';
import { forgettingReports } from './edge/channels/stock/report-table';
import { forgettingUpdates, updateTable } from './edge/channels/update-table';
import { CHANNEL_UPDATES, ChannelUpdatesController } from './edge/channels/updates.controller';
import { updateListeners } from './edge/channels/updates.listener';
import { webhookConnector } from './edge/channels/webhook/webhook-connector';
import { webhookOutlet } from './edge/channels/webhook/webhook-outlet';
import { PlaceOrderDto } from './edge/orders.dto';

interface OutletMeans {
  readonly clock: Clock;
  readonly feed: ChannelFeed;
  readonly feedLog: FeedLog;
}

/** How each kind of channel speaks, and is told: another one is a file and a line here. */
const connectorKinds: Readonly<Record<string, (secrets: readonly string[], now: () => Date) => ChannelConnector>> = {
  shopify,
  webhook: webhookConnector,
  amazon,
};
const outletKinds: Readonly<Record<string, (account: OutletAccount & OutletMeans, locations: LocationNames) => ChannelOutlet>> = {
  shopify: shopifyOutlet,
  webhook: webhookOutlet,
  feed: feedOutlet,
  amazon: amazonOutlet,
};
/** How those are asked for their orders that can be. */
const sourceKinds: Readonly<Record<string, (account: OutletAccount & OutletMeans) => ChannelSource>> = {
  amazon: amazonSource,
  shopify: shopifySource,
};

const kinds = { connectors: Object.keys(connectorKinds), outlets: Object.keys(outletKinds) };
export const channelSettings = channelSettingsOf(kinds);

const connectorsOf = ({ CHANNEL_CONNECTORS }: ChannelSettings, now: () => Date): ChannelConnectors => {
  const words = connectedIn(CHANNEL_CONNECTORS, kinds.connectors);
  const secretsOf = (name: string): readonly string[] => words.flatMap(({ channel, secret }) => (channel === name ? [secret] : []));
  return new Map(
    words.flatMap(({ channel, kind }) => {
      const connect = connectorKinds[kind];
      return connect ? [[channel, connect(secretsOf(channel), now)] as const] : [];
    }),
  );
};

const outletsOf = ({ CHANNEL_OUTLETS, CHANNEL_LOCATIONS }: ChannelSettings, means: OutletMeans): ChannelOutlets => {
  const locations = locationsIn(CHANNEL_LOCATIONS);
  return new Map(
    outletsIn(CHANNEL_OUTLETS, kinds.outlets).flatMap((account) => {
      const outlet = outletKinds[account.kind]?.({ ...account, ...means }, locations.get(account.channel) ?? new Map());
      return outlet ? [[account.channel, outlet] as const] : [];
    }),
  );
};

const sourcesOf = ({ CHANNEL_OUTLETS }: ChannelSettings, means: OutletMeans): ChannelSources =>
  new Map(
    outletsIn(CHANNEL_OUTLETS, kinds.outlets).flatMap((account) => {
      const source = sourceKinds[account.kind]?.({ ...account, ...means });
      return source ? [[account.channel, source] as const] : [];
    }),
  );

/** As if it had come by the API: the same checks, the same words. */
const shaped = (placement: Placement): Placement => {
  const [right] = shapedEach(PlaceOrderDto, [placement]);
  if (right === undefined || right instanceof Refused) throw right ?? new Error('Nothing was shaped.');
  return { ...right, channel: placement.channel, externalOrderId: placement.externalOrderId };
};

const meansOf = ({ pool, clock }: Pick<Kit, 'pool' | 'clock'>): OutletMeans => ({
  clock,
  feed: feedTable(pool),
  feedLog: feedLogTable(pool),
});

type Needs = Pick<OrderAtChannelNeeds, 'orders' | 'cancellations' | 'edits' | 'read' | 'orderIdOf' | 'dropParked'> &
  Pick<AfterSaleNeeds, 'send' | 'occasion'>;

/** What connected channels are told. Without any, nothing is listened to and nothing runs. */
const toldParts = (kit: Kit<ChannelSettings>, { read, ...needs }: Needs) => {
  const { pool, now, clock, newId, log, settings, tracing } = kit;
  const [outbox, stock, news] = [updateTable(pool, tracing), stockTable(pool), bell()];
  const outlets = outletsOf(settings, meansOf(kit));
  const updates = new ChannelUpdates({ outlets, outbox, stock, read, idFor, news, now });
  const onTrouble = (error: unknown, channel: string): void =>
    log.warn({ err: error, channel }, 'a channel could not be told, which is tried again');
  const onGiven = hearingGiven({ ...needs, idFor });
  const prices = priceParts(kit, news);
  const offers = stockParts(kit, outlets);
  const relays = [...outlets].map(([channel, outlet]) =>
    channelRelay({
      ...{ channel, outlet, outbox, stock, prices: prices.shelfOf(channel) },
      ...{ onGiven, newId, clock, news, onTrouble, tracing },
    }),
  );
  return {
    updates,
    running: [...prices.running, ...offers.running],
    controllers: [...prices.controllers, ...offers.controllers],
    providers: [...prices.providers, ...offers.providers],
    ring: () => news.ring(),
    toldLess: (channel: string, externalOrderId: string) =>
      outlets.has(channel) ? outbox.toldLess(channel, externalOrderId) : Promise.resolve({}),
    isRefunding: (channel: string, externalOrderId: string) => outbox.isRefunding(channel, externalOrderId),
    listeners: outlets.size > 0 ? updateListeners(updates) : [],
    checks: relays.length > 0 ? [relayCheck('order.channels', () => relays)] : [],
    readings: async () => ({ ...(await updateReadings(pool, [...outlets.keys()], now())), ...(await offers.readings()) }),
    ...relaying(relays, () => Promise.all([...outlets.keys()].map((channel) => updates.connectedSince(channel)))),
  };
};

type ChannelParts = Pick<Parts, 'controllers' | 'providers' | 'listeners' | 'checks'> &
  Required<Pick<Parts, 'start' | 'stop' | 'readings'>>;

const forgettingParts = (kit: Kit<ChannelSettings>, table: MessageTable) => {
  const days = kit.settings.CHANNEL_MESSAGE_DAYS;
  const messages = { what: 'answered messages of channels', days, forget: table.forget };
  const updates = { what: 'what channels were told', days, forget: forgettingUpdates(kit.pool) };
  const fed = { what: 'what channels fetch', days, forget: feedTable(kit.pool).forget };
  const differences = { what: 'what channels agree about again', days, forget: forgettingDifferences(kit.pool) };
  const reports = { what: 'what channels said that they offer', days, forget: forgettingReports(kit.pool) };
  return forgetting([messages, updates, fed, differences, reports], kit);
};

/** As often as the shortest pause: each message has its own. */
const LOOK_AGAIN_EVERY_MS = 5_000;

/** Messages that came before what they speak of. */
const lookingAgain = ({ newId, clock, log }: Kit<ChannelSettings>, inbox: Inbox) => {
  const look = async (): Promise<undefined> => {
    const id = newId();
    await inbox.lookAgain({ commandId: id, correlationId: id, actor: 'order' });
  };
  return sweeping(look, { clock, log, everyMs: LOOK_AGAIN_EVERY_MS, trouble: 'messages of channels that were early wait' });
};

const own = [ChannelExchangeController, ChannelMessagesController, ChannelUpdatesController];

/** Channels that speak their own form. */
export const channelParts = (kit: Kit<ChannelSettings>, needs: Needs): ChannelParts => {
  const { pool, vault, people, now, clock, newId, settings } = kit;
  const { orderIdOf } = needs;
  const { updates, running: also, controllers, providers, ring, toldLess, isRefunding, ...told } = toldParts(kit, needs);
  const follow = followingChannels({ ...needs, people, vault, idFor, shaped, toldLess });
  const table = messageTable(pool, { clock, newId });
  const sources = sourcesOf(settings, meansOf(kit));
  const [personOf, followKnown] = [sealedFor(needs.read), followingAfterSale({ ...needs, idFor, isRefunding })];
  const following = bringingItsOrder({
    ...{ follow: followKnown, sources, take: (...message) => inbox.receiveAsked(...message) },
    isKnown: async (...order) => (await personOf(orderIdOf(...order))) !== undefined,
  });
  const followAfterSale = readingBooks(following, (...books) => asked.heardBooks(...books));
  const inbox: Inbox = new Inbox({
    ...{ connectors: connectorsOf(settings, now), sources, table, followAfterSale },
    ...{ vault, follow, now, orderIdOf, personOf, onRejected: (rejection) => updates.reject(rejection) },
  });
  const asked = sourceParts(kit, inbox, { ...needs, sources, ring, inTurn: table.inTurn, followAfterSale: followKnown });
  const running = [told, forgettingParts(kit, table), lookingAgain(kit, inbox), ...also, ...asked.running];
  return {
    ...told,
    start: async () => {
      for (const { start } of running) await start();
    },
    stop: async () => void (await Promise.all(running.map(({ stop }) => stop()))),
    readings: async () => ({ ...(await told.readings()), ...(await asked.readings()) }),
    controllers: [...own, ...controllers, ...asked.controllers],
    providers: [
      { provide: CHANNEL_MESSAGES, useValue: inbox },
      { provide: CHANNEL_UPDATES, useValue: updates },
      ...providers,
      ...asked.providers,
      { provide: CHANNEL_FEED, useValue: feedTable(pool) },
    ],
  };
};
