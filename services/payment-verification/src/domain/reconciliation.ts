import type { DataOf } from '@cartage/eventsourcing';
import { dueOf, withCancelled, type CancelledUnits } from './due';
import type { PaymentEvent } from './events';
import type { RefundCause } from './ledger';
import type { Terms } from './terms';

type Of<Type extends PaymentEvent['type']> = DataOf<PaymentEvent, Type>;

/** The sums that a payment is shown with, minor units. */
export interface Sums {
  readonly promised: number;
  readonly captured: number;
  readonly collected: number;
  readonly remitted: number;
  readonly refunded: number;
  readonly voided: number;
}

type Priced = Pick<Terms, 'lines' | 'deliveries'>;

/** The facts about money, as they were written. */
interface Books {
  readonly due: number;
  readonly promises: readonly (Of<'PaymentAuthorized'> | Of<'CodAccepted'>)[];
  readonly charges: readonly Of<'ShipmentCharged'>[];
  readonly withdrawn: readonly Of<'ChargeWithdrawn'>[];
  readonly asked: readonly { readonly captureId: string; readonly amount: number }[];
  readonly captures: readonly Of<'PaymentCaptured'>[];
  /** What was found missing is taken off. */
  readonly collections: readonly Pick<Of<'CodCollected'>, 'paymentId' | 'shipmentId' | 'amount'>[];
  readonly remittances: readonly Of<'CodRemitted'>[];
  readonly refundRequests: readonly Of<'RefundRequested'>[];
  readonly refunds: readonly Of<'RefundIssued'>[];
  readonly voids: readonly Of<'PaymentVoided'>[];
}

const dueAfter = (requested: Priced | undefined, amendments: readonly Of<'TermsAmended'>[], ended: boolean): number => {
  if (!requested || ended) return 0;
  let terms = requested;
  let cancelled: CancelledUnits = new Map();
  for (const amendment of amendments) {
    terms = amendment.edited ?? terms;
    cancelled = withCancelled(terms, cancelled, amendment.cancelled ?? []);
  }
  return dueOf(terms, cancelled);
};

/** What of a refund is left after a part of it came back out of an exchange. */
const less = (refund: Of<'RefundIssued'>, returned: readonly Of<'CreditReturned'>[]): readonly Of<'RefundIssued'>[] => {
  const back = returned.filter(({ refundId, paymentId }) => refundId === refund.refundId && paymentId === refund.paymentId);
  if (back.length === 0) return [refund];
  const gone = sumsBy(
    back.flatMap(({ captures }) => captures),
    ({ captureId }) => captureId,
  );
  const amount = refund.amount - sum(back);
  const captures = refund.captures.map((taken) => ({ ...taken, amount: taken.amount - (gone.get(taken.captureId) ?? 0) }));
  return amount > 0 ? [{ ...refund, amount, captures }] : [];
};

/** Refunds that went out and did not come back: one that came back may go out again. */
const standing = (issued: readonly Of<'RefundIssued'>[], returned: readonly Of<'RefundReturned'>[]): readonly Of<'RefundIssued'>[] => {
  const back = new Set(returned.map(({ refundId, paymentId, reference }) => `${refundId}/${paymentId}/${reference}`));
  return issued.filter(({ refundId, paymentId, reference = '' }) => !back.has(`${refundId}/${paymentId}/${reference}`));
};

const booksOf = (events: readonly PaymentEvent[]): Books => {
  const of = <Type extends PaymentEvent['type']>(type: Type): readonly Of<Type>[] =>
    events.flatMap((event) => (event.type === type ? [event.data as Of<Type>] : []));
  const charges = of('ShipmentCharged');
  return {
    due: dueAfter(of('PaymentRequested')[0], of('TermsAmended'), of('PaymentAbandoned').length > 0),
    promises: [...of('PaymentAuthorized'), ...of('CodAccepted')],
    charges,
    withdrawn: of('ChargeWithdrawn'),
    asked: [...charges.flatMap(({ captures }) => captures), ...of('CaptureRequested')],
    captures: of('PaymentCaptured'),
    collections: [...of('CodCollected'), ...of('CodShort').map((short) => ({ ...short, amount: 0 - short.amount }))],
    remittances: of('CodRemitted'),
    refundRequests: of('RefundRequested'),
    refunds: standing(of('RefundIssued'), of('RefundReturned')).flatMap((refund) => less(refund, of('CreditReturned'))),
    voids: of('PaymentVoided'),
  };
};

const sum = (things: readonly { readonly amount: number }[]): number => things.reduce((total, { amount }) => total + amount, 0);

const isSet = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;

/** Sums of amounts by a key. */
const sumsBy = <Thing extends { readonly amount: number }>(
  things: readonly Thing[],
  keyOf: (thing: Thing) => string,
): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>();
  for (const thing of things) sums.set(keyOf(thing), (sums.get(keyOf(thing)) ?? 0) + thing.amount);
  return sums;
};

