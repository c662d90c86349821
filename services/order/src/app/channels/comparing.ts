import { Refused, type Meta } from '@cartage/eventsourcing';
import { differencesOf, refundsDiffer, type Difference, type DifferenceKind, type OrderThere } from '../../domain/channel-differences';
import type { OrderRead, ReadOrder } from '../reading';
import { bookedIn, booksOf, booksOfSource, type BooksRead } from './books';
import type { DifferenceTable, FoundDifference, OrderTraffic } from './channel-difference';
import type { ChannelMessage } from './channel-message';
import type { ChannelSource, ChannelSources } from './channel-source';
import type { ChannelEnvelope, RefundsAtChannel } from './connector';
import { causeOf, heardBack, LATE, moneyOf, NONE } from './difference-causes';
import { readIfKnown } from './order-at-channel';
import { requireGoing, type PollLog } from './polling';
import { readableIn } from './readable-orders';
import { Tally, type Compared, type Verdict } from './tally';

export interface ComparingNeeds {
  readonly sources: ChannelSources;
  readonly table: DifferenceTable;
  readonly log: PollLog;
  readonly read: ReadOrder;
  /** Brings an order in that never came. */
  readonly take: (channel: string, envelope: ChannelEnvelope, meta: Meta) => Promise<Pick<ChannelMessage, 'status' | 'externalOrderId'>>;
  readonly orderIdOf: (channel: string, externalOrderId: string) => string;
  readonly idFor: (...parts: readonly string[]) => string;
  readonly now: () => Date;
  /** How often a channel is asked. */
  readonly everyMs: number;
  /** What is on its way for less than this is no disagreement. */
  readonly inFlightMs: number;
}

interface Comparison {
  readonly channel: string;
  readonly meta: Meta;
  readonly source: ChannelSource | undefined;
}
interface Asked extends Comparison {
  readonly source: ChannelSource;
  readonly stopping: AbortSignal | undefined;
}

interface Turn {
  /** Whenever it was to be. */
  readonly now?: boolean;
  readonly stopping?: AbortSignal;
}

/** Of an order. */
interface Found {
  readonly known: OrderRead | undefined;
  readonly traffic: OrderTraffic;
  readonly found: readonly Difference[];
  readonly books?: BooksRead;
  /** Those that were looked for; absent: all. */
  readonly kinds?: readonly DifferenceKind[];
}

const TURN_MS = 15 * 60_000;
const SUSPECTS = 200;
/** An order that changed while the last comparison was made is in the next one, too. */
const OVERLAP_MS = 60 * 60_000;

/** Somebody else has sent it, or it is not paid: it is nothing to us, and no disagreement. */
const isNothing = (status: ChannelMessage['status'] | undefined): boolean => status === 'ignored' || status === 'waiting';

const missing: Difference = { kind: 'missing-here', here: 0, there: 1, lines: [] };
const unknown: Difference = { kind: 'unknown-there', here: 1, there: 0, lines: [] };

/** Compares what a channel says of its orders with what is known here, order by order. */
export class Comparing {
  constructor(private readonly needs: ComparingNeeds) {}

  /** A list of the channel's own; since then of all orders that came in, so that one that is not in it is not known there. */
  async list(
    channel: string,
    orders: AsyncIterable<readonly OrderThere[]>,
    { meta, since }: { readonly meta: Meta; readonly since?: string | undefined },
  ): Promise<Compared> {
    const of = { channel, meta, source: this.needs.sources.get(channel) };
    const tally = new Tally();
    for await (const some of orders) await this.each(of, some, tally);
    if (since !== undefined) await this.notThere(of, since, tally);
    return tally.sum;
  }

