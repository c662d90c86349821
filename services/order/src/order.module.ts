import { Topics } from '@cartage/contracts';
import { handling, type OnDue } from '@cartage/eventsourcing';
import type { AnyListener } from '@cartage/messaging';
import { idFor, type Kit, ownedBy, type Parts, type Service } from '@cartage/service-kit';
import type { Admission } from './app/admission';
import { createCancellations, type Cancellations } from './app/cancellations';
import { createChanges } from './app/changes';
import { channelGaps } from './app/channel-gaps';
import { deadlinesHeard, deadlinesMet } from './app/deadlines';
import { createEdits, type Edits } from './app/edits';
import { recordFacts, type SendToOrder } from './app/facts';
import { orderList } from './app/order-list';
import { channelOrderId, createOrders } from './app/orders';
import { reading, unknown, type ReadOrder } from './app/reading';
import { exchanging, sendingAgain, type ExchangeNeeds } from './app/replacements';
import { versionsOf } from './app/versions';
import { orderLine } from './app/views/order-line';
import { orderSummary } from './app/views/order-summary';
import { orderTask } from './app/views/order-task';
import { personErasure } from './app/views/person-erasure';
import type { PromiseShelf } from './app/promising/promise-shelf';
import { promiseKept } from './app/views/promise-kept';
import { transitTime } from './app/views/transit-time';
import { promiseCalendars, promisePolicies } from './app/views/promise-terms';
import { erasureHoursOf, orderSettings, patienceOf, shortagePolicyOf, type OrderSettings } from './config';
import { catalogueParts } from './catalogue.module';
import { channelParts } from './channels.module';
import { customerPageParts } from './customer-page.module';
import { deskParts } from './desk.module';
import { notes } from './domain/notes';
import { order } from './domain/order';
import { isOver } from './domain/state';
import { publishedPromiseTerms } from './domain/promising/published';
import { published } from './domain/published';
import type { Occasion } from './domain/rules';
import { CANCELLATIONS, CancellationsController, ChannelCancellationsController, ORDER_ID_OF } from './edge/cancellations.controller';
import { CHANGES, ChangesController } from './edge/changes.controller';
import { CHANNEL_GAPS, ChannelsController } from './edge/channels.controller';
import { claimsListener, exchangesListener } from './edge/claims.listener';
import { EDITS, EditsController, VERSIONS } from './edge/edits.controller';
import { decisionsListener } from './edge/decisions.listener';
import { hearingErasures } from './edge/erasures.controller';
import { factListeners } from './edge/facts.listener';
import { orderHoldings } from './edge/holdings';
import { OrderImport1764310000000 } from './edge/migrations/1764310000000-order-import';
import { CustomerContact1764300000000 } from './edge/migrations/1764300000000-customer-contact';
import { Catalogue1764300000100 } from './edge/migrations/1764300000100-catalogue';
import { ChannelMessage1764340000000 } from './edge/migrations/1764340000000-channel-message';
import { ChannelUpdate1764350000000 } from './edge/migrations/1764350000000-channel-update';
import { ChannelFeed1764370000000 } from './edge/migrations/1764370000000-channel-feed';
import { ChannelDifference1764420000000 } from './edge/migrations/1764420000000-channel-difference';
import { ChannelDifferenceMoney1764450000000 } from './edge/migrations/1764450000000-channel-difference-money';
import { CustomerLink1764500000000 } from './edge/migrations/1764500000000-customer-link';
import { ChannelBooks1764470000000 } from './edge/migrations/1764470000000-channel-books';
import { ChannelStockReport1764460000000 } from './edge/migrations/1764460000000-channel-stock-report';
import { ChannelPrice1764440000000 } from './edge/migrations/1764440000000-channel-price';
import { ChannelSource1764410000000 } from './edge/migrations/1764410000000-channel-source';
import { TransitModel1764485000000 } from './edge/migrations/1764485000000-transit-model';
import { UpdateTrace1764490000000 } from './edge/migrations/1764490000000-update-trace';
import { KnownPlace1764320000000 } from './edge/migrations/1764320000000-known-place';
import { ORDER_LIST, OrdersController, ORDERS } from './edge/orders.controller';
import { promiseParts } from './promises.module';

const publication = { service: 'order', topic: Topics.order, translate: { ...published, ...publishedPromiseTerms } };

/** When it is, and what orders go by. */
const occasionsOf = ({ now, newId, settings }: Kit<OrderSettings>, promises: PromiseShelf): (() => Occasion) => {
  const [patience, shortagePolicy] = [patienceOf(settings), shortagePolicyOf(settings)];
  return () => ({ now: now().toISOString(), newId, patience, shortagePolicy, promises: promises.latest() });
};

const controllers = [
  OrdersController,
  ChannelsController,
  CancellationsController,
  ChannelCancellationsController,
  ChangesController,
  EditsController,
];

interface Work {
  readonly send: SendToOrder;
  readonly read: ReadOrder;
  readonly occasion: () => Occasion;
}

const orderIdOf = (channel: string, externalOrderId: string): string => channelOrderId({ idFor }, channel, externalOrderId);

interface Changing {
  readonly edits: Edits;
  readonly cancellations: Cancellations;
}

const changingOf = ({ vault }: Kit, { send, read, occasion }: Work, admission: Admission): Changing => ({
  edits: createEdits({ send, read, vault, occasion, idFor, admission }),
  cancellations: createCancellations({ send, read, occasion, idFor }),
});

