import type { DataOf } from '@cartage/eventsourcing';
import type { PaymentEvent } from './events';

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

/** The facts about money, as they were written. */
interface Books {
  readonly terms: Pick<Of<'PaymentRequested'>, 'lines' | 'delivery'>;
  readonly promises: readonly (Of<'PaymentAuthorized'> | Of<'CodAccepted'>)[];
  readonly charges: readonly Of<'ShipmentCharged'>[];
  readonly captures: readonly Of<'PaymentCaptured'>[];
  readonly collections: readonly Of<'CodCollected'>[];
  readonly remittances: readonly Of<'CodRemitted'>[];
  readonly refunds: readonly Of<'RefundIssued'>[];
  readonly voids: readonly Of<'PaymentVoided'>[];
}

const booksOf = (events: readonly PaymentEvent[]): Books => {
  const of = <Type extends PaymentEvent['type']>(type: Type): readonly Of<Type>[] =>
    events.flatMap((event) => (event.type === type ? [event.data as Of<Type>] : []));
  return {
    terms: of('PaymentRequested')[0] ?? { lines: [], delivery: 0 },
    promises: [...of('PaymentAuthorized'), ...of('CodAccepted')],
    charges: of('ShipmentCharged'),
    captures: of('PaymentCaptured'),
    collections: of('CodCollected'),
    remittances: of('CodRemitted'),
    refunds: of('RefundIssued'),
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

const lineOf = ({ lineId }: { readonly lineId: string }): string => lineId;
const shipmentOf = ({ shipmentId = '' }: { readonly shipmentId?: string }): string => shipmentId;

const asked = ({ charges }: Books): ReadonlyMap<string, number> =>
  new Map(charges.map(({ captureId = '', amount }) => [captureId, amount]));

const shown = (books: Books): Sums => ({
  promised: sum(books.promises),
  captured: sum(books.captures),
  collected: sum(books.collections),
  remitted: sum(books.remittances),
  refunded: sum(books.refunds),
  voided: sum(books.voids),
});

/** What must hold of the facts themselves, whoever decided or folded them. */
const rules: Readonly<Record<string, (books: Books) => boolean>> = {
  'nothing is promised, captured, refunded or voided twice': ({ promises, captures, refunds, voids }) =>
    promises.length <= 1 &&
    isSet(captures.map(({ captureId }) => captureId)) &&
    isSet(refunds.map(({ refundId }) => refundId)) &&
    isSet(voids.map(({ voidId }) => voidId)),
  'no more comes in or goes back than was promised': ({ promises, captures, collections, voids }) =>
    sum(captures) + sum(collections) + sum(voids) <= sum(promises),
  'each capture is what was asked for': (books) => books.captures.every(({ captureId, amount }) => asked(books).get(captureId) === amount),
  'no more is collected for a shipment than it was charged': ({ charges, collections }) =>
    noneExceeds(sumsBy(collections, shipmentOf), sumsBy(charges, shipmentOf)),
  'no more is remitted for a shipment than was collected': ({ remittances, collections }) =>
    noneExceeds(sumsBy(remittances, shipmentOf), sumsBy(collections, shipmentOf)),
  'no line is charged more than it costs': ({ terms, charges }) =>
    noneExceeds(
      sumsBy(
        charges.flatMap(({ lines }) => lines),
        lineOf,
      ),
      sumsBy(
        terms.lines.map(({ lineId, total }) => ({ lineId, amount: total })),
        lineOf,
      ),
    ),
  'delivery is charged once': ({ terms, charges }) => charges.reduce((total, { delivery }) => total + delivery, 0) <= terms.delivery,
  'each charge is the sum of its parts': ({ charges, collections }) =>
    [...charges, ...collections].every(({ amount, lines, delivery }) => amount === sum(lines) + delivery),
  'no more is refunded than came in': ({ refunds, captures, collections }) => sum(refunds) <= sum(captures) + sum(collections),
  'each refund is the sum of what it takes of captures': ({ refunds, captures }) =>
    captures.length === 0 || refunds.every(({ amount, captures: taken }) => amount === sum(taken)),
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
