import type { Reason } from '@cartage/contracts';
import { claimed, isOvertaken, isUnknown, unpromised, type Capture, type Refund } from '../domain/ledger';
import { channelCredit } from '../domain/channel-refunds';
import { due, statusOf, type Known } from '../domain/payment';
import { CHANNEL } from '../domain/terms';

/** What does not go on by itself for ever: each has a way out. */
export const matters = [
  'capture-failed',
  'void-failed',
  'refund-failed',
  'cod-short',
  'channel-refund-due',
  'channel-gave-more',
  'declined',
  'expired',
  'pending',
] as const;
export type Matter = (typeof matters)[number];

/** Something that a person may have to do, and which. */
export interface OpenMatter {
  readonly matter: Matter;
  /** The capture, void, refund or way of paying that it is about. */
  readonly subject: string;
  readonly amount: number;
  readonly reason?: Reason;
  /** When it is tried again by itself; absent: somebody has to act. */
  readonly nextTryAt?: string;
  /** Its provider never said what became of it: it may have been done. */
  readonly outcomeUnknown?: boolean;
  /** What can be done: each a request below `/payments/<orderId>`. */
  readonly actions: readonly string[];
}

interface Failed {
  readonly status: string;
  readonly amount: number;
  readonly reason?: Reason;
  readonly nextTryAt?: string;
  readonly outcomeUnknown?: boolean;
}

const of = (
  matter: Matter,
  subject: string,
  { amount, reason, nextTryAt, outcomeUnknown }: Omit<Failed, 'status'>,
  actions: readonly string[],
): OpenMatter => ({
  ...{ matter, subject, amount },
  ...(reason === undefined ? {} : { reason }),
  ...(nextTryAt === undefined ? {} : { nextTryAt }),
  ...(outcomeUnknown ? { outcomeUnknown } : {}),
  actions,
});

const failedIn = <Thing extends Failed>(things: ReadonlyMap<string, Thing>): readonly (readonly [string, Thing])[] =>
  [...things].filter(([, { status }]) => status === 'failed');

/** Its provider is asked what became of it, or somebody looks. */
const findOut = (thing: string): readonly string[] => [`POST ${thing}/retry`, `POST ${thing}/outcome`];

const refundMatter = (refund: Refund): readonly OpenMatter[] => {
  const { refundId, status, mover } = refund;
  const payout = `POST refunds/${refundId}/payout`;
  const another = [`POST refunds/${refundId}/retry`, payout];
  if (status === 'failed') return [of('refund-failed', refundId, refund, isUnknown(refund) ? findOut(`refunds/${refundId}`) : another)];
  return status === 'requested' && mover === CHANNEL ? [of('channel-refund-due', refundId, refund, [payout])] : [];
};

const anotherWay = ['give another way to pay: POST /orders/<orderId>/payments', 'cancel the order'];

const captureMatter = (id: string, capture: Capture): OpenMatter =>
  of('capture-failed', id, capture, isUnknown(capture) ? findOut(`captures/${id}`) : [`POST captures/${id}/retry`, ...anotherWay]);

/** Captures that failed, of which something is due still or may have been taken all the same. */
const failedCaptures = (payment: Known): readonly OpenMatter[] => {
  const isDue = due(payment) > claimed(payment.ledger);
  return failedIn(payment.ledger.captures).flatMap(([id, capture]) => (isDue || isUnknown(capture) ? [captureMatter(id, capture)] : []));
};

/** Promises that could not be given back. */
const failedVoids = ({ ledger }: Known): readonly OpenMatter[] =>
  failedIn(ledger.voids)
    .filter(([, asked]) => !isOvertaken(ledger, asked))
    .map(([id, asked]) => {
      const ways = isUnknown(asked) ? findOut(`voids/${id}`) : [`POST voids/${id}/retry`];
      return of('void-failed', id, asked, [...ways, 'leave it: it ends when it expires']);
    });

/** Ways of paying that hold nothing. */
const promises = (payment: Known): readonly OpenMatter[] => {
  if (payment.phase === 'abandoned') return [];
  if (payment.phase === 'rejected')
    return [of('declined', payment.terms.orderId, { amount: payment.terms.total, ...pick(payment) }, anotherWay)];
  return [...payment.ledger.authorizations.values()].flatMap((each) => {
    if (each.replaced) return [];
    if (each.status === 'declined') return [of('declined', each.paymentId, each, anotherWay)];
    return each.status === 'pending' ? [of('pending', each.paymentId, each, ['wait for the customer, or cancel the order'])] : [];
  });
};

const pick = ({ reason }: Known) => (reason === undefined ? {} : { reason });

const expired = (payment: Known): readonly OpenMatter[] =>
  statusOf(payment) === 'expired'
    ? [of('expired', payment.terms.orderId, { amount: 0 }, ['POST captures/<captureId>/retry', ...anotherWay])]
    : [];

/** What an edit added, and nobody stands for: a person said no to it, or the rules. */
const notPromised = (payment: Known): readonly OpenMatter[] => {
  if (payment.phase !== 'accepted' || payment.raise) return [];
  const amount = unpromised(payment.ledger, due(payment));
  return amount > 0 ? [of('declined', payment.terms.orderId, { amount, ...pick(payment) }, anotherWay)] : [];
};

/** What a carrier did not take at the door. */
const shortCash = ({ ledger }: Known): readonly OpenMatter[] =>
  [...ledger.charges].flatMap(([shipmentId, { short }]) =>
    short > 0 ? [of('cod-short', shipmentId, { amount: short }, [`POST collections/${shipmentId}/resolution`])] : [],
  );

/** What a channel gave back and nothing stands for: units are to come back for it, or it was never charged. */
const givenByChannel = (payment: Known): readonly OpenMatter[] => {
  const amount = payment.ledger.channelRefunds.size > 0 ? channelCredit(payment) : 0;
  const ways = ['wait until it is charged, or its return has come', 'settle it with the channel'];
  return amount > 0 ? [of('channel-gave-more', payment.terms.orderId, { amount }, ways)] : [];
};

/** What of a payment waits for somebody, or for another try. */
export const openMatters = (payment: Known): readonly OpenMatter[] => {
  return [
    ...failedCaptures(payment),
    ...failedVoids(payment),
    ...[...payment.ledger.refunds.values()].flatMap(refundMatter),
    ...givenByChannel(payment),
    ...shortCash(payment),
    ...promises(payment),
    ...notPromised(payment),
    ...expired(payment),
  ];
};
