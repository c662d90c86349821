import { Topics } from '@cartage/contracts';
import { handling } from '@cartage/eventsourcing';
import { idFor, type Kit, type Parts, type Service } from '@cartage/service-kit';
import { createCancellations, type Cancellations } from './app/cancellations';
import { createChanges } from './app/changes';
import { channelGaps } from './app/channel-gaps';
import { deadlinesHeard, deadlinesMet } from './app/deadlines';
import { createEdits, type Edits } from './app/edits';
import { recordFacts, type SendToOrder } from './app/facts';
import { orderList } from './app/order-list';
import { channelOrderId, createOrders } from './app/orders';
import { reading, type ReadOrder } from './app/reading';
import { versionsOf } from './app/versions';
import { orderLine } from './app/views/order-line';
import { orderSummary } from './app/views/order-summary';
import { orderTask } from './app/views/order-task';
import type { PromiseShelf } from './app/promising/promise-shelf';
import { promiseKept } from './app/views/promise-kept';
import { promiseCalendars, promisePolicies } from './app/views/promise-terms';
import { orderSettings, patienceOf, shortagePolicyOf, type OrderSettings } from './config';
import { catalogueParts } from './catalogue.module';
import { channelParts } from './channels.module';
import { deskParts } from './desk.module';
import { order } from './domain/order';
import { published } from './domain/published';
import type { Occasion } from './domain/rules';
import { CANCELLATIONS, CancellationsController, ChannelCancellationsController, ORDER_ID_OF } from './edge/cancellations.controller';
import { CHANGES, ChangesController } from './edge/changes.controller';
import { CHANNEL_GAPS, ChannelsController } from './edge/channels.controller';
import { EDITS, EditsController, VERSIONS } from './edge/edits.controller';
import { deadlineListener } from './edge/deadlines.listener';
import { factListeners } from './edge/facts.listener';
import { OrderImport1764310000000 } from './edge/migrations/1764310000000-order-import';
import { CustomerContact1764300000000 } from './edge/migrations/1764300000000-customer-contact';
import { Catalogue1764300000100 } from './edge/migrations/1764300000100-catalogue';
import { ChannelMessage1764340000000 } from './edge/migrations/1764340000000-channel-message';
import { KnownPlace1764320000000 } from './edge/migrations/1764320000000-known-place';
import { ORDER_LIST, OrdersController, ORDERS } from './edge/orders.controller';
import { promiseParts } from './promises.module';

const publication = { service: 'order', topic: Topics.order, translate: published };

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

const changingOf = ({ vault }: Kit, { send, read, occasion }: Work): Changing => ({
  edits: createEdits({ send, read, vault, occasion, idFor }),
  cancellations: createCancellations({ send, read, occasion, idFor }),
});

/** What can be asked of orders, but for taking them in. */
const askedOf = (
  { pool, store, vault, viewReached }: Kit,
  { send, read, occasion }: Work,
  { edits, cancellations }: Changing,
): Parts['providers'] => [
  { provide: CHANNEL_GAPS, useValue: channelGaps({ sql: pool, viewReached, head: () => store.head(), orderIdOf }) },
  { provide: ORDER_LIST, useValue: orderList({ sql: pool, viewReached }) },
  { provide: ORDER_ID_OF, useValue: orderIdOf },
  { provide: EDITS, useValue: edits },
  { provide: VERSIONS, useValue: versionsOf(read) },
  { provide: CHANGES, useValue: createChanges({ send, read, vault, occasion, idFor }) },
  { provide: CANCELLATIONS, useValue: cancellations },
];

const compose = (kit: Kit<OrderSettings>): Parts => {
  const { store, vault, deadlines, now, settings } = kit;
  const send = handling(kit, order);
  const read = reading(store);
  const policies: Readonly<Record<string, string>> = settings.RETURNS_POLICY === '' ? {} : { returns: settings.RETURNS_POLICY };
  const promises = promiseParts(kit);
  const occasion = occasionsOf(kit, promises.shelf);
  const onDue = deadlinesMet({ send, occasion });
  const desk = deskParts({ ...kit, read, publication, occasion, send, policies });
  const catalogue = catalogueParts(kit);
  const { admission } = catalogue;
  const orders = createOrders({ send, read, vault, now, idFor, policies, admission, promises: promises.shelf.current });
  const changing = changingOf(kit, { send, read, occasion });
  const channels = channelParts(kit, { ...changing, orders, read, orderIdOf });
  return {
    controllers: [...desk.controllers, ...catalogue.controllers, ...promises.controllers, ...channels.controllers, ...controllers],
    providers: [
      ...desk.providers,
      ...catalogue.providers(orders),
      ...promises.providers,
      { provide: ORDERS, useValue: orders },
      ...channels.providers,
      ...askedOf(kit, { send, read, occasion }, changing),
    ],
    listeners: [
      ...desk.listeners,
      ...catalogue.listeners,
      ...promises.listeners,
      ...factListeners(recordFacts({ send, occasion })),
      deadlineListener(deadlinesHeard({ deadlines, send, occasion })),
    ],
    onDue: (deadline, meta) => (deadline.stream.startsWith('notes-') ? desk.onDue : onDue)(deadline, meta),
    start: async () => {
      await promises.start();
      await desk.start();
    },
    stop: desk.stop,
  };
};

export const orderService: Service<OrderSettings> = {
  name: 'order',
  schema: 'orders',
  title: 'Orders',
  paths: ['orders', 'channels', 'customers', 'tasks', 'imports', 'promises'],
  port: 3001,
  settings: orderSettings,
  mayUseKurrentDb: true,
  migrations: [
    CustomerContact1764300000000,
    Catalogue1764300000100,
    OrderImport1764310000000,
    KnownPlace1764320000000,
    ChannelMessage1764340000000,
  ],
  entities: [],
  views: [orderSummary, orderLine, orderTask, promisePolicies, promiseCalendars, promiseKept],
  publication,
  compose,
};