/** What can be asked of orders, but for taking them in. */
const askedOf = (
  { pool, store, vault, viewReached }: Kit,
  { send, read, occasion }: Work,
  { edits, cancellations }: Changing,
): Parts['providers'] => [
  { provide: CHANNEL_GAPS, useValue: channelGaps({ sql: pool, viewReached, head: () => store.head(), orderIdOf }) },
  { provide: ORDER_LIST, useValue: orderList({ sql: pool, viewReached, orderIdOf }) },
  { provide: ORDER_ID_OF, useValue: orderIdOf },
  { provide: EDITS, useValue: edits },
  { provide: VERSIONS, useValue: versionsOf(read) },
  { provide: CHANGES, useValue: createChanges({ send, read, vault, occasion, idFor }) },
  { provide: CANCELLATIONS, useValue: cancellations },
];

const startingOf = (parts: readonly Pick<Parts, 'start' | 'stop'>[]): Required<Pick<Parts, 'start' | 'stop'>> => ({
  start: async () => {
    for (const { start } of parts) await start?.();
  },
  stop: async () => void (await Promise.all(parts.map(({ stop }) => stop?.()))),
});

/** What follows outside its log from what is decided: orders that stand for goods of others, and deadlines. */
const replacing = (
  { now, deadlines }: Kit,
  { send, read, occasion }: Work,
  { record, catalogue, promises }: Pick<ExchangeNeeds, 'record' | 'catalogue'> & { readonly promises: PromiseShelf },
): readonly AnyListener[] => {
  const needs = { send, read, now, idFor, promises: promises.current };
  const sendAgain = sendingAgain(needs);
  return [
    claimsListener(sendAgain),
    decisionsListener(deadlinesHeard({ deadlines, send, occasion }), sendAgain),
    exchangesListener(exchanging({ ...needs, catalogue, record })),
  ];
};

/** Deadlines of the desk's own streams, and those of orders. */
const dueTo =
  (ofDesk: OnDue, ofOrders: OnDue): OnDue =>
  (deadline, meta) =>
    (/^(notes|erasure)-/.test(deadline.stream) ? ofDesk : ofOrders)(deadline, meta);

const compose = (kit: Kit<OrderSettings>): Parts => {
  const { store, vault, now, settings } = kit;
  const send = handling(kit, order);
  const read = reading(store);
  const policies: Readonly<Record<string, string>> = settings.RETURNS_POLICY === '' ? {} : { returns: settings.RETURNS_POLICY };
  const promises = promiseParts(kit);
  const occasion = occasionsOf(kit, promises.shelf);
  const desk = deskParts({ ...kit, read, publication, occasion, send, policies, erasureHours: erasureHoursOf(settings) });
  const catalogue = catalogueParts(kit);
  const { admission, dropParked } = catalogue;
  const record = recordFacts({ send, occasion });
  const orders = createOrders({ send, read, vault, now, idFor, policies, admission, promises: promises.shelf.current });
  const changing = changingOf(kit, { send, read, occasion }, admission);
  const page = customerPageParts(kit, { ...changing, read, occasion });
  const channels = channelParts(kit, { ...changing, orders, read, orderIdOf, send, occasion, dropParked });
  return {
    controllers: [...[desk, catalogue, promises, channels, page].flatMap((part): Parts['controllers'] => part.controllers), ...controllers],
    providers: [
      ...desk.providers,
      ...catalogue.providers(orders),
      ...promises.providers,
      { provide: ORDERS, useValue: orders },
      ...[channels, page].flatMap(({ providers }) => providers),
      ...askedOf(kit, { send, read, occasion }, changing),
    ],
    listeners: hearingErasures(
      [
        ...[desk, catalogue, promises, channels].flatMap(({ listeners }) => listeners ?? []),
        ...factListeners(record),
        ...replacing(kit, { send, read, occasion }, { record, catalogue: catalogue.catalogue, promises: promises.shelf }),
      ],
      desk.erasures,
    ),
    owners: { orderId: ownedBy({ channel: async (orderId) => (await read(orderId)).order.placed.channel }, unknown) },
    checks: channels.checks ?? [],
    readings: async () => ({ ...(await channels.readings()), ...(await desk.readings()) }),
    onDue: dueTo(desk.onDue, deadlinesMet({ send, occasion })),
    ...startingOf([promises, desk, channels, page]),
  };
};

export const orderService: Service<OrderSettings> = {
  name: 'order',
  schema: 'orders',
  title: 'Orders',
  paths: ['orders', 'channels', 'customers', 'tasks', 'imports', 'promises'],
  area: 'orders',
  port: 3001,
  settings: orderSettings,
  mayUseKurrentDb: true,
  migrations: [
    CustomerContact1764300000000,
    Catalogue1764300000100,
    OrderImport1764310000000,
    KnownPlace1764320000000,
    ChannelMessage1764340000000,
    ChannelUpdate1764350000000,
    ChannelFeed1764370000000,
    ChannelSource1764410000000,
    ChannelDifference1764420000000,
    ChannelPrice1764440000000,
    ChannelDifferenceMoney1764450000000,
    ChannelStockReport1764460000000,
    ChannelBooks1764470000000,
    TransitModel1764485000000,
    UpdateTrace1764490000000,
    CustomerLink1764500000000,
  ],
  views: [orderSummary, orderLine, orderTask, personErasure, promisePolicies, promiseCalendars, promiseKept, transitTime],
  publication,
  aggregates: { order, notes },
  over: { order: isOver, notes: () => true },
  compose,
  holdings: orderHoldings,
};
