import type { ErasureRequest, StateTopic } from '@cartage/contracts';
import { orderOf, type Entry } from './journaling';
import type { StateKind, Touch } from './states/kind';
import { orderStates } from './states/order-state';
import { paymentStates } from './states/payment-state';
import { returnStates } from './states/return-state';
import { shipmentStates } from './states/shipment-state';
import { stockStates } from './states/stock-state';

/** Raise it when a kind changes its mind about old facts, or is a new one: all states are made anew, and told anew. */
export const STATES_REVISION = 1;

export const stateKinds: readonly StateKind[] = [orderStates, stockStates, paymentStates, shipmentStates, returnStates];

/** What is now under a key of a topic. */
export interface Standing {
  readonly topic: StateTopic;
  readonly key: string;
  /** The order that it is of; absent: of none. */
  readonly orderId?: string;
  /** The place of the fact that changed it last, among all facts; never falls, also when it is made anew. */
  readonly position: number;
  /** Null: there was one, and whom it was about is forgotten. */
  readonly state: object | null;
  /** The fact that changed it last. */
  readonly factId: string;
  readonly time: string;
}

export const nameOf = ({ topic, key }: Pick<Standing, 'topic' | 'key'>): string => `${topic} ${key}`;

/** What a batch has to know before. */
export interface Before {
  readonly standings: ReadonlyMap<string, Standing>;
  /** Orders of people who were forgotten. */
  readonly erased: ReadonlySet<string>;
}

export interface After {
  /** Those that changed. */
  readonly standings: readonly Standing[];
  /** Orders that are forgotten from now on. */
  readonly erased: readonly string[];
  /** Facts that could not be folded into a state, which stays as it was: they hold up no other. */
  readonly faults: readonly FoldFault[];
}

export interface FoldFault {
  readonly factId: string;
  readonly topic: StateTopic;
  readonly key: string;
  readonly error: unknown;
}

interface Touching {
  readonly kind: StateKind;
  readonly touch: Touch;
  readonly orderId: string | undefined;
}

const touchesOf = ({ fact }: Entry): readonly Touching[] =>
  stateKinds
    .filter(({ hears }) => hears === fact.topic)
    .flatMap((kind) => kind.touches(fact).map((touch) => ({ kind, touch, orderId: kind.ofOrders ? orderOf(fact) : undefined })));

/** The orders that a fact has forgotten. */
export const forgottenBy = ({ fact }: Pick<Entry, 'fact'>): readonly string[] =>
  fact.type === 'PersonErasureRequested' ? (fact.data as ErasureRequest).orders : [];

/** The states that facts may change. */
export const namesIn = (entries: readonly Entry[]): readonly Pick<Standing, 'topic' | 'key'>[] => {
  const named = entries.flatMap((entry) => touchesOf(entry).map(({ kind, touch }) => ({ topic: kind.contract.topic, key: touch.key })));
  return [...new Map(named.map((each) => [nameOf(each), each])).values()];
};

/** One batch of facts on its way into the states. */
class Folding {
  readonly changed = new Map<string, Standing>();
  readonly forgotten = new Set<string>();
  readonly faults: FoldFault[] = [];

  constructor(private readonly before: Before) {}

  take(entry: Entry): void {
    for (const touching of touchesOf(entry)) this.apply(touching, entry);
    for (const orderId of forgottenBy(entry)) this.forget(orderId, entry);
  }

  private isForgotten(orderId: string | undefined): boolean {
    return orderId !== undefined && (this.forgotten.has(orderId) || this.before.erased.has(orderId));
  }

  private apply({ kind, touch, orderId }: Touching, entry: Entry): void {
    if (this.isForgotten(orderId)) return;
    const standing = { topic: kind.contract.topic, key: touch.key, ...(orderId === undefined ? {} : { orderId }) };
    const before = this.known(standing)?.state ?? undefined;
    try {
      const state = touch.apply(before);
      if (state !== before) this.put(standing, state as object, entry);
    } catch (error) {
      this.faults.push({ factId: entry.fact.id, topic: standing.topic, key: standing.key, error });
    }
  }

  private forget(orderId: string, entry: Entry): void {
    this.forgotten.add(orderId);
    const all = new Map([...this.before.standings, ...this.changed]);
    for (const standing of all.values()) if (standing.orderId === orderId && standing.state !== null) this.put(standing, null, entry);
  }

  private put({ topic, key, orderId }: Pick<Standing, 'topic' | 'key' | 'orderId'>, state: object | null, { fact, position }: Entry): void {
    this.changed.set(nameOf({ topic, key }), {
      ...{ topic, key, ...(orderId === undefined ? {} : { orderId }), state },
      ...{ position: Math.max(position, this.known({ topic, key })?.position ?? 0), factId: fact.id, time: fact.time },
    });
  }

  private known(of: Pick<Standing, 'topic' | 'key'>): Standing | undefined {
    return this.changed.get(nameOf(of)) ?? this.before.standings.get(nameOf(of));
  }
}

/** Brings states up to date by facts in their order. `before` knows every state that `namesIn` names, and every one of the orders that are forgotten. */
export const folded = (before: Before, entries: readonly Entry[]): After => {
  const folding = new Folding(before);
  for (const entry of entries) folding.take(entry);
  return { standings: [...folding.changed.values()], erased: [...folding.forgotten], faults: folding.faults };
};
