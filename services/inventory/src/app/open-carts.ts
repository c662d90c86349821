import { sequenceOf, type Meta, type Stream } from '@cartage/eventsourcing';
import { cartOn, noCart, type Cart, type CartCommand } from '../domain/cart';
import type { CartEvent } from '../domain/events';
import { unitsBySku } from '@cartage/contracts';
import { draftOf, type Cause, type Draft, type DraftingNeeds, type Journal } from './drafting';
import type { CartRow, LedgerTransaction } from './ledger';

const PREFIX = 'cart-';
export const cartStream = (reservationId: string): string => `${PREFIX}${reservationId}`;

export interface CartHistory extends Stream<CartEvent> {
  readonly state: Cart;
}

export const cartHistory = (stream: Stream): CartHistory => {
  const read = stream as Stream<CartEvent>;
  return { ...read, state: read.events.reduce(cartOn(noStock).evolve, noCart) };
};

export const cartRow = (reservationId: string, { channel, lines, expiresAt }: Cart): CartRow => ({
  ...{ reservationId, channel, expiresAt, units: [...unitsBySku(lines)] },
});

/** The fold asks nothing of the stock. */
const noStock = { kitOf: () => undefined, require: () => undefined, promisable: () => 0 };

interface Open {
  readonly reservationId: string;
  readonly draft: Draft;
  readonly before: Cart;
  state: Cart;
}

/** Carts that are looked at together. */
const PAGE = 200;

/** Carts whose claims one transaction moves, each on what those before it left. */
export class OpenCarts {
  private readonly carts = new Map<string, Open>();

  constructor(
    private readonly needs: DraftingNeeds,
    private readonly transaction: Pick<LedgerTransaction, 'readMany' | 'carts'>,
    private readonly journal: Journal,
  ) {}

  open(history: CartHistory): void {
    const { stream, events, state } = history;
    const draft = draftOf(this.needs, { ...history, sequence: sequenceOf(events) }, this.journal);
    this.carts.set(stream, { reservationId: stream.slice(PREFIX.length), draft, before: state, state });
  }

  decide(command: CartCommand, meta: Meta): { readonly cart: Cart; readonly events: readonly CartEvent[] } {
    const open = this.carts.get(cartStream(command.data.reservationId));
    if (!open) throw new Error(`The claims of cart ${command.data.reservationId} were not read.`);
    const rules = cartOn(this.journal.book);
    const events = rules.decide(command, open.state);
    for (const event of events) {
      open.state = rules.evolve(open.state, event);
      open.draft.add(event, meta, command.data.now, open.state.channel);
    }
    return { cart: open.state, events };
  }

  /** Of so many units that are not there: what is kept for carts goes before what is promised to orders, the last cart first. Answers with what is left. */
  async lose({ sku, quantity }: { readonly sku: string; readonly quantity: number }, { meta, now }: Cause): Promise<number> {
    let left = quantity;
    let before: string | undefined;
    while (left > 0) {
      const found = await this.transaction.carts({ sku, before }, PAGE);
      if (found.length === 0) return left;
      for (const stream of await this.transaction.readMany(this.unread(found))) this.open(cartHistory(stream));
      for (const { reservationId } of found) left -= left > 0 ? this.loseOf({ reservationId, sku, quantity: left, now }, meta) : 0;
      before = found.at(-1)?.arrival;
    }
    return Math.max(0, left);
  }

  /** What is to be written: the carts that changed. */
  rows(): readonly CartRow[] {
    return [...this.carts.values()]
      .filter(({ before, state }) => before !== state)
      .map(({ reservationId, state }) => cartRow(reservationId, state));
  }

  drafts(): readonly Draft[] {
    return [...this.carts.values()].map(({ draft }) => draft);
  }

  private unread(found: readonly { readonly reservationId: string }[]): readonly string[] {
    return [...new Set(found.map(({ reservationId }) => cartStream(reservationId)))].filter((stream) => !this.carts.has(stream));
  }

  private loseOf(
    data: { readonly reservationId: string; readonly sku: string; readonly quantity: number; readonly now: string },
    meta: Meta,
  ): number {
    const { events } = this.decide({ type: 'LoseHeld', data }, meta);
    return events.reduce((units, event) => units + ('lines' in event.data ? (unitsBySku(event.data.lines).get(data.sku) ?? 0) : 0), 0);
  }
}
