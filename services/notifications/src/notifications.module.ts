import { Topics } from '@cartage/contracts';
import { handling, reading, type DataOf, type Deadline, type Meta } from '@cartage/eventsourcing';
import { idFor, linkEnd, orderLinkToken, pickupCode, type Kit, type OrderLinkKind, type Parts, type Service } from '@cartage/service-kit';
import type { Brand, BrandBook } from './app/brands';
import { FOLLOW_UP, followingUp, type FollowUps } from './app/follow-up';
import { Messages } from './app/message-log';
import type { OrderCards, Outbox } from './app/outbox';
import { planning, SEND } from './app/planning';
import { remembered } from './app/remembered';
import type { MjmlToHtml } from './app/rendering';
import type { Sender } from './app/sender';
import { Sending } from './app/sending';
import { templateShelf } from './app/template-shelf';
import { Templates } from './app/templates';
import { activeTemplates, draftedTemplates, templateVersion } from './app/views/template-version';
import { writing } from './app/writing';
import { settings, type NotificationSettings } from './config';
import { notices, noticesStream, type NoticesCommand } from './domain/notices';
import { preferences, preferencesStream } from './domain/preferences';
import { published } from './domain/published';
import { quietHoursIn } from './domain/quiet-hours';
import { template } from './domain/template';
import { brandBookIn } from './edge/brand-book';
import { BRANDS, BrandsController, PREFERENCES, PreferencesController } from './edge/customers.controller';
import { notificationHoldings } from './edge/holdings';
import { listenersOf } from './edge/listeners';
import { messageLogIn } from './edge/message-log';
import { Channels1764410000000 } from './edge/migrations/1764410000000-channels';
import { Messages1764300000000 } from './edge/migrations/1764300000000-messages';
import { mjmlCompiler } from './edge/mjml';
import { MESSAGES, NotificationsController } from './edge/notifications.controller';
import { orderCardsIn } from './edge/order-cards';
import { ownersIn } from './edge/owners';
import { outboxIn } from './edge/postgres-outbox';
import { sendersOf } from './edge/senders';
import { TEMPLATES, TemplatesController } from './edge/templates.controller';

type Given = Kit<NotificationSettings>;

/** What is changed by hand may be so old when a message is written. */
const REMEMBERED_MS = 2_000;

const houseOf = ({ BRAND_NAME, MAIL_FROM, DEFAULT_LOCALE }: NotificationSettings): Brand => ({
  code: 'house',
  name: BRAND_NAME,
  sender: MAIL_FROM,
  locale: DEFAULT_LOCALE,
  channels: [],
});

/** Aggregates of few events: templates, preferences, and what others hear. */
const aggregatesOf = (needs: Pick<Given, 'store' | 'newId' | 'isPublic'>) => {
  const notice = handling(needs, notices);
  const tell = (command: NoticesCommand, meta: Meta): Promise<unknown> => notice(noticesStream(command.data.orderId), command, meta);
  return {
    templates: { send: handling(needs, template), reading: reading(needs.store, template) },
    preferences: { send: handling(needs, preferences), reading: reading(needs.store, preferences) },
    failed: (data: DataOf<NoticesCommand, 'RecordFailure'>, meta: Meta) => tell({ type: 'RecordFailure', data }, meta),
    followedUp: (data: DataOf<NoticesCommand, 'RecordFollowUp'>, meta: Meta) => tell({ type: 'RecordFollowUp', data }, meta),
  };
};

type Aggregates = ReturnType<typeof aggregatesOf>;

const rememberedFor = <Value>(load: () => Promise<Value>, now: () => Date): (() => Promise<Value>) =>
  remembered(load, { forMs: REMEMBERED_MS, now });

/** Where it keeps its rows, and what makes its words ready. */
interface Means {
  readonly outbox: Outbox;
  readonly cards: OrderCards;
  readonly brands: BrandBook;
  readonly mjmlToHtml: MjmlToHtml;
}

interface PageLinks {
  readonly kind: OrderLinkKind;
  /** With `{token}` in it. */
  readonly page: string | undefined;
  readonly days: number;
}

/** The links that the services of these pages open, by the same key. */
const pageUrlOf =
  ({ people, now }: Given, { kind, page, days }: PageLinks) =>
  async (orderId: string): Promise<string | undefined> =>
    page?.replace('{token}', await orderLinkToken(people, kind, { orderId, expiresAt: linkEnd(now(), days) }));

