import { randomBytes } from 'node:crypto';
import { bell, handling, type Bell, type OnDue } from '@cartage/eventsourcing';
import { forgetting, idFor, ReceiverLines, relayCheck, type Kit, type Parts } from '@cartage/service-kit';
import type { Labels } from './app/labels';
import { tellingLabels, tellingPartners, type TellLabel } from './app/partners/messages-due';
import { whenAnswerDue } from './app/partners/partner-answers';
import { PartnerDesk, type AdapterTerms } from './app/partners/partner-desk';
import type { PartnerAdapters, PartnerRegister, SupplierPrices } from './app/partners/partner';
import type { MessageOutbox } from './app/partners/partner-message';
import { PartnerNotices } from './app/partners/partner-notices';
import { accountOf, collect, partnerRelay, type PartnerRelayNeeds } from './app/partners/partner-relay';
import { stateStock } from './app/partners/statements';
import { supposingDelivered, whenSupposed } from './app/partners/supposing';
import type { Registers } from './app/registers';
import { createShipmentLog, type ShipmentLog } from './app/shipment-log';
import { drawingUpOrders, type SendSupplierOrder, type SupplierOrders } from './app/supplier-orders/supplier-orders';
import type { ShippingSettings } from './config';
import { statement } from './domain/statements/statement';
import { supplierOrder } from './domain/supplier-orders/supplier-order';
import { folderPartner } from './edge/partners/folder/folder-partner';
import { fulfilledElsewhereListener } from './edge/listeners';
import { PARTNER_ACCOUNT, PARTNER_CLOCK, PARTNER_NOTICES, PartnerNoticesController } from './edge/partners/notices.controller';
import { forgettingMessages, messageTable } from './edge/partners/message-table';
import { forgettingNotices, noticeTable } from './edge/partners/notice-table';
import { PARTNER_DESK, PartnersController } from './edge/partners/partners.controller';
import { partnerRegister } from './edge/partners/postgres-partners';
import { partnerReadings } from './edge/partners/partner-readings';
import { shapedNotice } from './edge/partners/shaping';
import { simulatedPartners } from './edge/partners/simulated-partner';
import { webhookPartner } from './edge/partners/webhook/webhook-partner';
import { supplierPrices } from './edge/supplier-orders/postgres-supplier-prices';

/** The streams of shipments, with whom their goods are, and what they are told. */
export interface PartnerLine {
  readonly log: ShipmentLog;
  readonly partners: PartnerRegister;
  readonly outbox: MessageOutbox;
  readonly news: Bell;
  readonly tellLabel: TellLabel;
  readonly prices: SupplierPrices;
  readonly orderOf: SendSupplierOrder;
}

export const partnerLine = (kit: Kit<ShippingSettings>): PartnerLine => {
  const [partners, outbox, news] = [partnerRegister(kit.pool), messageTable(kit.pool, kit.tracing), bell()];
  const plan: MessageOutbox['plan'] = async (message) => {
    await outbox.plan(message);
    news.ring();
  };
  const { store, newId, isPublic } = kit;
  const orderOf = handling({ store, newId, isPublic }, supplierOrder);
  // What is ordered of a supplier is written before it is told.
  const log = drawingUpOrders(createShipmentLog(kit), orderOf);
  const telling = { log, plan, messageIdOf: idFor, now: kit.now };
  return {
    ...{ log: tellingPartners(telling), tellLabel: tellingLabels(telling), partners, outbox, news, orderOf },
    prices: supplierPrices(kit.pool),
  };
};

export interface PartnerNeeds extends PartnerLine {
  readonly labels: Pick<Labels, 'voidLeftOver' | 'print'>;
  readonly registers: Pick<Registers, 'locations' | 'orders'>;
  readonly supplierOrders: Pick<SupplierOrders, 'told' | 'hear'>;
}

/** How partners speak: another way is a file and a line in each table. */
const adaptersOf = ({ clock, settings }: Kit<ShippingSettings>): PartnerAdapters =>
  new Map([
    ['webhook', webhookPartner(clock)],
    ['csv-folder', folderPartner({ root: settings.PARTNER_FOLDER, settleMs: settings.PARTNER_FOLDER_SETTLE_SECONDS * 1_000, clock })],
    ['simulated', simulatedPartners()],
  ]);
const adapterTerms = ({ settings }: Kit<ShippingSettings>): ReadonlyMap<string, AdapterTerms> =>
  new Map([
    ['webhook', { needsEndpoint: true, needsSecret: true }],
    ['csv-folder', { needsEndpoint: false, needsSecret: false, ...(settings.PARTNER_FOLDER === '' ? { unavailable: noFolder } : {}) }],
    ['simulated', { needsEndpoint: false, needsSecret: false }],
  ]);
