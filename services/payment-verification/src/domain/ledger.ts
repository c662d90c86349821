import type { Reason, Sealed } from '@cartage/contracts';
import type { Charges, LineCharge } from './charges';
import type { Sums } from './reconciliation';
import type { DeliveryCharge } from './terms';

/** What the customer has to do before the provider promises. */
export interface CustomerAction {
  readonly kind: string;
  /** Where to go and what to name. */
  readonly details?: Sealed;
}

/** A promise of money, or a try to get one; with cash on delivery it is the carrier’s, and its id is that of the payment. */
export interface Authorization {
  readonly authorizationId: string;
  readonly paymentId: string;
  readonly method: string;
  readonly status: 'requested' | 'pending' | 'authorized' | 'declined' | 'expired';
  readonly amount: number;
  /** Who moves the money: a provider’s adapter, the channel, or nobody. */
  readonly mover: string;
  /** The provider’s own number of it. */
  readonly reference?: string;
  readonly expiresAt?: string;
  readonly action?: CustomerAction;
  /** When its provider was first to be asked. */
  readonly askedAt?: string;
  /** Since when the customer is to act. */
  readonly pendingAt?: string;
  /** When the customer was reminded of it. */
  readonly remindedAt?: string;
  /** Its provider has let go of it: no yes to it is new any more. */
  readonly ended?: boolean;
  /** Another way of paying took the place of its own: nothing more is taken from it. */
  readonly replaced?: boolean;
  /** It is for what this edit added. */
  readonly orderVersion?: number;
  readonly reason?: Reason;
}

/** How a short collection ends: the carrier came again, owes it, or nobody will pay it. */
export const shortWaysOut = ['collected', 'claim', 'write-off'] as const;
export type ShortWayOut = (typeof shortWaysOut)[number];

/** What one shipment costs, and what the carrier took for it at the door. */
export interface Charge {
  /** Whence it left; absent where it is of no place. */
  readonly location?: string;
  readonly lines: readonly LineCharge[];
  readonly deliveries: readonly DeliveryCharge[];
  readonly delivery: number;
  readonly amount: number;
  /** What of it is to be collected at the door. */
  readonly cash: number;
  readonly collected: number;
  /** Of what a delivery means, what the carrier did not take, and nobody has dealt with. */
  readonly short: number;
  /** Of `cash`, what nobody will pay any more. */
  readonly forgone: number;
  /** What of it is not due any more: units that came back undelivered, and what was to be collected for them. */
  readonly withdrawn: Charges & { readonly cash: number };
  /** Delivered units of each line, and what they cost: counted with cash on delivery only. */
  readonly delivered: ReadonlyMap<string, number>;
  readonly deliveredAmount: number;
  /** Parcels that were delivered. */
  readonly parcels: ReadonlySet<string>;
  /** Collected cash that the carrier handed over, by its reference. */
  readonly remittances: ReadonlyMap<string, number>;
  /** Of them, what a person recorded, and no file. */
  readonly recorded: number;
}

/** What a provider is asked for: it may fail and be tried again, each time under another key. */
interface Tried {
  readonly amount: number;
  readonly paymentId: string;
  /** The newest try; absent where nobody was asked. */
  readonly attemptId?: string;
  /** When the newest try was decided. */
  readonly askedAt?: string;
  /** How often it failed. */
  readonly failures: number;
  /** Why it failed. */
  readonly reason?: Reason;
  /** When it is tried again by itself; absent: a person decides. */
  readonly nextTryAt?: string;
  /** It was given up without a word of its provider on the newest try, which may have been carried out. */
  readonly outcomeUnknown?: boolean;
}

/** Whether a word of its provider on this try is still news: it is waited for, or was given up by us and not by the provider. */
export const awaitsWord = ({ status, attemptId, reason }: Tried & { readonly status: string }, ofAttempt: string): boolean =>
  attemptId === ofAttempt && (status === 'requested' || (status === 'failed' && reason?.by !== 'provider'));

/** Failed, as far as anybody knows: its provider has not said what became of it. */
export const isUnknown = ({ status, outcomeUnknown }: Pick<Tried, 'outcomeUnknown'> & { readonly status: string }): boolean =>
  status === 'failed' && outcomeUnknown === true;

export interface Capture extends Tried {
  /** `waiting`: for another promise, because that which it was to be taken from has ended. */
  readonly status: 'requested' | 'captured' | 'failed' | 'waiting';
  readonly authorizationId?: string;
  readonly shipmentId?: string;
  /** The provider’s own number of it. */
  readonly reference?: string;
}

/** What of a capture a refund takes. */
export interface Taken {
  readonly captureId: string;
  readonly amount: number;
}

/** What made a refund due: a return, an amount due that sank below what was paid, a person’s goodwill, the channel, which gave it of its own accord, or an exchange that did not need it. */
export type RefundCause = 'return' | 'due' | 'goodwill' | 'channel' | 'exchange';

