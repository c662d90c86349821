import { Refused, sequenceOf, type Meta, type Settled, type Stream } from '@cartage/eventsourcing';
import { decideStock } from '../domain/adjusting';
import type { ReservationEvent } from '../domain/events';
import { foundBefore } from '../domain/issuing';
import { evolve, noReservation, type Reservation } from '../domain/reservation';
import { cellsToLose, unitsOf } from '../domain/losing';
import type { IssueStock, ReservationCommand } from '../domain/reservation-command';
import type { Cell } from '../domain/stock';
import { reservationOn } from '../domain/reserving';
import { promiseSupply, type MovedOrder, type OrdersAtHand, type Supplying } from './backorders';
import { rowsOf } from './claimed-rows';
import { draftOf, type Cause, type Draft, type DraftingNeeds, type Journal } from './drafting';
import { fillBackorders, type Come } from './filling';
import type { ClaimedLineRow, LedgerTransaction } from './ledger';
import { offerAll, offerEach, offerRisen, PAGE } from './offering';
import { nameStandIns } from './standing-in';

/** One command about an order's claims, waiting for its answer. */
export interface Ask {
  readonly command: ReservationCommand;
  readonly meta: Meta;
}

/** What a command did; nothing, when it was so already. */
export interface Claimed {
  readonly events: readonly ReservationEvent[];
  readonly repeated: boolean;
}

export const already: Settled<Claimed> = { ok: true, value: { events: [], repeated: true } };

export interface History extends Stream<ReservationEvent> {
  readonly state: Reservation;
}

export const historyOf = (stream: Stream): History => {
  const read = stream as Stream<ReservationEvent>;
  return { ...read, state: read.events.reduce(evolve, noReservation) };
};

const PREFIX = 'reservation-';
export const streamOf = (orderId: string): string => `${PREFIX}${orderId}`;

/** An order's claims while a transaction moves them. */
interface Open {
  readonly orderId: string;
  readonly draft: Draft;
  readonly before: Reservation;
  readonly done: Set<string>;
  state: Reservation;
  /** What moved it last. */
  cause: Cause | undefined;
}

/** Orders whose claims one transaction moves, each on what those before it left. */
export class OpenOrders implements OrdersAtHand {
  private readonly orders = new Map<string, Open>();
  /** Orders whose claims were lost, and that do not know yet whether they wait. */
  private readonly losers = new Set<string>();
  private readonly supplying: Supplying;
  /** What happens to shelves on the way. */
  private readonly shelves = new Map<string, Draft>();

  constructor(
    private readonly needs: DraftingNeeds,
    private readonly transaction: Pick<LedgerTransaction, 'readMany' | 'heads' | 'queue' | 'claimants' | 'waiting' | 'standIns' | 'stock'>,
    private readonly journal: Journal,
  ) {
    this.supplying = { newId: needs.newId, transaction, book: journal.book, orders: this };
  }

  all(): readonly MovedOrder[] {
    return [...this.orders.values()];
  }

  get(orderId: string): MovedOrder | undefined {
    return this.orders.get(streamOf(orderId));
  }

  do(command: ReservationCommand, { meta }: Cause): void {
    const open = this.orders.get(streamOf(command.data.orderId));
    if (open) this.decide({ command, meta }, open);
  }

  open(history: History): void {
    const { stream, events, state } = history;
    this.orders.set(stream, {
      orderId: stream.slice(PREFIX.length),
      draft: draftOf(this.needs, { ...history, sequence: sequenceOf(events) }, this.journal),
      before: state,
      cause: undefined,
      done: new Set(events.map(({ meta }) => meta.commandId)),
      state,
    });
  }

  async answer(ask: Ask): Promise<Settled<Claimed>> {
    const open = this.orders.get(streamOf(ask.command.data.orderId));
    if (!open) throw new Error(`The claims of order ${ask.command.data.orderId} were not read.`);
    if (open.done.has(ask.meta.commandId)) return already;
    try {
      if (ask.command.type === 'IssueStock') await this.find(ask.command.data, { meta: ask.meta, now: ask.command.data.now });
      return { ok: true, value: { events: this.decide(ask, open), repeated: false } };
    } catch (error) {
      if (error instanceof Refused) return { ok: false, error };
      throw error;
    }
  }

  /** Offers what can be promised now, and could not before, to those who wait: first in, first out among those that it is enough for. */
  async offer(cause: Cause): Promise<void> {
    offerEach(this.supplying, [...this.losers], cause);
    this.losers.clear();
    await offerRisen(this.supplying, cause);
  }

