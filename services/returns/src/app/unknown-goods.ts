import type { Disposition, Reason, ReturnEvent as PublicEvent, Sealed } from '@cartage/contracts';
import {
  fold,
  handling,
  Refused,
  type DataOf,
  type Deadlines,
  type EventStore,
  type Meta,
  type Send,
  type StoredEvent,
} from '@cartage/eventsourcing';
import {
  requireGoods,
  unknownGoods,
  unknownGoodsStream,
  type MaybeGoods,
  type UnknownGoods,
  type UnknownGoodsCommand,
  type UnknownGoodsEvent,
  type UnknownItem,
} from '../domain/unknown-goods/unknown-goods';
import type { Loaded } from './requiring';
import type { Returns } from './returns';

const DEADLINE = 'UnknownGoodsSettlement';
const DAY_MS = 86_400_000;

export interface UnknownGoodsNeeds {
  readonly store: Pick<EventStore, 'readMany' | 'appendMany'>;
  readonly vault: {
    seal(person: string, content: object): Promise<Sealed>;
    open<Content extends object>(box: Sealed): Promise<Content | undefined>;
  };
  readonly deadlines: Pick<Deadlines, 'set'>;
  readonly returns: Pick<Returns, 'receiveUnannounced' | 'requireReceivable'>;
  readonly now: () => Date;
  readonly newId: () => string;
  /** Events of which types are counted for the world. */
  readonly isPublic: (type: string) => boolean;
  readonly idFor: (...parts: readonly string[]) => string;
  /** Somebody should know within so many days what they are. */
  readonly settleWithinDays: number;
}

export interface UnknownArrival {
  readonly location: string;
  readonly items: readonly { readonly sku?: string | undefined; readonly quantity: number }[];
  readonly carrier?: string | undefined;
  readonly trackingNumber?: string | undefined;
  /** What stands on the label: it may be personal. */
  readonly label?: string | undefined;
  readonly photos: readonly string[];
}

export interface GoodsMatch {
  readonly orderId: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  readonly note: string;
}

/** Goods as they stand, with what their answer's headers need. */
export interface GoodsFound extends Omit<Loaded, 'state'> {
  readonly goods: UnknownGoods;
  /** What stands on the label, opened; absent: nothing was told, or it was erased. */
  readonly label?: string;
}

const by = ({ actor }: Meta, detail: string): Reason => ({ code: 'operator', detail, by: 'operator', actor });
const itemOf = ({ sku, quantity }: UnknownArrival['items'][number]): UnknownItem => ({ ...(sku === undefined ? {} : { sku }), quantity });
const told = ({ carrier, trackingNumber }: UnknownArrival) => ({
  ...(carrier === undefined ? {} : { carrier }),
  ...(trackingNumber === undefined ? {} : { trackingNumber }),
});

/** Whose key seals what stands on the label of goods that name no order: nobody knows whose they are. */
export const labelOwner = (receiptId: string): string => `unknown-goods-${receiptId}`;

/** What can be done with goods at a dock that name no order. */
export class UnknownGoodsDesk {
  private readonly send: Send<UnknownGoodsCommand, MaybeGoods, UnknownGoodsEvent>;

  constructor(private readonly needs: UnknownGoodsNeeds) {
    this.send = handling<UnknownGoodsCommand, MaybeGoods, UnknownGoodsEvent>(needs, unknownGoods);
  }

  async receive(arrival: UnknownArrival, meta: Meta): Promise<GoodsFound> {
    const { vault, returns, now, idFor, settleWithinDays } = this.needs;
    const { location, items, photos, label } = arrival;
    await returns.requireReceivable({ location });
    const receiptId = idFor('unknown-goods', meta.commandId);
    const box = label === undefined ? {} : { label: await vault.seal(labelOwner(receiptId), { label }) };
    const settleBy = new Date(now().getTime() + settleWithinDays * DAY_MS).toISOString();
    const data = { receiptId, location, items: items.map(itemOf), photos, ...told(arrival), ...box, settleBy, now: this.now() };
    return this.tell({ type: 'ReceiveUnknownGoods', data }, meta);
  }