/** What of a refund goes back to one way of paying. */
export interface Refund extends Tried {
  readonly status: 'requested' | 'issued' | 'failed';
  readonly refundId: string;
  readonly cause: RefundCause;
  readonly captures: readonly Taken[];
  readonly tender: string;
  readonly mover: string;
  /** The channel is to give it, and was told so. */
  readonly askedOfChannel?: boolean;
  /** The order that it pays for, where it goes into an exchange. */
  readonly exchangeOrderId?: string;
  readonly returnId?: string;
  /** Of the transfer, or whatever it was paid out by; the provider’s own number where it went back as it came. */
  readonly reference?: string;
}

export interface Void extends Tried {
  readonly status: 'requested' | 'voided' | 'failed';
  readonly authorizationId: string;
  /** Why it is given back; `reason` says why that failed. */
  readonly because: Reason;
}

/** Money of a capture that the customer’s bank took back. */
export interface TakenBack extends Taken {
  /** Lost, or not decided: the bank has the money; won: we have it again. */
  readonly status: 'open' | 'won' | 'lost';
  /** Which turn of the chargeback it is: an older one is no news. */
  readonly turn: number;
}

/** Money that a channel says it gave back. */
export interface ChannelRefund {
  readonly refundId: string;
  readonly amount: number;
  /** For units that come back, or that the customer keeps. */
  readonly ofReturn: boolean;
  /** It was asked to. */
  readonly asked: boolean;
  readonly heardAt: string;
}

/** The money of an order, in minor units: each thing that moves some, by its id, in the order in which they were asked for. Sums follow from them. */
export interface Ledger {
  readonly authorizations: ReadonlyMap<string, Authorization>;
  /** By shipment id. */
  readonly charges: ReadonlyMap<string, Charge>;
  readonly captures: ReadonlyMap<string, Capture>;
  /** By `refundKey`. */
  readonly refunds: ReadonlyMap<string, Refund>;
  readonly voids: ReadonlyMap<string, Void>;
  readonly chargebacks: ReadonlyMap<string, TakenBack>;
  /** By the channel’s number. */
  readonly channelRefunds: ReadonlyMap<string, ChannelRefund>;
}

export const emptyLedger: Ledger = {
  authorizations: new Map(),
  charges: new Map(),
  captures: new Map(),
  refunds: new Map(),
  voids: new Map(),
  chargebacks: new Map(),
  channelRefunds: new Map(),
};

/** A refund may go back to several ways of paying: a part for each. */
export const refundKey = (refundId: string, paymentId: string): string => `${refundId}/${paymentId}`;

export const sum = (amounts: Iterable<number>): number => sumOf(amounts, (amount) => amount);

/** Asked many times for each decision: it makes no list of them. */
const sumOf = <Thing>(things: Iterable<Thing>, of: (thing: Thing) => number): number => {
  let total = 0;
  for (const thing of things) total += of(thing);
  return total;
};

export const amountIn = <Thing extends { readonly status: string; readonly amount: number }>(
  things: Iterable<Thing>,
  ...statuses: readonly Thing['status'][]
): number => sumOf(things, ({ status, amount }) => (statuses.includes(status) ? amount : 0));

export const remittedOf = ({ remittances }: Charge): number => sum(remittances.values());

const ofCharges = ({ charges }: Ledger, of: (charge: Charge) => number): number => sumOf(charges.values(), of);

export const capturedIn = ({ captures }: Ledger): number => amountIn(captures.values(), 'captured');
export const collectedIn = (ledger: Ledger): number => ofCharges(ledger, ({ collected }) => collected);
/** Cash of an order that a person recorded as handed over. */
export const recordedIn = (ledger: Ledger): number => ofCharges(ledger, ({ recorded }) => recorded);
export const cashIn = (ledger: Ledger): number => ofCharges(ledger, ({ cash, withdrawn }) => cash - withdrawn.cash);
/** What carriers are still to collect. */
export const toCollectIn = (ledger: Ledger): number =>
  ofCharges(ledger, ({ cash, collected, forgone, withdrawn }) => cash - withdrawn.cash - collected - forgone);
export const chargedIn = (ledger: Ledger): number => ofCharges(ledger, ({ amount, withdrawn }) => amount - withdrawn.amount);

/** Promised at any time: what expired or was given back stays counted. */
const promised = ({ authorizations }: Ledger): number => amountIn(authorizations.values(), 'authorized', 'expired');

/** Money that came in. */
export const received = (ledger: Ledger): number => capturedIn(ledger) + collectedIn(ledger);

/** The sums that people are shown. */
export const sumsOf = (ledger: Ledger): Sums => ({
  promised: promised(ledger),
  captured: capturedIn(ledger),
  collected: collectedIn(ledger),
  remitted: ofCharges(ledger, remittedOf),
  refunded: amountIn(ledger.refunds.values(), 'issued'),
  voided: amountIn(ledger.voids.values(), 'voided'),
});

/** Given back because less is due; one that failed is still owed. */
export const refundedAsNotDue = ({ refunds }: Ledger): number =>
  sumOf(refunds.values(), ({ cause, amount }) => (cause === 'due' ? amount : 0));

/** What has been captured or will be, whatever it takes, and what the carrier is to collect, less what went back because it was not due. */
export const claimed = (ledger: Ledger): number =>
  amountIn(ledger.captures.values(), 'captured', 'requested') + cashIn(ledger) - refundedAsNotDue(ledger);

