import { bell, type Bell, type Send } from '@cartage/eventsourcing';
import { forgetting, idFor, ReceiverLines, relayCheck, type Kit, type Parts } from '@cartage/service-kit';
import type { ProviderAdapters, ProviderRegister } from './app/providers/provider';
import { ProviderDesk, standardSecret, type AdapterTerms } from './app/providers/provider-desk';
import type { ProviderOutbox } from './app/providers/provider-message';
import { ProviderNews } from './app/providers/provider-news';
import { ProviderNotices } from './app/providers/provider-notices';
import { accountOf, collect, providerRelay, type ProviderLineNeeds } from './app/providers/provider-relay';
import { ProviderReturns } from './app/providers/provider-returns';
import type { OrderFacts } from './app/order-facts';
import type { KnowingNeeds } from './app/requiring';
import type { Returns } from './app/returns';
import type { ReturnsSettings } from './config';
import type { ReturnCommand } from './domain/commands';
import type { ReturnEvent } from './domain/events';
import type { OrderReturns } from './domain/state';
import { folderProvider } from './edge/providers/folder-provider';
import { loopProvider } from './edge/providers/loop/loop-provider';
import { forgettingProviderMessages, providerMessageTable } from './edge/providers/message-table';
import { forgettingProviderNotices, providerNoticeTable } from './edge/providers/notice-table';
import { PROVIDER_ACCOUNT, PROVIDER_CLOCK, PROVIDER_NOTICES, ProviderNoticesController } from './edge/providers/notices.controller';
import { arrivedAfter, providerReferences, providerRegister } from './edge/providers/postgres-providers';
import { providerReadings } from './edge/providers/provider-readings';
import { PROVIDER_DESK, ProvidersController } from './edge/providers/providers.controller';
import { providersListener } from './edge/providers/providers.listener';
import { shapedNotice } from './edge/providers/shaping';
import { simulatedProvider } from './edge/providers/simulated-provider';
import { webhookProvider } from './edge/providers/webhook-provider';

export interface ProviderNeeds extends KnowingNeeds {
  readonly facts: OrderFacts;
  readonly send: Send<ReturnCommand, OrderReturns, ReturnEvent>;
  readonly returns: Returns;
}

/** How providers speak: another way is a file and a line in each table. */
const adaptersOf = ({ clock, settings }: Kit<ReturnsSettings>): ProviderAdapters =>
  new Map([
    ['webhook', webhookProvider(clock)],
    ['loop', loopProvider(clock)],
    [
      'csv-folder',
      folderProvider({
        ...{ root: settings.RETURNS_PROVIDER_FOLDER, settleMs: settings.RETURNS_PROVIDER_FOLDER_SETTLE_SECONDS * 1_000 },
        clock,
      }),
    ],
    ['simulated', simulatedProvider],
  ]);

const noFolder = 'There is no folder for returns providers here: RETURNS_PROVIDER_FOLDER names it.';
const adapterTerms = ({ settings }: Kit<ReturnsSettings>): ReadonlyMap<string, AdapterTerms> =>
  new Map([
    ['webhook', { needs: ['endpoint', 'secret'], secretForm: standardSecret }],
    ['loop', { needs: ['secret', 'apiKey'], oneChannel: true }],
    ['csv-folder', { needs: [], ...(settings.RETURNS_PROVIDER_FOLDER === '' ? { unavailable: noFolder } : {}) }],
    ['simulated', { needs: [] }],
  ]);

/** What is over. */
const forgettingRows = (kit: Kit<ReturnsSettings>) => {
  const days = kit.settings.RETURNS_PROVIDER_MESSAGE_DAYS;
  const messages = { what: 'what returns providers were told', days, forget: forgettingProviderMessages(kit.pool) };
  return forgetting([messages, { what: 'what returns providers said', days, forget: forgettingProviderNotices(kit.pool) }], kit);
};

interface Room {
  readonly register: ProviderRegister;
  readonly outbox: ProviderOutbox;
  readonly notices: ProviderNotices;
  readonly news: Bell;
}

/** A line to each of them. */
const linesOf = (kit: Kit<ReturnsSettings>, needs: ProviderNeeds, room: Room): ReceiverLines => {
  const { vault, clock, now, store, pool, log: logger, settings, tracing } = kit;
  const onTrouble: ProviderLineNeeds['onTrouble'] = (error, provider) =>
    logger.warn({ err: error, provider }, 'a returns provider could not be told or heard, which is tried again');
  const line: ProviderLineNeeds = {
    ...{ ...needs, ...room, adapters: adaptersOf(kit), references: providerReferences(pool), vault, store, now, clock, idFor },
    ...{ onTrouble, tracing },
    shape: shapedNotice,
  };
  return new ReceiverLines({
    ...{ news: room.news, clock, onTrouble, pollMs: settings.RETURNS_PROVIDER_FOLDER_POLL_SECONDS * 1_000 },
    names: async () => (await room.register.list()).map(({ provider }) => provider),
    relayOf: (provider) => providerRelay(line, provider),
    collect: (provider) => collect(line, provider),
  });
};

const roomOf = ({ pool, store, newId, now, tracing }: Kit<ReturnsSettings>, needs: ProviderNeeds): Room => {
  const [register, outbox, news] = [providerRegister(pool), providerMessageTable(pool, tracing), bell()];
  const plan: ProviderOutbox['plan'] = async (message) => {
    await outbox.plan(message);
    news.ring();
  };
  const returns = new ProviderReturns({ ...needs, references: providerReferences(pool), store, idFor, newId, now });
  const notices = new ProviderNotices({ register, table: providerNoticeTable(pool), returns, idFor, now });
  return { register, outbox: { ...outbox, plan }, notices, news };
};

type ProviderParts = Required<Pick<Parts, 'controllers' | 'providers' | 'listeners' | 'checks' | 'readings' | 'start' | 'stop'>> & {
  readonly providerNews: ProviderNews;
  readonly notices: ProviderNotices;
};

/** Those who handle returns for us: what they are told, and what they say. */
export const providerParts = (kit: Kit<ReturnsSettings>, needs: ProviderNeeds): ProviderParts => {
  const { pool, vault, now } = kit;
  const room = roomOf(kit, needs);
  const { register, outbox, notices, news } = room;
  const providerNews = new ProviderNews({ register, facts: needs.facts, plan: outbox.plan, idFor, now });
  const lines = linesOf(kit, needs, room);
  const forget = forgettingRows(kit);
  const desk = new ProviderDesk({
    ...{ register, outbox, adapters: adapterTerms(kit), vault, providerNews, news, now },
    arrivedAfter: arrivedAfter(pool),
  });
  return {
    ...{ providerNews, notices },
    controllers: [ProvidersController, ProviderNoticesController],
    providers: [
      { provide: PROVIDER_DESK, useValue: desk },
      { provide: PROVIDER_NOTICES, useValue: notices },
      { provide: PROVIDER_ACCOUNT, useValue: (provider: string) => accountOf({ register, vault }, provider) },
      { provide: PROVIDER_CLOCK, useValue: now },
    ],
    listeners: [providersListener(providerNews)],
    checks: [relayCheck('returns.providers', () => lines.relays())],
    readings: () => providerReadings(pool, now()),
    start: async () => void (await Promise.all([lines.start(), forget.start()])),
    stop: async () => void (await Promise.all([lines.stop(), forget.stop()])),
  };
};