  /** Asks the channel: for what has changed since it was compared last, and for what is suspected. Nothing where another process is at it. */
  async ask(channel: string, meta: Meta, turn: Turn = {}): Promise<Compared | undefined> {
    const { sources, log, now, everyMs } = this.needs;
    const source = sources.get(channel);
    if (!source) throw new Refused('CHANNEL_NOT_ASKED', `Channel ${channel} cannot be asked for its orders: send its list.`, 'invalid');
    const name = `${channel}#compared`;
    if (turn.now) await log.due(name, now());
    const since = await log.take(name, { now: now(), until: this.fromNow(TURN_MS) });
    if (since === undefined) return undefined;
    const begun = now().toISOString();
    try {
      const compared = await this.asked({ channel, meta, source, stopping: turn.stopping }, since);
      await log.end(name, { at: this.fromNow(everyMs), askedTo: begun });
      return compared;
    } catch (error) {
      await log.end(name, { at: this.fromNow(Math.min(everyMs, TURN_MS)) });
      throw error;
    }
  }

  private async asked(of: Asked, since: string): Promise<Compared> {
    const { channel, source } = of;
    const tally = new Tally();
    const from = new Date(Date.parse(since) - OVERLAP_MS).toISOString();
    for await (const { orders } of source.changedSince(from, of.stopping)) {
      await this.each(of, await readableIn(source, orders, (envelope) => this.unreadable(of, envelope, tally)), tally);
      await this.needs.log.keep(`${channel}#compared`, this.fromNow(TURN_MS));
      requireGoing(of.stopping);
    }
    for (const externalOrderId of await this.suspects(of)) {
      requireGoing(of.stopping);
      const order = tally.seen.has(externalOrderId) ? undefined : await source.order(externalOrderId);
      if (order) await this.each(of, await readableIn(source, [order], (envelope) => this.unreadable(of, envelope, tally)), tally);
    }
    await this.notThere(of, from, tally);
    return tally.sum;
  }

  /** It waits for a person as a refused message; where the order is not here, that is why. */
  private async unreadable(of: Asked, envelope: ChannelEnvelope, tally: Tally): Promise<void> {
    const { status, externalOrderId: id } = await this.needs.take(of.channel, envelope, of.meta);
    if (id === null) return;
    tally.seen.add(id);
    if (!(await this.known(of, id))) tally.count(id, await this.notHere(of, id, status));
  }

  private suspects({ channel, source }: Asked): Promise<readonly string[]> {
    const books = booksOfSource(source);
    const bookedBefore = books && this.fromNow(-books.overlapMs).toISOString();
    return this.needs.table.suspects(channel, { before: this.fromNow(-this.needs.inFlightMs).toISOString(), bookedBefore }, SUSPECTS);
  }

  /** What the channel's books say went back of an order is known, whether or not it adds up to what is known here. */
  async heardBooks(channel: string, word: RefundsAtChannel): Promise<void> {
    const { externalOrderId } = word;
    const of = { channel, source: this.needs.sources.get(channel) };
    await this.needs.table.keepBooks({ channel, externalOrderId }, bookedIn(word));
    const [known, traffic] = [await this.known(of, externalOrderId), await this.trafficOf(channel, externalOrderId)];
    if (!known) return;
    const books = this.booksOf(of, known, traffic);
    const found = refundsDiffer(books, moneyOf(known, traffic));
    await this.note(of, externalOrderId, { known, traffic, found, books, kinds: ['refunded'] });
  }

  private booksOf({ source }: Pick<Comparison, 'source'>, known: OrderRead, traffic: OrderTraffic): BooksRead {
    return booksOf(source, traffic, { heard: heardBack(known), now: this.needs.now() });
  }

  private async each(of: Comparison, orders: readonly OrderThere[], tally: Tally): Promise<void> {
    const ids = orders.map(({ externalOrderId }) => externalOrderId);
    const traffic = await this.needs.table.traffic(of.channel, ids);
    for (const there of orders) {
      const { externalOrderId: id } = there;
      tally.count(id, await this.compare(of, [there, traffic.get(id) ?? NONE], tally));
    }
  }