const noneExceeds = (spent: ReadonlyMap<string, number>, given: ReadonlyMap<string, number>): boolean =>
  [...spent].every(([key, amount]) => amount <= (given.get(key) ?? 0));

const shipmentOf = ({ shipmentId = '' }: { readonly shipmentId?: string }): string => shipmentId;
const paymentOf = ({ paymentId }: { readonly paymentId: string }): string => paymentId;

/** What each capture was asked for, with its newest try. */
const asked = (books: Books): ReadonlyMap<string, number> => new Map(books.asked.map(({ captureId, amount }) => [captureId, amount]));

const shown = (books: Books): Sums => ({
  promised: sum(books.promises),
  captured: sum(books.captures),
  collected: sum(books.collections),
  remitted: sum(books.remittances),
  refunded: sum(books.refunds),
  voided: sum(books.voids),
});

/** What was to be given back, for these causes: whether it went through or not yet. */
const toGiveBack = ({ refundRequests }: Books, ...causes: readonly RefundCause[]): number => {
  const amounts = refundRequests
    .filter(({ cause }) => causes.includes(cause))
    .map(({ refundId, paymentId, amount }) => [`${refundId}/${paymentId}`, amount] as const);
  return [...new Map(amounts).values()].reduce((total, amount) => total + amount, 0);
};

/** What must hold of the facts themselves, whoever decided or folded them. */
const rules: Readonly<Record<string, (books: Books) => boolean>> = {
  'nothing is captured, refunded or voided twice': ({ captures, refunds, voids }) =>
    isSet(captures.map(({ captureId }) => captureId)) &&
    isSet(refunds.map(({ refundId, paymentId }) => `${refundId}/${paymentId}`)) &&
    isSet(voids.map(({ voidId }) => voidId)),
  'no way of paying takes in or gives back more than it promised': ({ promises, captures, collections, voids }) =>
    noneExceeds(sumsBy([...captures, ...collections, ...voids], paymentOf), sumsBy(promises, paymentOf)),
  'nothing is kept that is not due': (books) => {
    const taken = sum(books.captures) + sum(books.collections);
    return taken - toGiveBack(books, 'due') <= books.due || toGiveBack(books, 'due', 'return', 'goodwill', 'channel') >= taken;
  },
  'each capture is what was asked for': (books) => books.captures.every(({ captureId, amount }) => asked(books).get(captureId) === amount),
  'no more is collected for a shipment than is to be paid at its door': ({ charges, collections }) =>
    noneExceeds(sumsBy(collections, shipmentOf), new Map(charges.map(({ shipmentId, cash }) => [shipmentId, cash]))),
  'no more comes back of a shipment than it was charged': ({ charges, withdrawn }) =>
    noneExceeds(sumsBy(withdrawn, shipmentOf), new Map(charges.map(({ shipmentId, amount }) => [shipmentId, amount]))),
  'nothing is collected for what came back undelivered': ({ charges, collections, withdrawn }) =>
    noneExceeds(
      sumsBy([...collections, ...withdrawn.map(({ cash, ...of }) => ({ ...of, amount: cash }))], shipmentOf),
      new Map(charges.map(({ shipmentId, cash }) => [shipmentId, cash])),
    ),
  'no more is remitted for a shipment than was collected': ({ remittances, collections }) =>
    noneExceeds(sumsBy(remittances, shipmentOf), sumsBy(collections, shipmentOf)),
  'each charge is the sum of its parts': ({ charges }) =>
    charges.every(({ amount, lines, delivery, deliveries }) => amount === sum(lines) + delivery && delivery === sum(deliveries)),
  'no shipment takes more than it costs and was owed before': ({ charges }) =>
    charges.every(({ cash, captures }) => cash >= 0 && captures.every(({ amount }) => amount > 0)),
  'no more is refunded than came in': ({ refunds, captures, collections }) => sum(refunds) <= sum(captures) + sum(collections),
  'each refund is the sum of what it takes of captures': ({ refunds, collections }) =>
    refunds.every(({ amount, captures: taken }) => (taken.length === 0 ? sum(collections) > 0 : amount === sum(taken))),
  'no capture is refunded more than it was': ({ refunds, captures }) =>
    noneExceeds(
      sumsBy(
        refunds.flatMap((refund) => refund.captures),
        ({ captureId }) => captureId,
      ),
      sumsBy(captures, ({ captureId }) => captureId),
    ),
};

/**
 * Recomputes from the facts, apart from the fold that the decisions stand on, what a payment is shown with, and names what does not agree or should never be. Empty
 * when all is well.
 */
export const discrepanciesOf = (events: readonly PaymentEvent[], sums: Sums): readonly string[] => {
  const books = booksOf(events);
  const recomputed = shown(books);
  const differing = (Object.keys(recomputed) as readonly (keyof Sums)[]).filter((name) => sums[name] !== recomputed[name]);
  return [
    ...differing.map((name) => `${name} is shown as ${sums[name]}, and its facts say ${recomputed[name]}`),
    ...Object.entries(rules).flatMap(([name, holds]) => (holds(books) ? [] : [name])),
  ];
};