const sendingOf = (kit: Given, { outbox, brands, mjmlToHtml }: Means, aggregates: Aggregates, senders: readonly Sender[]): Sending => {
  const { settings: given, pool, vault, deadlines, now, log } = kit;
  const write = writing({
    brands: rememberedFor(brands.all, now),
    house: houseOf(given),
    shelf: templateShelf(
      rememberedFor(() => activeTemplates(pool), now),
      mjmlToHtml,
    ),
    trackingUrl: (token) => given.TRACKING_URL?.replace('{token}', encodeURIComponent(token)),
    orderUrl: pageUrlOf(kit, { kind: 'order', page: given.ORDER_PAGE_URL, days: given.ORDER_LINK_DAYS }),
    returnUrl: pageUrlOf(kit, { kind: 'returns', page: given.RETURN_PAGE_URL, days: given.RETURN_LINK_DAYS }),
    codeOf: (fulfillmentId) => pickupCode(kit.people, fulfillmentId),
    onBroken: (err, name) => log.error({ err, template: name }, 'a template cannot be filled in; activate an earlier version'),
  });
  return new Sending({
    ...{ outbox, deadlines, senders, write, now },
    open: (sealed) => vault.open(sealed),
    openLink: (sealed) => vault.open(sealed),
    optedOut: async (customerId) => (await aggregates.preferences.reading.load(preferencesStream(customerId))).state.optedOut,
    quietHours: given.QUIET_HOURS === undefined ? undefined : quietHoursIn(given.QUIET_HOURS),
    recordFailure: aggregates.failed,
  });
};

/** Deadlines carry what their names say. */
const dueTo =
  (sending: Sending, followUps: FollowUps) =>
  ({ name, data }: Deadline, meta: Meta): Promise<void> => {
    if (name === SEND) return sending.send((data as { readonly messageId: string }).messageId, meta);
    if (name === FOLLOW_UP) return followUps.due(data as Parameters<FollowUps['due']>[0], meta);
    return Promise.reject(new Error(`Nobody knows what ${name} is.`));
  };

const providersOf = (
  { pool, deadlines, now }: Given,
  { outbox, brands, mjmlToHtml }: Means,
  aggregates: Aggregates,
): Parts['providers'] => [
  { provide: MESSAGES, useValue: new Messages({ log: messageLogIn(pool), outbox, deadlines, idFor, now }) },
  {
    provide: TEMPLATES,
    useValue: new Templates({ ...aggregates.templates, drafted: () => draftedTemplates(pool), mjmlToHtml, now }),
  },
  { provide: PREFERENCES, useValue: { ...aggregates.preferences, now } },
  { provide: BRANDS, useValue: brands },
];

const compose = (kit: Given): Parts => {
  const { pool, deadlines, now, log } = kit;
  const senders = sendersOf(kit.settings, now);
  const compiler = mjmlCompiler();
  const means = { outbox: outboxIn(pool), cards: orderCardsIn(pool), brands: brandBookIn(pool), mjmlToHtml: compiler.toHtml };
  const aggregates = aggregatesOf(kit);
  const plan = planning({ outbox: means.outbox, deadlines, media: senders.map(({ medium }) => medium), idFor, now });
  const record = aggregates.followedUp;
  const followUps = followingUp({ deadlines, days: kit.settings.FOLLOW_UP_DAYS, orderOf: means.cards.find, record, plan });
  return {
    controllers: [TemplatesController, PreferencesController, BrandsController, NotificationsController],
    providers: providersOf(kit, means, aggregates),
    listeners: listenersOf({ cards: means.cards, plan, followUps, withdraw: means.outbox.withdraw }),
    owners: ownersIn(messageLogIn(pool), means.cards),
    onDue: dueTo(sendingOf(kit, means, aggregates, senders), followUps),
    start: async () => {
      if (senders.length === 0) log.warn('customers are told nothing: set SMTP_URL, MAIL_FOLDER or TEXT_WEBHOOK_URL');
    },
    stop: async () => void (await Promise.all([compiler, ...senders].map((each) => each.close()))),
  };
};

/** Tells customers what happens to their orders. */
export const notificationsService: Service<NotificationSettings> = {
  name: 'notifications',
  schema: 'notifications',
  title: 'Cartage notifications',
  paths: ['notifications'],
  area: 'messages',
  port: 3007,
  settings,
  migrations: [Messages1764300000000, Channels1764410000000],
  views: [templateVersion],
  publication: { service: 'notifications', topic: Topics.notification, translate: published },
  aggregates: { notices },
  over: { notices: () => true },
  compose,
  holdings: notificationHoldings,
};
