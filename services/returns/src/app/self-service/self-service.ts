import { Refused, type EventStore, type Meta } from '@cartage/eventsourcing';
import type { AskedLine } from '../../domain/eligibility';
import { quoteOf, type ReturnQuote } from '../../domain/quote';
import type { OrderFacts } from '../order-facts';
import { loadReturns, requireOrder, type KnowingNeeds } from '../requiring';
import type { ReturnRequest, By } from '../asking';
import type { Returns } from '../returns';
import { dayOfSale, itemsOf, ownReturnsOf, type OwnReturn, type PageItem } from './opened';
import type { PageFault } from './phrases';

/** What a link says, where it is one of ours. */
interface ReturnLink {
  readonly orderId: string;
  readonly expiresAt: string;
}

export interface SelfServiceNeeds extends KnowingNeeds {
  readonly store: Pick<EventStore, 'readMany'>;
  readonly facts: Pick<OrderFacts, 'of' | 'orderOf' | 'knowsItem'>;
  readonly returns: Pick<Returns, 'request' | 'cancel'>;
  readonly linkIn: (token: string) => Promise<ReturnLink | undefined>;
  readonly tokenOf: (link: ReturnLink) => Promise<string>;
  /** Names a form that is filled in behind this link. */
  readonly newForm: (token: string) => Promise<string>;
  readonly isForm: (token: string, form: string) => Promise<boolean>;
  /** When a link ends that is made now for so many days. */
  readonly endOf: (now: Date, days: number) => string;
  readonly idFor: (...parts: readonly string[]) => string;
  readonly newId: () => string;
  readonly now: () => Date;
}

/** What is behind a link. */
export interface OpenPage {
  readonly kind: 'open';
  readonly orderId: string;
  readonly token: string;
  readonly currency: string;
  /** Names the form that is filled in now: sent twice, it is done once. */
  readonly form: string;
  readonly items: readonly PageItem[];
  readonly returns: readonly OwnReturn[];
}
export type Opened = OpenPage | { readonly kind: 'unknown' | 'expired' | 'early' };

/** What a customer wants to send back. */
export type Wish = Pick<ReturnRequest, 'tender' | 'note'> & { readonly lines: readonly (AskedLine & { readonly field: string })[] };

/** What is wrong, and with which item. */
export interface FaultAt {
  readonly field?: string;
  readonly fault: PageFault;
}

export type Quoted = { readonly quote: ReturnQuote; readonly sendBy?: string } | { readonly faults: readonly FaultAt[] };

/** A link for whoever bought an order. */
export interface MadeLink {
  readonly token: string;
  readonly path: string;
  readonly expiresAt: string;
}

const faultOf: Readonly<Record<string, PageFault>> = {
  QUANTITY_NOT_RETURNABLE: 'quantity',
  LINE_NOT_DELIVERED: 'quantity',
  LINE_UNKNOWN: 'quantity',
  PART_UNKNOWN: 'quantity',
  EXCHANGE_NOT_ALLOWED: 'not-exchanged',
};

/** What was refused, in words of the page; a fault rises. */
const faultsIn = (error: unknown, { lines }: Pick<Wish, 'lines'>): readonly FaultAt[] => {
  if (!(error instanceof Refused)) throw error;
  const named = error.errors.map(({ field, code }): FaultAt => {
    const [, index] = /^lines\[(\d+)\]/.exec(field) ?? [];
    const line = index === undefined ? undefined : lines[Number(index)];
    return { fault: faultOf[code] ?? 'not-now', ...(line ? { field: line.field } : {}) };
  });
  return named.length > 0 ? named : [{ fault: 'not-now' }];
};

const askedOf = ({ lines, ...wish }: Wish): Omit<ReturnRequest, 'orderId'> => ({
  ...wish,
  lines: lines.map(({ field: _, ...line }) => line),
});

/** What customers do by themselves, by a link to their order and without an account. */
export class SelfService {
  constructor(private readonly needs: SelfServiceNeeds) {}

  async link(orderId: string, days: number): Promise<MadeLink> {
    const { now, tokenOf, endOf } = this.needs;
    await requireOrder(this.needs, orderId);
    const expiresAt = endOf(now(), days);
    const token = await tokenOf({ orderId, expiresAt });
    return { token, path: `/returns/links/${token}/page`, expiresAt };
  }

