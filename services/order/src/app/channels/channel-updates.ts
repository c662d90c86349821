import type { InventoryEvent } from '@cartage/contracts';
import { Refused, type Bell, type DataOf, type FieldError, type Meta } from '@cartage/eventsourcing';
import type { ReadOrder } from '../reading';
import type { PlacedOrder } from '../../domain/state';
import type { ChannelOutlets, UpdateContent } from './channel-update';
import type { ShownLevel, StockShelf } from './stock-shelf';
import type { PlannedUpdate, ShownUpdate, UpdateOutbox } from './update-outbox';
import { addedHere, dueOfOrder, dueOfPayment, dueOfReturns, dueOfShipping, withoutLines, type UpdateDue } from './updates-due';

export interface ChannelUpdatesNeeds {
  readonly outlets: ChannelOutlets;
  readonly outbox: UpdateOutbox;
  readonly stock: StockShelf;
  readonly read: ReadOrder;
  readonly idFor: (...parts: readonly string[]) => string;
  readonly news: Bell;
  readonly now: () => Date;
}

/** A fact as it comes, with what is remembered of it. */
export interface OrderFact {
  readonly type: string;
  readonly data: { readonly orderId: string };
  readonly eventId: string;
  readonly recordedAt: string;
}

/** A message that was refused: the order does not come, as long as nobody mends it. */
export interface Rejection {
  readonly channel: string;
  readonly messageId: string;
  readonly externalOrderId: string;
  readonly orderId: string;
  readonly code: string;
  readonly faults: readonly FieldError[];
}

/** A line of an order under the name that its channel has for it. */
export interface LineName {
  readonly lineId: string;
  readonly channelLineId: string;
}

interface Named {
  readonly channel: string;
  readonly updateId: string;
}

type DueOf = (data: unknown, order: PlacedOrder) => readonly UpdateDue[];
const due = { ...dueOfOrder, ...dueOfShipping, ...dueOfPayment, ...dueOfReturns };

/** Plans what channels are told, and lets people do with what they refuse. */
export class ChannelUpdates {
  private readonly since = new Map<string, Promise<Date>>();

  constructor(private readonly needs: ChannelUpdatesNeeds) {}

  async hear({ type, data, eventId, recordedAt }: OrderFact): Promise<void> {
    const dueOf = (due as Readonly<Record<string, DueOf | undefined>>)[type];
    if (!dueOf) return;
    const { order, events } = await this.needs.read(data.orderId);
    const { channel, externalOrderId, orderId } = order.placed;
    if (externalOrderId === undefined || !(await this.isTold(channel, recordedAt))) return;
    const added = addedHere(events);
    for (const { part, content } of dueOf(data, order).flatMap((each) => withoutLines(each, added)))
      await this.plan({ updateId: this.needs.idFor('channel-update', eventId, part), channel, externalOrderId, orderId, content });
  }

  /** What can be sold: of one channel, or of all that inventory names nowhere. */
  async hearStock({ sku, channel, atp, locations, asOf }: DataOf<InventoryEvent, 'AvailabilityChanged'>): Promise<void> {
    const selling = [...this.needs.outlets].flatMap(([name, { setStock }]) => (setStock ? [name] : []));
    const concerned = channel === undefined ? selling : selling.filter((name) => name === channel);
    if (concerned.length === 0) return;
    const each = Object.fromEntries(locations.map((of) => [of.location, of.atp]));
    await this.needs.stock.keep(concerned, { sku, channel, network: atp, locations: each, asOf });
    this.needs.news.ring();
  }

  async reject({ channel, messageId, externalOrderId, orderId, code, faults }: Rejection): Promise<void> {
    if (!this.needs.outlets.has(channel)) return;
    const content: UpdateContent = { kind: 'rejected', code, faults };
    const updateId = this.needs.idFor('channel-update', channel, messageId, 'rejected');
    await this.plan({ updateId, channel, externalOrderId, orderId, content });
  }

  readonly list: UpdateOutbox['list'] = (query) => this.needs.outbox.list(query);
  readonly levels: StockShelf['list'] = (query) => this.needs.stock.list(query);

  /** Once its cause is mended; where the channel knows lines by other names than we do, with those. */
  async resubmit(named: Named, names: readonly LineName[]): Promise<ShownUpdate> {
    const { update, content } = await this.found(named);
    if (update.status !== 'refused') return update;
    await this.needs.outbox.resubmit(named.updateId, renamed(content, names), this.needs.now());
    this.needs.news.ring();
    return (await this.found(named)).update;
  }

  /** A person has dealt with it by other means. */
  async drop(named: Named, why: string, { actor }: Meta): Promise<ShownUpdate> {
    const { update } = await this.found(named);
    if (update.status !== 'refused') return update;
    await this.needs.outbox.end(named.updateId, { status: 'dropped', detail: `Dropped by ${actor}: ${why}` }, this.needs.now());
    return (await this.found(named)).update;
  }

  async resubmitStock(channel: string, sku: string): Promise<ShownLevel> {
    const level = await this.needs.stock.resubmit(channel, sku, this.needs.now());
    if (!level) throw new Refused('SKU_UNKNOWN', `Channel ${channel} was never told of ${sku}.`, 'unknown');
    this.needs.news.ring();
    return level;
  }

  private async isTold(channel: string, recordedAt: string): Promise<boolean> {
    if (!this.needs.outlets.has(channel)) return false;
    return Date.parse(recordedAt) >= (await this.connectedSince(channel)).getTime();
  }

  /** Asked for at start, too: what happens from then on is told. */
  connectedSince(channel: string): Promise<Date> {
    const known = this.since.get(channel);
    if (known) return known;
    const asked = this.needs.outbox.connectedSince(channel, this.needs.now());
    this.since.set(channel, asked);
    asked.catch(() => this.since.delete(channel));
    return asked;
  }

  private async plan(update: Omit<PlannedUpdate, 'plannedAt'>): Promise<void> {
    await this.needs.outbox.plan({ ...update, plannedAt: this.needs.now().toISOString() });
    this.needs.news.ring();
  }

  private async found({ channel, updateId }: Named) {
    const found = await this.needs.outbox.find(channel, updateId);
    if (found) return found;
    throw new Refused('UPDATE_UNKNOWN', `Channel ${channel} is told nothing under ${updateId}.`, 'unknown');
  }
}

const renamed = (content: UpdateContent, names: readonly LineName[]): UpdateContent => {
  if (!('lines' in content)) return content;
  const nameOf = new Map(names.map(({ lineId, channelLineId }) => [lineId, channelLineId]));
  return { ...content, lines: content.lines.map((line) => ({ ...line, lineId: nameOf.get(line.lineId) ?? line.lineId })) };
};
