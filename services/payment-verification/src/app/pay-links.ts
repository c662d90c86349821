import { timingSafeEqual } from 'node:crypto';
import { exponentOf, type ActionDetails, type Sealed, type SealedLink } from '@cartage/contracts';
import { Refused, type Meta } from '@cartage/eventsourcing';
import { begunBy, liveLinkOf, openToPay, PAY_LINK, requireLink, statusOfLink, type PayLink, type PayLinkStatus } from '../domain/pay-links';
import { isKnown, requireKnown, type Known } from '../domain/payment';
import { minutesAfter } from '../domain/promise';
import type { ProviderFor } from '../domain/terms';
import type { VerificationLimits } from '../domain/verification';
import type { Decisions } from './decisions';
import type { OpenAction } from './payment-provider';

export interface PayLinksNeeds {
  readonly decisions: Decisions;
  readonly limits: () => Promise<VerificationLimits>;
  /** Who begins the payment of an order of this channel. */
  readonly providerFor: ProviderFor;
  /** Seals what only those read who may: the link, for whom it is. */
  readonly seal: (person: string, link: SealedLink) => Promise<Sealed>;
  /** Opens what a customer has to do; nothing when they were erased. */
  readonly openAction: (sealed: Sealed) => Promise<ActionDetails | undefined>;
  /** A keyed hash that nobody makes without our key. */
  readonly sign: (payload: string) => Promise<string>;
  readonly idFor: (...parts: readonly string[]) => string;
  /** Where the customer opens it, with `{token}`. */
  readonly address: string;
  /** So long a link can be opened, where nothing else is said. */
  readonly hours: number;
}

/** What whoever has the link sees: nothing of a person, and nothing of the order but what is due. */
export interface OpenedPayLink {
  readonly status: PayLinkStatus;
  readonly currency: string;
  /** How many digits of the amount stand after its point. */
  readonly exponent: number;
  /** What is due now, in minor units. */
  readonly due: number;
  readonly expiresAt: string;
  readonly action?: OpenAction;
}

/** The same for whoever made it. */
export interface MadePayLink extends OpenedPayLink {
  readonly orderId: string;
  readonly linkId: string;
  readonly token: string;
  readonly url: string;
}

export interface PayLinkRequest {
  readonly orderId: string;
  readonly hours?: number | undefined;
  /** The customer is to be sent it. */
  readonly send?: boolean | undefined;
}

const HEX = 32;
const hexOf = (id: string): string => id.replaceAll('-', '');
const idOf = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

interface Named {
  readonly orderId: string;
  readonly linkId: string;
}

const payloadOf = ({ orderId, linkId }: Named): string => Buffer.from(hexOf(orderId) + hexOf(linkId), 'hex').toString('base64url');

const namedBy = (payload: string): Named => {
  const hex = Buffer.from(payload, 'base64url').toString('hex');
  return { orderId: idOf(hex.slice(0, HEX)), linkId: idOf(hex.slice(HEX)) };
};

const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

const unknown = (): Refused => new Refused('PAY_LINK_UNKNOWN', 'No such link is known here.', 'unknown');

const TOKEN = /^([\w-]{43})\.([\w-]{43})$/;

/** Links by which what is due of an order is paid: made by people, opened by whoever has them. */
export class PayLinks {
  constructor(private readonly needs: PayLinksNeeds) {}

  /** A link to what is due: the one that is there, or a new one. */
  async make({ orderId, hours, send }: PayLinkRequest, meta: Meta): Promise<MadePayLink> {
    const { decisions, idFor, hours: usual } = this.needs;
    const at = decisions.at();
    const linkId = idFor('pay-link', meta.commandId);
    const data = { ...at, orderId, linkId, by: meta.actor, expiresAt: minutesAfter(at.now, 60 * (hours ?? usual)) };
    const { state } = await decisions.decide({ type: 'IssuePayLink', data }, meta, { decisionOnly: true });
    const known = requireKnown(orderId, state);
    const link = known.links.get(linkId) ?? liveLinkOf(known, at.now);
    if (!link) throw unknown();
    if (send) await this.offer(known, link, meta);
    return this.shown(known, link);
  }

