import { Refused } from '@cartage/eventsourcing';
import type { ReadOrder } from '../reading';

/** What a link says. */
export interface OrderLink {
  readonly orderId: string;
  readonly expiresAt: string;
}

/** A link to the page of an order: one that somebody made, or one of a message that was opened. */
export interface GivenLink {
  readonly linkId: string;
  /** Null: a message brought it. */
  readonly madeBy: string | null;
  readonly madeAt: string | null;
  readonly expiresAt: string;
  readonly lastUsedAt: string | null;
  readonly revokedBy: string | null;
  readonly revokedAt: string | null;
}

/** Who does something, and when. */
export interface Deed {
  readonly by: string;
  readonly at: string;
}

type Named = OrderLink & Pick<GivenLink, 'linkId'>;

/** Where a page of the list begins: behind this link. */
export interface LinkPlace {
  readonly expiresAt: string;
  readonly linkId: string;
}

export interface LinkBook {
  /** Enters a link that somebody made; once, if it is the same. False where that one was revoked. */
  enter(link: Named, made: Deed): Promise<boolean>;
  /** Notes that it was used. False where it was revoked. */
  use(link: Named, at: string): Promise<boolean>;
  /** Those of an order that have not ended: what ends last comes first. */
  list(orderId: string, at: string, page: { readonly after: LinkPlace | undefined; readonly limit: number }): Promise<readonly GivenLink[]>;
  /** As it stands then; nothing where the order has no such link. */
  revoke(orderId: string, linkId: string, deed: Deed): Promise<GivenLink | undefined>;
  /** All that there are, and those of messages for good, whether they were opened before or not. Answers how many of those that are known were open. */
  revokeAll(orderId: string, deed: Deed): Promise<number>;
}

/** A link for whoever bought an order. Its secret is shown once: when it is made. */
export interface MadeLink {
  readonly linkId: string;
  readonly token: string;
  readonly path: string;
  /** As customers reach it; null: nobody has said where that is. */
  readonly url: string | null;
  readonly expiresAt: string;
}

export interface CustomerLinkNeeds {
  readonly read: ReadOrder;
  readonly book: LinkBook;
  readonly now: () => Date;
  readonly tokenOf: (link: OrderLink) => Promise<string>;
  /** Where customers reach the page, with `{token}` in it. */
  readonly pageUrl?: string | undefined;
  readonly endOf: (now: Date, days: number) => string;
  readonly idFor: (...parts: readonly string[]) => string;
}

const SECOND_MS = 1_000;
const later = ({ orderId, expiresAt }: OrderLink): OrderLink => ({
  orderId,
  expiresAt: new Date(Date.parse(expiresAt) + SECOND_MS).toISOString(),
});

/** By which a link is known: it follows from what the link says, so that one of a message has the same wherever it is made. */
export const linkIdOf = (idFor: CustomerLinkNeeds['idFor'], { orderId, expiresAt }: OrderLink): string =>
  idFor('order-link', orderId, expiresAt);

/** The links of an order: who made them, whether anybody uses them, and their end. */
export class CustomerLinks {
  constructor(private readonly needs: CustomerLinkNeeds) {}

  async make(orderId: string, days: number, by: string): Promise<MadeLink> {
    const { read, now, endOf } = this.needs;
    await read(orderId);
    return this.enter({ orderId, expiresAt: endOf(now(), days) }, { by, at: now().toISOString() });
  }

  async list(orderId: string, after: LinkPlace | undefined, limit: number): Promise<readonly GivenLink[]> {
    await this.needs.read(orderId);
    return this.needs.book.list(orderId, this.needs.now().toISOString(), { after, limit });
  }

  /** Revoked twice, it stays as it was revoked first. */
  async revoke(orderId: string, linkId: string, by: string): Promise<GivenLink> {
    await this.needs.read(orderId);
    const revoked = await this.needs.book.revoke(orderId, linkId, { by, at: this.needs.now().toISOString() });
    if (revoked) return revoked;
    throw new Refused('LINK_UNKNOWN', `The order has no link ${linkId}.`, 'unknown');
  }

  async revokeAll(orderId: string, by: string): Promise<number> {
    await this.needs.read(orderId);
    return this.needs.book.revokeAll(orderId, { by, at: this.needs.now().toISOString() });
  }

  /** Notes that it was used. False where nothing is behind it any more. */
  use(link: OrderLink, at: string): Promise<boolean> {
    return this.needs.book.use({ ...link, linkId: linkIdOf(this.needs.idFor, link) }, at);
  }

  /** One that was revoked stays revoked: where the same would be made again, it ends a second later. */
  private async enter(link: OrderLink, made: Deed): Promise<MadeLink> {
    const { book, idFor, tokenOf, pageUrl } = this.needs;
    const linkId = linkIdOf(idFor, link);
    if (!(await book.enter({ ...link, linkId }, made))) return this.enter(later(link), made);
    const token = await tokenOf(link);
    const url = pageUrl?.replace('{token}', token) ?? null;
    return { linkId, token, path: `/orders/links/${token}/page`, url, expiresAt: link.expiresAt };
  }
}
