import type { DataOf } from '@cartage/eventsourcing';
import { refundRequested } from './booking';
import type { PaymentCommand } from './commands';
import type { PaymentEvent } from './events';
import { amountIn, restOf, sum, toCome, type Authorization, type ChannelRefund, type Ledger, type Refund } from './ledger';
import { due, requireKnown, type Known, type Payment } from './payment';
import { issued, requested, returnOf } from './refunds';
import { drawnFrom, refundParts, type RefundPart } from './tenders';
import { CHANNEL, moneyOf } from './terms';

interface Ids {
  readonly newId: string;
  readonly now: string;
}

/** The channel says that it gave money back; told again, it is the same. */
export const hearChannelRefund = (
  { orderId, now, newId: _, ...refund }: DataOf<PaymentCommand, 'HearChannelRefund'>,
  payment: Payment,
): readonly PaymentEvent[] => {
  const { ledger } = requireKnown(orderId, payment);
  if (ledger.channelRefunds.has(refund.channelRefundId)) return [];
  return [{ type: 'ChannelRefundHeard', data: { orderId, ...refund, heardAt: now } }];
};

const ofChannel = ({ authorizations }: Ledger): readonly Authorization[] =>
  [...authorizations.values()].filter(({ mover }) => mover === CHANNEL);

const refundsOfChannel = ({ refunds }: Ledger): readonly Refund[] =>
  [...refunds.values()].filter(({ mover, tender }) => mover === CHANNEL && tender === 'original');

/** What the channel has of the order and is never charged: given back before its goods would have left, no refund tells it. */
const neverCharged = (known: Known): number => {
  const { ledger } = known;
  const ids = new Set(ofChannel(ledger).map(({ authorizationId }) => authorizationId));
  const voided = [...ledger.voids.values()].filter(({ authorizationId }) => ids.has(authorizationId));
  const { drawn } = drawnFrom(ledger, toCome(ledger, due(known)));
  const needed = sum(drawn.filter(({ authorization }) => ids.has(authorization.authorizationId)).map(({ amount }) => amount));
  const left = sum(ofChannel(ledger).map((each) => restOf(ledger, each)));
  return amountIn(voided, 'voided') + Math.max(0, left - needed);
};

/** What the channel gave back and nothing stands for yet: neither a refund, nor what is never charged. */
export const channelCredit = (known: Known): number => {
  const given = sum([...known.ledger.channelRefunds.values()].map(({ amount }) => amount));
  return given - amountIn(refundsOfChannel(known.ledger), 'issued') - neverCharged(known);
};

const isOpen = ({ status }: Refund): boolean => status === 'requested';

/** The number that the channel has for the newest of what it gave. */
const referenceOf = ({ channelRefunds }: Ledger): string => [...channelRefunds.keys()].at(-1) ?? '';

/** What was to go back and the channel has given: the oldest first, each as a whole. */
const executed = (known: Known, credit: number, now: string): readonly PaymentEvent[] => {
  let left = credit;
  return refundsOfChannel(known.ledger)
    .filter(isOpen)
    .flatMap((refund) => {
      if (refund.amount > left) return [];
      left -= refund.amount;
      return [issued(known, refund, { ...refund, reference: referenceOf(known.ledger), now })];
    });
};

const made = ({ refunds }: Ledger, refundId: string): boolean => [...refunds.values()].some((refund) => refund.refundId === refundId);

/** Of units that come back, returns says what is due: until it has, their money is for nothing else. */
const unclaimed = (ledger: Ledger): readonly (readonly [channelRefundId: string, refund: ChannelRefund])[] =>
  [...ledger.channelRefunds].filter(([, { ofReturn, refundId }]) => ofReturn && !made(ledger, refundId));

const reserved = (ledger: Ledger): number => sum(unclaimed(ledger).map(([, { amount }]) => amount));

/** Returns hears of the same money within moments. What it has not claimed by then it never will: the units’ refund was decided before. */
const CLAIM_MS = 86_400_000;

/** Until when money of a channel is kept for a return. */
export const claimsUntil = (ledger: Ledger): readonly { readonly channelRefundId: string; readonly until: string }[] =>
  unclaimed(ledger).map(([channelRefundId, { heardAt }]) => ({
    channelRefundId,
    until: new Date(Date.parse(heardAt) + CLAIM_MS).toISOString(),
  }));

/** No return has claimed it: it is money for nothing in particular. */
export const freeChannelRefund = (
  { orderId, channelRefundId, now }: DataOf<PaymentCommand, 'FreeChannelRefund'>,
  payment: Payment,
): readonly PaymentEvent[] => {
  const { ledger } = requireKnown(orderId, payment);
  const isWaiting = claimsUntil(ledger).some((claim) => claim.channelRefundId === channelRefundId && claim.until <= now);
  return isWaiting ? [{ type: 'ChannelRefundFreed', data: { orderId, channelRefundId, freedAt: now } }] : [];
};

/** The first that it gave for nothing in particular, and that stands for no refund of its own yet. */
const unexplained = (ledger: Ledger): string | undefined =>
  [...ledger.channelRefunds.values()].find(({ ofReturn, asked, refundId }) => !ofReturn && !asked && !made(ledger, refundId))?.refundId;

/** Of its own accord: it is gone, and was asked for by nobody. */
const unasked = (
  known: Known,
  part: RefundPart,
  { refundId, newId, now }: Ids & { readonly refundId: string },
): readonly PaymentEvent[] => {
  const asking = requested(known, { request: { refundId, tender: 'original', cause: 'channel' }, part }, { newId, now });
  const refund = [...refundRequested(known.ledger, asking.data).refunds.values()].at(-1);
  if (!refund) return [];
  const given = issued(known, refund, { tender: 'original', captures: part.captures, reference: referenceOf(known.ledger), now });
  return given.type === 'RefundIssued' ? [asking, { type: given.type, data: { ...given.data, unasked: true } }] : [];
};

const beyond = (known: Known, credit: number, ids: Ids): readonly PaymentEvent[] => {
  const refundId = unexplained(known.ledger);
  const amount = credit - reserved(known.ledger);
  if (amount <= 0 || refundId === undefined || refundsOfChannel(known.ledger).some(isOpen)) return [];
  const parts = ofChannel(known.ledger).flatMap(({ paymentId }) => refundParts(known.ledger, amount, paymentId));
  const [part] = parts;
  return part ? unasked(known, part, { ...ids, refundId }) : [];
};

/** What the channel gave is booked as what it is: the execution of what was to go back; else a refund for itself, as far as it was charged. */
export const channelGave = (known: Known, ids: Ids): readonly PaymentEvent[] => {
  if (known.ledger.channelRefunds.size === 0) return [];
  const credit = channelCredit(known);
  if (credit <= 0) return [];
  const done = executed(known, credit, ids.now);
  return done.length > 0 ? done : beyond(known, credit, ids);
};

/** What the channel has not given is asked of it, once. */
export const askingChannel = (known: Known, { now }: Ids): readonly PaymentEvent[] =>
  refundsOfChannel(known.ledger)
    .filter((refund) => isOpen(refund) && !refund.askedOfChannel)
    .map((refund) => ({
      type: 'ChannelRefundRequested',
      data: { ...moneyOf(known.terms, refund.paymentId, refund.amount), refundId: refund.refundId, ...returnOf(refund), requestedAt: now },
    }));