  private async compare(of: Comparison, [there, traffic]: readonly [OrderThere, OrderTraffic], tally: Tally): Promise<Verdict> {
    const { externalOrderId } = there;
    const known = await this.known(of, externalOrderId);
    if (this.isInFlight([there.changedAt, traffic.waiting?.since, known?.events.at(-1)?.recordedAt])) return 'in-flight';
    if (known) {
      const books = this.booksOf(of, known, traffic);
      const found = differencesOf(known.order, { ...there, refunded: there.refunded ?? books.refunded }, moneyOf(known, traffic));
      return this.note(of, externalOrderId, { known, traffic, found, books });
    }
    return there.cancelled ? this.note(of, externalOrderId, { known, traffic, found: [] }) : this.brought(of, there, tally);
  }

  /** An order that never came: it is asked for. */
  private async brought(of: Comparison, { externalOrderId }: OrderThere, tally: Tally): Promise<Verdict> {
    const { channel, source, meta } = of;
    const order = await source?.order(externalOrderId);
    const message = order && (await this.needs.take(channel, order, meta));
    const known = message && (await this.known(of, externalOrderId));
    if (!known) return this.notHere(of, externalOrderId, message?.status);
    tally.fetched += 1;
    return this.note(of, externalOrderId, { known, traffic: await this.trafficOf(channel, externalOrderId), found: [] });
  }

  private async notHere(of: Comparison, externalOrderId: string, status: ChannelMessage['status'] | undefined): Promise<Verdict> {
    const traffic = await this.trafficOf(of.channel, externalOrderId);
    return this.note(of, externalOrderId, { known: undefined, traffic, found: isNothing(status) ? [] : [missing] });
  }

  private async notThere(of: Comparison, since: string, tally: Tally): Promise<void> {
    const last = this.fromNow(-this.needs.inFlightMs).toISOString();
    const placed = await this.needs.table.placed(of.channel, [since, last]);
    for (const { externalOrderId } of placed.filter((order) => !tally.seen.has(order.externalOrderId)))
      if (!(await of.source?.order(externalOrderId))) tally.count(externalOrderId, await this.unheardOf(of, externalOrderId));
  }

  private async unheardOf(of: Comparison, externalOrderId: string): Promise<Verdict> {
    const known = await this.known(of, externalOrderId);
    const traffic = await this.trafficOf(of.channel, externalOrderId);
    return this.note(of, externalOrderId, { known, traffic, found: known?.order.ended?.as === 'cancelled' ? [] : [unknown] });
  }

  private async note(
    { channel }: Pick<Comparison, 'channel'>,
    externalOrderId: string,
    { known, traffic, found, books, kinds }: Found,
  ): Promise<Verdict> {
    const { table, idFor, now } = this.needs;
    const why = causeOf(traffic);
    const noted = found.map((each): FoundDifference => ({
      ...{ ...each, ...(each.kind === 'refunded' && books?.mayAddUp ? LATE : why) },
      differenceId: idFor('channel-difference', channel, externalOrderId, each.kind),
    }));
    const orderId = known?.order.placed.orderId ?? null;
    await table.note({ channel, externalOrderId, orderId }, noted, { at: now().toISOString(), ...(kinds ? { kinds } : {}) });
    return noted.length > 0 ? 'differing' : 'same';
  }

  private async trafficOf(channel: string, externalOrderId: string): Promise<OrderTraffic> {
    return (await this.needs.table.traffic(channel, [externalOrderId])).get(externalOrderId) ?? NONE;
  }

  private known({ channel }: Pick<Comparison, 'channel'>, externalOrderId: string): Promise<OrderRead | undefined> {
    return readIfKnown(this.needs.read, this.needs.orderIdOf(channel, externalOrderId));
  }

  private isInFlight(times: readonly (string | undefined)[]): boolean {
    const last = this.fromNow(-this.needs.inFlightMs).getTime();
    return times.some((time) => time !== undefined && Date.parse(time) > last);
  }

  private fromNow(ms: number): Date {
    return new Date(this.needs.now().getTime() + ms);
  }
}
