import { Refused, type DataOf } from '@cartage/eventsourcing';
import type { PaymentCommand } from './commands';
import type { PaymentEvent } from './events';
import { restOf, sum, toCome, type Authorization } from './ledger';
import { due, isUnderReview, requireKnown, tendersOf, type Known, type Payment } from './payment';
import { addPayments } from './promise';
import { moneyOf, type PaymentTerms } from './terms';

type Command<Type extends PaymentCommand['type']> = DataOf<PaymentCommand, Type>;

/** A link by which whoever has it pays what is due of the order at that time. */
export interface PayLink {
  readonly linkId: string;
  readonly expiresAt: string;
  readonly revoked: boolean;
  /** Ways of paying that were begun by it. */
  readonly payments: readonly string[];
}

/** `begun`: the customer is to go on where the payment was begun; `waiting`: nothing can be paid before a person has looked; `refused`: not in this way. */
export const payLinkStatuses = ['open', 'begun', 'paid', 'expired', 'revoked', 'waiting', 'refused'] as const;
export type PayLinkStatus = (typeof payLinkStatuses)[number];

/** The method of what is paid by a link. */
export const PAY_LINK = 'pay_link';
/** A link is public: so often, and no more, may be begun by one. */
const MOST_TRIES = 20;

const authorizationsOf = ({ ledger }: Known, paymentId: string): readonly Authorization[] =>
  [...ledger.authorizations.values()].filter((each) => each.paymentId === paymentId);

const mayStand = ({ status }: Authorization): boolean => status === 'authorized' || status === 'requested';

/** Nobody stands for it: it was refused, has ended, or waits for its customer, who comes to pay in this way instead. */
export const cameToNothing = (known: Known): readonly PaymentTerms[] =>
  tendersOf(known).filter(({ paymentId }) => !authorizationsOf(known, paymentId).some(mayStand));

const holdOf = (known: Known, authorization: Authorization): number => {
  if (authorization.replaced) return 0;
  if (authorization.status === 'requested' || authorization.status === 'pending') return authorization.amount;
  return restOf(known.ledger, authorization);
};

/** What is due, and neither paid, promised nor being asked for: minor units. What waits for a customer is not in anybody’s hand. */
export const openToPay = (known: Known): number => {
  const free = new Set(cameToNothing(known).map(({ paymentId }) => paymentId));
  const others = [...known.ledger.authorizations.values()].filter(({ paymentId }) => !free.has(paymentId));
  return Math.max(0, toCome(known.ledger, due(known)) - sum(others.map((each) => holdOf(known, each))));
};

const isLive = ({ revoked, expiresAt }: PayLink, now: string): boolean => !revoked && expiresAt > now;

/** There is one at most. */
export const liveLinkOf = (known: Known, now: string): PayLink | undefined => [...known.links.values()].find((link) => isLive(link, now));

export const requireLink = (known: Known, linkId: string): PayLink => {
  const link = known.links.get(linkId);
  if (!link) throw new Refused('PAY_LINK_UNKNOWN', 'No such link is known here.', 'unknown');
  return link;
};

/** The newest try that was begun by the link, if it can still be gone on with, for what is due now. */
export const begunBy = (known: Known, { payments }: PayLink): Authorization | undefined =>
  payments
    .flatMap((paymentId) => authorizationsOf(known, paymentId))
    .findLast(
      ({ status, replaced, amount }) => !replaced && (status === 'requested' || (status === 'pending' && amount === openToPay(known))),
    );

const isRefused = ({ phase }: Known, { payments }: PayLink): boolean =>
  (phase === 'rejected' && payments.length > 0) || payments.length >= MOST_TRIES;

/** How the link stands: what is due now counts, whatever was when it was made. */
export const statusOfLink = (known: Known, link: PayLink, now: string): PayLinkStatus => {
  if (link.revoked) return 'revoked';
  if (isUnderReview(known)) return 'waiting';
  if (begunBy(known, link)) return isLive(link, now) ? 'begun' : 'expired';
  if (openToPay(known) === 0) return 'paid';
  if (!isLive(link, now)) return 'expired';
  return isRefused(known, link) ? 'refused' : 'open';
};

const requireDue = (known: Known): void => {
  const { orderId } = known.terms;
  if (isUnderReview(known))
    throw new Refused('PAYMENT_UNDER_REVIEW', `A person looks at the payment of order ${orderId}: nothing can be paid before.`);
  if (openToPay(known) === 0) throw new Refused('NOTHING_DUE', `All that is due of order ${orderId} is paid, promised or being asked for.`);
};

/** One link at a time: whoever asks again gets the one that is there. */
export const issuePayLink = (
  { orderId, linkId, expiresAt, by, now }: Command<'IssuePayLink'>,
  payment: Payment,
): readonly PaymentEvent[] => {
  const known = requireKnown(orderId, payment);
  requireDue(known);
  if (liveLinkOf(known, now)) return [];
  return [{ type: 'PayLinkIssued', data: { orderId, linkId, expiresAt, by, issuedAt: now } }];
};

/** The customer is to be sent the link; who asks for that again, has it sent again. */
export const offerPayLink = ({ orderId, linkId, link, now }: Command<'OfferPayLink'>, payment: Payment): readonly PaymentEvent[] => {
  const known = requireKnown(orderId, payment);
  const { expiresAt } = requireLink(known, linkId);
  const { currency } = known.terms;
  return [{ type: 'PayLinkOffered', data: { orderId, linkId, currency, amount: openToPay(known), link, expiresAt, offeredAt: now } }];
};

/** Nothing is begun by it any more; what was begun before counts if the customer goes on with it. */
export const revokePayLink = ({ orderId, linkId, by, now }: Command<'RevokePayLink'>, payment: Payment): readonly PaymentEvent[] =>
  requireLink(requireKnown(orderId, payment), linkId).revoked
    ? []
    : [{ type: 'PayLinkRevoked', data: { orderId, linkId, by, revokedAt: now } }];

const refusals: { readonly [Status in Exclude<PayLinkStatus, 'open' | 'begun'>]: readonly [code: string, message: string] } = {
  paid: ['PAY_LINK_PAID', 'All that is due is paid.'],
  expired: ['PAY_LINK_EXPIRED', 'The link is too old: ask for another one.'],
  revoked: ['PAY_LINK_REVOKED', 'The link was taken back.'],
  waiting: ['PAYMENT_UNDER_REVIEW', 'A person looks at the payment: nothing can be paid before.'],
  refused: ['PAYMENT_REFUSED', 'It cannot be paid by this link any more: ask whoever sent it.'],
};

/** Begins to pay what is due now, in place of what came to nothing; what was begun already is gone on with. */
export const payByLink = (command: Command<'PayByLink'>, payment: Payment): readonly PaymentEvent[] => {
  const { orderId, linkId, paymentId, provider, now } = command;
  const known = requireKnown(orderId, payment);
  const status = statusOfLink(known, requireLink(known, linkId), now);
  if (status === 'begun') return [];
  if (status !== 'open') throw new Refused(...refusals[status]);
  const amount = openToPay(known);
  const replaces = cameToNothing(known).map((tender) => tender.paymentId);
  const added = addPayments({ ...command, payments: [{ paymentId, method: PAY_LINK, amount, provider }], replaces }, known);
  return [
    { type: 'PayLinkUsed', data: { ...moneyOf(known.terms, paymentId, amount), linkId, method: PAY_LINK, replaces, usedAt: now } },
    ...added,
  ];
};