  async open(token: string): Promise<Opened> {
    const link = await this.needs.linkIn(token);
    if (!link) return { kind: 'unknown' };
    const { orderId } = link;
    if (this.needs.now().getTime() > Date.parse(link.expiresAt)) return { kind: 'expired' };
    const known = await this.known(orderId);
    if (!known) return { kind: 'early' };
    return {
      ...{ kind: 'open', orderId, token, currency: known.sale.currency, form: await this.needs.newForm(token) },
      ...{ items: itemsOf(known), returns: ownReturnsOf(known) },
    };
  }

  /** What would follow; nothing does. */
  async quote(page: OpenPage, wish: Wish): Promise<Quoted> {
    const { newId, idFor } = this.needs;
    const { orderId } = page;
    const known = await this.known(orderId);
    const unknown = await this.unknownArticles(page, wish);
    if (!known || unknown.length > 0) return { faults: known ? unknown : [{ fault: 'not-now' }] };
    const { state, ...facts } = known;
    const returnId = newId();
    const exchange = { exchangeId: newId(), replacementOrderId: idFor('order', 'exchange', returnId) };
    const { note: _, ...asked } = askedOf(wish);
    try {
      const quote = quoteOf({ orderId, returnId, ...asked, ...facts, refundId: newId(), exchange }, state);
      const until = quote.wayBack?.until;
      return { quote, ...(until === undefined ? {} : { sendBy: dayOfSale(facts.sale, until) }) };
    } catch (error) {
      return { faults: faultsIn(error, wish) };
    }
  }

  /** Asked for once, however often the form is sent. */
  async send(page: OpenPage, form: string, { wish, meta }: { readonly wish: Wish; readonly meta: Meta }): Promise<readonly FaultAt[]> {
    if (!(await this.needs.isForm(page.token, form))) return [{ fault: 'form' }];
    const unknown = await this.unknownArticles(page, wish);
    if (unknown.length > 0) return unknown;
    return this.trying(wish, () =>
      this.needs.returns.request({ orderId: page.orderId, ...askedOf(wish) }, this.metaOf(page, form, meta).meta),
    );
  }

  /** The customer keeps it after all: of this order, whatever else is named. */
  async withdraw(page: OpenPage, form: string, { returnId, meta }: { readonly returnId: string; readonly meta: Meta }) {
    if (!(await this.needs.isForm(page.token, form))) return [{ fault: 'form' as const }];
    if (!page.returns.some((own) => own.returnId === returnId)) return [{ fault: 'not-withdrawn' as const }];
    const faults = await this.trying({ lines: [] }, () =>
      this.needs.returns.cancel(returnId, undefined, this.metaOf(page, `${form}/withdraw`, meta)),
    );
    return faults.map((): FaultAt => ({ fault: 'not-withdrawn' }));
  }

  private async trying(wish: Pick<Wish, 'lines'>, act: () => Promise<unknown>): Promise<readonly FaultAt[]> {
    try {
      await act();
      return [];
    } catch (error) {
      return faultsIn(error, wish);
    }
  }

  private async known(orderId: string) {
    const [order, { state }] = await Promise.all([this.order(orderId), loadReturns(this.needs.store, orderId)]);
    return order && { ...order, state, now: this.needs.now().toISOString() };
  }

  /** Nothing before the order, or the policy that it was sold under, was heard of. */
  private async order(orderId: string) {
    try {
      return await requireOrder(this.needs, orderId);
    } catch (error) {
      if (error instanceof Refused) return undefined;
      throw error;
    }
  }

  /** The same again needs no description. */
  private async unknownArticles({ items }: OpenPage, { lines }: Wish): Promise<readonly FaultAt[]> {
    const own = new Map(items.map(({ field, sku }) => [field, sku]));
    const wanted = lines.flatMap(({ field, exchangeFor = [] }) =>
      exchangeFor.flatMap(({ sku }) => (sku === own.get(field) ? [] : [{ field, sku }])),
    );
    const known = await Promise.all(wanted.map(({ sku }) => this.needs.facts.knowsItem(sku)));
    return wanted.flatMap(({ field }, i): readonly FaultAt[] => (known[i] ? [] : [{ field, fault: 'article' }]));
  }

  /** Two clicks, or two tabs with the same form, are one command. */
  private metaOf({ orderId }: OpenPage, form: string, { fingerprint: _, ...meta }: Meta): By {
    return { meta: { ...meta, commandId: this.needs.idFor('return-form', orderId, form) } };
  }
}
