import { Refused, type FieldError, type Meta } from '@cartage/eventsourcing';
import type { Vault } from '@cartage/service-kit';
import type { Sealed } from '@cartage/contracts';
import type { Placement } from '../domain/placement';
import type { TurnedAway } from './admission';
import type { Orders } from './orders';

/** An order that was kept aside, without what is personal in it. */
export interface Parked {
  readonly orderId: string;
  readonly channel: string;
  readonly externalOrderId: string | null;
  readonly status: 'parked' | 'placed' | 'dropped';
  readonly faults: readonly FieldError[];
  /** How often it was sent, or sent again. */
  readonly attempts: number;
  readonly parkedAt: string;
}

export interface ParkedQuery {
  /** Absent: of every channel. */
  readonly channel?: string;
  readonly after: { readonly parkedAt: string; readonly orderId: string } | undefined;
  readonly limit: number;
}

/** Where orders are kept aside. What has ended is remembered, without its box. */
export interface ParkedStore {
  keep(parked: Omit<Parked, 'attempts' | 'status'>, box: Sealed): Promise<void>;
  find(channel: string, orderId: string): Promise<{ readonly parked: Parked; readonly box: Sealed | undefined } | undefined>;
  /** Those that wait, oldest first. */
  list(query: ParkedQuery): Promise<readonly Parked[]>;
  end(orderId: string, as: 'placed' | 'dropped', by: { readonly actor: string; readonly at: string }): Promise<void>;
}

/** What is sealed: all of it. */
interface Content {
  readonly placement: Placement;
  readonly commandId: string;
}

export interface ParkedPlacements {
  readonly list: ParkedStore['list'];
  /** Places it again, as the catalogue is now; or as it is, whatever the catalogue says. */
  readonly resubmit: (named: Named, terms: { readonly asItIs: boolean }, meta: Meta) => Promise<Parked>;
  readonly drop: (named: Named, meta: Meta) => Promise<Parked>;
}

interface Named {
  readonly channel: string;
  readonly orderId: string;
}

export interface ParkedNeeds {
  readonly store: ParkedStore;
  readonly vault: Vault;
  readonly orders: Pick<Orders, 'place'>;
  readonly now: () => Date;
}

/** Keeps what was turned away, sealed under the key of the person whose it is. */
export const parking =
  ({ store, vault }: Pick<ParkedNeeds, 'store' | 'vault'>) =>
  async ({ orderId, channel, externalOrderId, placement, commandId, person, faults, at }: TurnedAway): Promise<void> => {
    const box = await vault.seal(person, { placement, commandId } satisfies Content);
    await store.keep({ orderId, channel, externalOrderId: externalOrderId ?? null, faults: faults.slice(0, 100), parkedAt: at }, box);
  };

export const createParked = ({ store, vault, orders, now }: ParkedNeeds): ParkedPlacements => {
  const find = async ({ channel, orderId }: Named) => {
    const found = await store.find(channel, orderId);
    if (!found) throw new Refused('PARKED_UNKNOWN', `Channel ${channel} has no order ${orderId} that was kept aside.`, 'unknown');
    return found;
  };
  const end = async (named: Named, as: 'placed' | 'dropped', { actor }: Meta): Promise<Parked> => {
    await store.end(named.orderId, as, { actor, at: now().toISOString() });
    return (await find(named)).parked;
  };
  return {
    list: (query) => store.list(query),
    resubmit: async (named, { asItIs }, meta) => {
      const { parked, box } = await find(named);
      if (parked.status === 'placed') return parked;
      if (parked.status === 'dropped') throw dropped(named);
      const { placement, commandId } = await open(vault, named, box);
      const { fingerprint: _, ...rest } = meta;
      const { receipt } = await orders.place(placement, { ...rest, commandId }, { asItIs });
      return receipt.status === 'parked' ? (await find(named)).parked : end(named, 'placed', meta);
    },
    drop: async (named, meta) => {
      const { parked } = await find(named);
      if (parked.status === 'placed') throw new Refused('PARKED_PLACED', `Order ${named.orderId} was placed meanwhile. Cancel it instead.`);
      return parked.status === 'dropped' ? parked : end(named, 'dropped', meta);
    },
  };
};

const dropped = ({ orderId }: Named): Refused =>
  new Refused('PARKED_DROPPED', `Order ${orderId} was dropped. Let the channel send it again.`);

const open = async (vault: Vault, { orderId }: Named, box: Sealed | undefined): Promise<Content> => {
  const content = box && (await vault.open<Content>(box));
  if (content) return content;
  throw new Refused('PERSONAL_ERASED', `What was kept of order ${orderId} was erased with its person. Drop it.`, 'unknown');
};