/** Captures that did not go through and may yet. */
export const unpaid = ({ captures }: Ledger): number => amountIn(captures.values(), 'failed', 'waiting');

/** Due, and no claim on money covers it yet: what is still to ship, or a person may take. */
export const toCome = (ledger: Ledger, due: number): number => Math.max(0, due - claimed(ledger) - unpaid(ledger));

const standing = ({ authorizations }: Ledger): readonly Authorization[] => [...authorizations.values()].filter(({ replaced }) => !replaced);

/** Asked for, or waiting for another way of paying to take its place. */
const isOpen = ({ status }: Authorization): boolean => status !== 'authorized' && status !== 'expired';

/** What is to come and no promise holds, given or asked for. */
export const unpromised = (ledger: Ledger, amountDue: number): number =>
  Math.max(0, toCome(ledger, amountDue) - sum(standing(ledger).map((each) => (isOpen(each) ? each.amount : restOf(ledger, each)))));

const ofAuthorization = <Thing extends { readonly authorizationId?: string }>(
  things: ReadonlyMap<string, Thing>,
  id: string,
): readonly Thing[] => [...things.values()].filter(({ authorizationId }) => authorizationId === id);

/** What of a promise neither such captures take nor a void: nothing of one that has ended, nor where money came in before a void. */
const heldBeside = (
  ledger: Ledger,
  { authorizationId, status, amount, method }: Authorization,
  takes: (capture: Capture) => boolean,
): number => {
  if (status !== 'authorized') return 0;
  const captures = ofAuthorization(ledger.captures, authorizationId);
  const taken = method === 'cod' ? cashIn(ledger) : sumOf(captures, (capture) => (takes(capture) ? capture.amount : 0));
  return Math.max(0, amount - taken - amountIn(ofAuthorization(ledger.voids, authorizationId), 'requested', 'voided', 'failed'));
};

/** What of a promise can still be taken. A capture that failed keeps its part for the next try. */
export const restOf = (ledger: Ledger, authorization: Authorization): number => heldBeside(ledger, authorization, () => true);

/** What of a promise one of its captures may take, were it tried again. */
export const roomFor = (ledger: Ledger, authorization: Authorization, capture: Capture): number =>
  heldBeside(ledger, authorization, (other) => other !== capture);

/** What of a promise nobody took, as far as anybody knows: the parts of captures that failed are in it. */
export const untakenOf = (ledger: Ledger, authorization: Authorization): number =>
  heldBeside(ledger, authorization, (capture) => capture.status !== 'failed' || isUnknown(capture));

/** It failed, its provider said so, and nothing more is tried by itself. */
const isGivenUp = ({ nextTryAt, reason }: Capture): boolean => nextTryAt === undefined && reason?.by === 'provider';

/** What a capture holds of its promise is held for nothing: it failed for good, or nothing is due that it could take. One that may have gone through keeps its part. */
const holdsInVain = (capture: Capture, open: number): boolean =>
  capture.status === 'failed' && !isUnknown(capture) && (open <= 0 || isGivenUp(capture));

/** What of a promise captures hold in vain, where `open` is due and not claimed. */
export const heldInVain = (ledger: Ledger, authorization: Authorization, open: number): number =>
  heldBeside(ledger, authorization, (capture) => !holdsInVain(capture, open)) - restOf(ledger, authorization);

/** Whether a capture of a promise is not through yet, or may be tried again for what is due. */
export const hasInHand = (ledger: Ledger, { authorizationId }: Authorization, amountDue: number): boolean => {
  const open = amountDue - claimed(ledger);
  return ofAuthorization(ledger.captures, authorizationId).some((capture) => {
    if (capture.status === 'requested') return true;
    return amountDue > 0 && capture.status !== 'captured' && !holdsInVain(capture, open);
  });
};

/** What of a promise, standing or expired, nobody took and nobody gave back yet: the most that may still come in by it. */
export const takeable = ({ captures, voids }: Ledger, { authorizationId, amount }: Authorization): number =>
  amount -
  amountIn(ofAuthorization(captures, authorizationId), 'requested', 'waiting', 'captured') -
  amountIn(ofAuthorization(voids, authorizationId), 'voided');

/** Money came in before it could be given back: there is nothing to void any more. */
export const isOvertaken = (ledger: Ledger, { authorizationId }: Void): boolean => {
  const authorization = ledger.authorizations.get(authorizationId);
  return authorization !== undefined && takeable(ledger, authorization) <= 0;
};

/** Promised, and neither claimed nor given back. */
export const uncharged = (ledger: Ledger): number => sum([...ledger.authorizations.values()].map((each) => restOf(ledger, each)));

/** Promised money that has not come in and may yet. */
export const expected = (ledger: Ledger): number =>
  uncharged(ledger) + amountIn(ledger.captures.values(), 'requested') + toCollectIn(ledger);

/** The newest void: what a person is shown. */
export const releaseOf = ({ voids }: Ledger): Void | undefined => [...voids.values()].at(-1);