  async revoke({ orderId, linkId }: Named, meta: Meta): Promise<MadePayLink> {
    const { decisions } = this.needs;
    const data = { ...decisions.at(), orderId, linkId, by: meta.actor };
    const known = requireKnown(orderId, (await decisions.decide({ type: 'RevokePayLink', data }, meta, { decisionOnly: true })).state);
    return this.shown(known, requireLink(known, linkId));
  }

  async list(orderId: string): Promise<readonly MadePayLink[]> {
    const known = requireKnown(orderId, await this.needs.decisions.stateOf(orderId));
    return Promise.all([...known.links.values()].map((link) => this.shown(known, link)));
  }

  async open(token: string): Promise<OpenedPayLink> {
    const { orderId, linkId } = await this.named(token);
    const known = await this.needs.decisions.stateOf(orderId);
    if (!isKnown(known)) throw unknown();
    return this.opened(known, requireLink(known, linkId));
  }

  /** Begins to pay, and says where the customer goes on. */
  async pay(token: string, meta: Meta): Promise<OpenedPayLink> {
    const { decisions, limits, providerFor, idFor } = this.needs;
    const { orderId, linkId } = await this.named(token);
    const before = await decisions.stateOf(orderId);
    if (!isKnown(before)) throw unknown();
    const provider = providerFor(PAY_LINK, before.terms);
    const paymentId = idFor('pay-link-payment', meta.commandId);
    const data = { ...decisions.at(), orderId, linkId, paymentId, provider, limits: await limits() };
    const { current } = await decisions.decide({ type: 'PayByLink', data }, meta, { isWatched: true });
    const known = requireKnown(orderId, current);
    return this.opened(known, requireLink(known, linkId));
  }

  /** Under an id of its own: a repeat of the request sends nothing again. */
  private async offer({ terms: { orderId, customerId } }: Known, { linkId }: PayLink, meta: Meta): Promise<void> {
    const { decisions, idFor, seal } = this.needs;
    const { fingerprint: _, ...rest } = meta;
    // Whose key the order’s own box is sealed with.
    const link = await seal(customerId ?? `guest-${orderId}`, { url: this.urlOf(await this.tokenOf({ orderId, linkId })) });
    const data = { ...decisions.at(), orderId, linkId, link };
    await decisions.decide({ type: 'OfferPayLink', data }, { ...rest, commandId: idFor('offer', meta.commandId) }, { decisionOnly: true });
  }

  private async opened(known: Known, link: PayLink): Promise<OpenedPayLink> {
    const { now } = this.needs.decisions.at();
    const status = statusOfLink(known, link, now);
    const { action } = (status === 'begun' && begunBy(known, link)) || {};
    const { currency } = known.terms;
    return {
      ...{ status, currency, exponent: exponentOf(currency), due: openToPay(known), expiresAt: link.expiresAt },
      ...(action ? { action: { kind: action.kind, ...(action.details && (await this.needs.openAction(action.details))) } } : {}),
    };
  }

  private async shown(known: Known, link: PayLink): Promise<MadePayLink> {
    const named = { orderId: known.terms.orderId, linkId: link.linkId };
    const token = await this.tokenOf(named);
    return { ...named, token, url: this.urlOf(token), ...(await this.opened(known, link)) };
  }

  private async tokenOf(named: Named): Promise<string> {
    const payload = payloadOf(named);
    return `${payload}.${await this.needs.sign(payload)}`;
  }

  private urlOf(token: string): string {
    return this.needs.address.replace('{token}', token);
  }

  /** Whoever did not get it from us has no signature to it. */
  private async named(token: string): Promise<Named> {
    const [, payload = '', signature = ''] = TOKEN.exec(token) ?? [];
    if (payload === '' || !isSame(signature, await this.needs.sign(payload))) throw unknown();
    return namedBy(payload);
  }
}
