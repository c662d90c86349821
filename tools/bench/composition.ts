import type { OrderEvent } from '@cartage/contracts';
import { usualServices as services } from '@cartage/embedded';
import type { DataOf, EventStore, Handled, Meta, Named } from '@cartage/eventsourcing';
import { startAll, type AnyService, type Kit, type Parts, type Running } from '@cartage/service-kit';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Done = Promise<Handled<unknown, Named>>;

/** The facades that the bench drives, as their services provide them. */
export interface Facades {
  readonly orders: { place(placement: object, meta: Meta): Promise<unknown> };
  readonly shipments: {
    pack(shipmentId: string, parcels: readonly object[], meta: Meta): Done;
    dispatch(shipmentId: string, meta: Meta): Done;
  };
  readonly tracking: { receive(carrier: string, webhook: object, meta: Meta): Promise<unknown> };
  readonly stocks: { receive(receipt: object, meta: Meta): Promise<unknown> };
  readonly locations: { change(code: string, profile: object, meta: Meta): Promise<unknown> };
}

/** What a service does when an order was placed. The whole fact, so that the compiler says so when its shape changes. */
export type HearOrder = (order: DataOf<OrderEvent, 'OrderPlaced'>, meta: Meta) => Promise<unknown>;

/** Throws where none of them listens to it. */
export const hearingOrders = (listeners: Parts['listeners']): HearOrder => {
  const found = listeners
    .map(({ on }) => (on as { readonly OrderPlaced?: HearOrder }).OrderPlaced)
    .find((handler) => handler !== undefined);
  if (!found) throw new Error('None of these listeners hears of placed orders.');
  return found;
};

/** Services in this process, with what the bench needs of their insides. */
export interface Composition {
  readonly running: Running;
  readonly kits: ReadonlyMap<string, Kit>;
  /** Throws when asked for one of a service that does not run. */
  readonly facades: Facades;
  storeOf(service: string): EventStore;
  /** What a service does when it hears of a placed order. */
  hearingOrders(service: string): HearOrder;
  listenersOf(service: string): Parts['listeners'];
  /** Waits until every view of every service shows all that was written. */
  projected(): Promise<void>;
}

/** What the services of a composition let the bench see. */
class Insides {
  readonly kits = new Map<string, Kit>();
  private readonly provided = new Map<string, unknown>();
  private readonly listeners = new Map<string, Parts['listeners']>();

  /** The service as it is, watched while it puts its parts together. */
  watching(service: AnyService): AnyService {
    return {
      ...service,
      compose: async (kit): Promise<Parts> => {
        const parts = await (service.compose(kit) as Promise<Parts> | Parts);
        this.kits.set(service.name, kit as Kit);
        this.listeners.set(service.name, parts.listeners);
        for (const provider of parts.providers)
          if (typeof provider === 'object' && 'useValue' in provider && typeof provider.provide === 'symbol')
            this.provided.set((provider.provide.description ?? '').toLowerCase(), provider.useValue);
        return parts;
      },
    };
  }

  facade<Facade>(name: string): Facade {
    if (!this.provided.has(name)) throw new Error(`No service provides ${name}; there are ${[...this.provided.keys()].join(', ')}.`);
    return this.provided.get(name) as Facade;
  }

  listenersOf(service: string): Parts['listeners'] {
    return this.listeners.get(service) ?? [];
  }

  kitOf(name: string): Kit {
    const kit = this.kits.get(name);
    if (!kit) throw new Error(`No service ${name}.`);
    return kit;
  }

  async projected(): Promise<void> {
    for (const { name, views } of services) {
      const { store, viewReached } = this.kitOf(name);
      const head = await store.head();
      for (const view of views) await untilReached(() => viewReached(view, head));
    }
  }
}

/** Starts Cartage in this process and keeps hold of its parts, which no other program gets to see. */
export const compose = async (databaseUrl: string, wanted: readonly AnyService[] = services): Promise<Composition> => {
  const insides = new Insides();
  const environment = {
    DATABASE_URL: databaseUrl,
    MASTER_KEY_FILE: join(tmpdir(), `cartage-bench-${process.pid}.key`),
    LOG_LEVEL: 'error',
    PORT: '0',
  };
  const running = await startAll(
    wanted.map((service) => insides.watching(service)),
    { environment },
  );
  return {
    running,
    kits: insides.kits,
    facades: {
      get orders() {
        return insides.facade<Facades['orders']>('orders');
      },
      get shipments() {
        return insides.facade<Facades['shipments']>('shipments');
      },
      get tracking() {
        return insides.facade<Facades['tracking']>('tracking');
      },
      get stocks() {
        return insides.facade<Facades['stocks']>('stocks');
      },
      get locations() {
        return insides.facade<Facades['locations']>('locations');
      },
    },
    listenersOf: (service) => insides.listenersOf(service),
    hearingOrders: (service) => hearingOrders(insides.listenersOf(service)),
    storeOf: (name) => insides.kitOf(name).store,
    projected: () => insides.projected(),
  };
};

/** A view may need longer than a request would wait for it. */
const untilReached = async (reached: () => Promise<void>): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await reached();
    } catch (error) {
      if (attempt === 30) throw error;
    }
  }
};