  /** Their receipt follows from it: it is looked at before whether it can be booked. */
  async match(receiptId: string, { orderId, lines, note }: GoodsMatch, meta: Meta): Promise<GoodsFound> {
    await this.needs.returns.requireReceivable({ orderId });
    return this.tell({ type: 'MatchUnknownGoods', data: { receiptId, orderId, lines, reason: by(meta, note), now: this.now() } }, meta);
  }

  dispose(
    receiptId: string,
    { disposition, note }: { readonly disposition: Disposition; readonly note: string },
    meta: Meta,
  ): Promise<GoodsFound> {
    return this.tell({ type: 'DisposeUnknownGoods', data: { receiptId, disposition, reason: by(meta, note), now: this.now() } }, meta);
  }

  async get(receiptId: string): Promise<GoodsFound> {
    const [stream] = await this.needs.store.readMany([unknownGoodsStream(receiptId)]);
    const events = (stream?.events ?? []) as readonly StoredEvent<UnknownGoodsEvent>[];
    const goods = requireGoods(receiptId, fold(unknownGoods, events));
    return this.opened({ goods, version: events.length, position: events.at(-1)?.position ?? '', repeated: false });
  }

  /** Heard of itself, so that after a crash no deadline is lost. */
  waited({ receiptId, settleBy }: DataOf<PublicEvent, 'UnknownGoodsReceived'>): Promise<void> {
    const stream = unknownGoodsStream(receiptId);
    return this.needs.deadlines.set({ id: stream, stream, name: DEADLINE, dueAt: settleBy, data: { receiptId } });
  }

  /** They are received as what they turned out to be: once, however often it is told. */
  async matched({ orderId, location, lines }: DataOf<PublicEvent, 'UnknownGoodsMatched'>, meta: Meta): Promise<void> {
    await this.needs.returns.receiveUnannounced(orderId, { location, lines }, meta);
  }

  async onDue({ name, data }: { readonly name: string; readonly data: unknown }, meta: Meta): Promise<void> {
    if (name !== DEADLINE) return;
    const { receiptId } = data as { readonly receiptId: string };
    await this.send(unknownGoodsStream(receiptId), { type: 'NoticeUnknownGoods', data: { receiptId, now: this.now() } }, meta).catch(
      (error: unknown) => {
        if (!(error instanceof Refused)) throw error;
      },
    );
  }

  private async tell(command: UnknownGoodsCommand, meta: Meta): Promise<GoodsFound> {
    const { receiptId } = command.data;
    const { state, version, position, repeated } = await this.send(unknownGoodsStream(receiptId), command, meta);
    return this.opened({ goods: requireGoods(receiptId, state), version, position, repeated });
  }

  private async opened(found: Omit<GoodsFound, 'label'>): Promise<GoodsFound> {
    const { label: box } = found.goods.received;
    const open = box && (await this.needs.vault.open<{ readonly label: string }>(box));
    return open ? { ...found, label: open.label } : found;
  }

  private now(): string {
    return this.needs.now().toISOString();
  }
}

/** Goods as callers see them. */
export const shownGoods = ({ goods: { status, received, matched, disposed }, label, version }: GoodsFound) => ({
  ...{ receiptId: received.receiptId, status, location: received.location, items: received.items, photos: received.photos },
  ...(received.carrier === undefined ? {} : { carrier: received.carrier }),
  ...(received.trackingNumber === undefined ? {} : { trackingNumber: received.trackingNumber }),
  ...(label === undefined ? {} : { label }),
  ...{ receivedAt: received.receivedAt, settleBy: received.settleBy },
  ...(matched ? { orderId: matched.orderId, reason: matched.reason } : {}),
  ...(disposed ? { disposition: disposed.disposition, reason: disposed.reason } : {}),
  version,
});

export type ShownGoods = ReturnType<typeof shownGoods>;