  /** Offers what there is of these SKUs to all who wait for them. */
  offerAll(skus: readonly string[], cause: Cause): Promise<void> {
    return offerAll(this.supplying, skus, cause);
  }

  /** What came of what was on order is for those who have a claim on it, the first first. */
  fill(come: Come, cause: Cause): Promise<void> {
    return fillBackorders(this.supplying, come, cause);
  }

  /** Gives those who wait their claims on what is on order, and says what could stand in for what is short. Last of all, before the lines are written. */
  async promise(cause: Cause, also: readonly string[] = []): Promise<void> {
    await promiseSupply(this.supplying, cause, also);
    await nameStandIns(
      this.transaction,
      [...this.orders.values()].map(({ draft }) => draft),
    );
  }

  /** So many units of what is claimed are not there: who came last loses first. Until the next `offer` nobody is told to wait. */
  async lose({ quantity, ...cell }: Cell & { readonly quantity: number }, cause: Cause): Promise<void> {
    let left = quantity;
    let before: string | undefined;
    while (left > 0) {
      const claimants = await this.transaction.claimants({ sku: cell.sku, before }, PAGE);
      if (claimants.length === 0) throw new Error(`${left} units of ${cell.sku} are claimed by nobody.`);
      await this.openAll(claimants.map(({ orderId }) => orderId));
      this.journal.book.require(claimants.flatMap(({ orderId }) => cellsToLose(this.get(orderId)?.state ?? noReservation, cell)));
      for (const { orderId } of claimants) left -= left > 0 ? this.loseOf(orderId, { ...cell, quantity: left }, cause) : 0;
      before = claimants.at(-1)?.arrival;
    }
  }

  /** What is to be written: the lines that changed. */
  lines(): readonly ClaimedLineRow[] {
    return [...this.orders.values()].flatMap(({ orderId, before, state }) =>
      [...state.lines.values()]
        .filter((line) => before.lines.get(line.lineId) !== line)
        .flatMap((line) => rowsOf(line, { orderId, channel: state.channel })),
    );
  }

  drafts(): readonly Draft[] {
    return [...this.shelves.values(), ...[...this.orders.values()].map(({ draft }) => draft)];
  }

  /** Goods left of which the books had no unit any more: they are found again before they go. */
  private async find(issue: IssueStock['data'], { meta, now }: Cause): Promise<void> {
    const open = this.orders.get(streamOf(issue.orderId));
    if (!open || open.state.fulfillments.get(issue.fulfillmentId)?.shipments.includes(issue.shipmentId)) return;
    const detail = 'It left, and the books had no unit of it that nobody else was promised.';
    for (const found of foundBefore(issue, open.state, this.journal.book)) {
      const data = { ...found, cause: 'drift', detail, reference: issue.shipmentId, now };
      const shelf = await this.shelf(`stock-${found.location}/${found.sku}`);
      for (const event of decideStock({ type: 'AdjustStock', data }, this.journal.book)) shelf.add(event, meta, now);
    }
  }

  private async shelf(stream: string): Promise<Draft> {
    const known = this.shelves.get(stream);
    if (known) return known;
    // Its row is locked, so nobody else writes to this stream.
    const [head] = await this.transaction.heads([stream]);
    if (!head) throw new Error(`The log has no head for ${stream}.`);
    const draft = draftOf(this.needs, head, this.journal);
    this.shelves.set(stream, draft);
    return draft;
  }

  private loseOf(orderId: string, lost: Cell & { readonly quantity: number }, { meta, now }: Cause): number {
    const open = this.orders.get(streamOf(orderId));
    if (!open) return 0;
    const events = this.decide({ command: { type: 'LoseStock', data: { ...lost, orderId, now } }, meta }, open);
    if (events.length > 0) this.losers.add(orderId);
    return events.reduce((units, { data }) => units + ('lines' in data ? unitsOf(data.lines, lost.sku) : 0), 0);
  }

  async openAll(orderIds: readonly string[]): Promise<void> {
    const unread = [...new Set(orderIds.map(streamOf))].filter((stream) => !this.orders.has(stream));
    if (unread.length > 0) for (const stream of await this.transaction.readMany(unread)) this.open(historyOf(stream));
  }

  private decide({ command, meta }: Ask, open: Open): readonly ReservationEvent[] {
    const events = reservationOn(this.journal.book).decide(command, open.state);
    for (const event of events) {
      open.state = evolve(open.state, event);
      open.draft.add(event, meta, command.data.now, open.state.channel);
      open.done.add(meta.commandId);
      open.cause = { meta, now: command.data.now };
    }
    return events;
  }
}
