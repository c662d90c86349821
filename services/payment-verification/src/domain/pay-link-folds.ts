import type { DataOf } from '@cartage/eventsourcing';
import type { PaymentEvent } from './events';
import type { PayLink } from './pay-links';
import { isKnown, type Payment } from './payment';

type Of<Type extends PaymentEvent['type']> = DataOf<PaymentEvent, Type>;

const withLink = (payment: Payment, linkId: string, change: (before: PayLink | undefined) => PayLink | undefined): Payment => {
  const link = isKnown(payment) ? change(payment.links.get(linkId)) : undefined;
  return isKnown(payment) && link ? { ...payment, links: new Map(payment.links).set(linkId, link) } : payment;
};

/** What happened to links. */
export const payLinkFolds = {
  PayLinkIssued: (payment: Payment, { linkId, expiresAt }: Of<'PayLinkIssued'>): Payment =>
    withLink(payment, linkId, () => ({ linkId, expiresAt, revoked: false, payments: [] })),
  PayLinkOffered: (payment: Payment): Payment => payment,
  PayLinkRevoked: (payment: Payment, { linkId }: Of<'PayLinkRevoked'>): Payment =>
    withLink(payment, linkId, (link) => link && { ...link, revoked: true }),
  PayLinkUsed: (payment: Payment, { linkId, paymentId }: Of<'PayLinkUsed'>): Payment =>
    withLink(payment, linkId, (link) => link && { ...link, payments: [...link.payments, paymentId] }),
};