const noFolder = 'There is no folder for partners here: PARTNER_FOLDER names it.';

/** 144 random bits: nobody guesses the link of somebody else’s parcel. */
const newToken = (): string => randomBytes(18).toString('base64url');

const noticesOf = ({ pool, store, newId, isPublic, now }: Kit<ShippingSettings>, needs: PartnerNeeds): PartnerNotices => {
  const send = handling({ store, newId, isPublic }, statement);
  const state = stateStock({ ...{ partners: needs.partners, prices: needs.prices }, send, statementIdOf: idFor, now });
  return new PartnerNotices({ ...needs, orders: needs.registers.orders, table: noticeTable(pool), state, idFor, newToken, now });
};

/** What is over. */
const forgettingRows = (kit: Kit<ShippingSettings>) => {
  const days = kit.settings.PARTNER_MESSAGE_DAYS;
  const messages = { what: 'what partners were told', days, forget: forgettingMessages(kit.pool) };
  return forgetting([messages, { what: 'what partners said', days, forget: forgettingNotices(kit.pool) }], kit);
};

type PartnerParts = Required<
  Pick<Parts, 'controllers' | 'providers' | 'listeners' | 'readings' | 'onDue' | 'checks' | 'start' | 'stop'>
> & {
  readonly notices: PartnerNotices;
};

/** What comes due of partners: answers, and deliveries that nobody tells of. */
const dueOf = ({ now, deadlines }: Kit<ShippingSettings>, { news, outbox, log }: PartnerNeeds, answerMs: number): OnDue => {
  const answered = whenAnswerDue({ log, outbox, deadlines, idFor, ring: () => news.ring(), answerMs, now });
  const supposed = whenSupposed(log, now);
  return async (deadline, meta) => {
    await answered(deadline);
    await supposed(deadline, meta);
  };
};

/** A line to each of them. */
const linesOf = (kit: Kit<ShippingSettings>, needs: PartnerNeeds, more: Pick<PartnerRelayNeeds, 'notices' | 'answerMs'>): ReceiverLines => {
  const { vault, clock, now, deadlines, log: logger, settings, tracing } = kit;
  const { news, partners } = needs;
  const onTrouble: PartnerRelayNeeds['onTrouble'] = (error, partner) =>
    logger.warn({ err: error, partner }, 'a partner could not be told or heard, which is tried again');
  const line: PartnerRelayNeeds = {
    ...{ ...needs, ...more, adapters: adaptersOf(kit), vault, deadlines, idFor, clock, onTrouble, tracing },
    shape: (body, { labels }) => shapedNotice(body, { labels, now: now().toISOString() }),
    told: (message) => needs.supplierOrders.told(message),
  };
  return new ReceiverLines({
    ...{ news, clock, onTrouble, pollMs: settings.PARTNER_FOLDER_POLL_SECONDS * 1_000 },
    names: async () => (await partners.list()).map(({ partner }) => partner),
    relayOf: (partner) => partnerRelay(line, partner),
    collect: (partner) => collect(line, partner),
  });
};

/** Those who hold goods for us: what they are told, and what they say. */
export const partnerParts = (kit: Kit<ShippingSettings>, needs: PartnerNeeds): PartnerParts => {
  const { pool, vault, now, settings } = kit;
  const { news, outbox, partners } = needs;
  const answerMs = settings.PARTNER_ANSWER_MINUTES * 60_000;
  const notices = noticesOf(kit, needs);
  const lines = linesOf(kit, needs, { notices, answerMs });
  const forget = forgettingRows(kit);
  const desk = new PartnerDesk({ partners, outbox, adapters: adapterTerms(kit), locations: needs.registers.locations, vault, news, now });
  return {
    notices,
    controllers: [PartnersController, PartnerNoticesController],
    providers: [
      { provide: PARTNER_DESK, useValue: desk },
      { provide: PARTNER_NOTICES, useValue: notices },
      { provide: PARTNER_ACCOUNT, useValue: (partner: string) => accountOf({ partners, vault }, partner) },
      { provide: PARTNER_CLOCK, useValue: now },
    ],
    listeners: [fulfilledElsewhereListener(needs.supplierOrders, supposingDelivered({ partners, deadlines: kit.deadlines }))],
    checks: [relayCheck('shipping.partners', () => lines.relays())],
    readings: () => partnerReadings(pool, now()),
    onDue: dueOf(kit, needs, answerMs),
    start: async () => void (await Promise.all([lines.start(), forget.start()])),
    stop: async () => void (await Promise.all([lines.stop(), forget.stop()])),
  };
};
