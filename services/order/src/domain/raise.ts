import type { Verdict } from '@cartage/contracts';
import { isAfter, later, latest, type Patience } from './occasion';
import { uncovered, type Decline } from './payments';
import type { PlacedOrder } from './state';

/** What was said to the money that an edit added: by the version of the order that it made. */
export interface Raise {
  readonly review?: { readonly version: number; readonly verdict: Verdict };
  readonly decline?: Decline & { readonly version: number };
}

/** Of two that are told, in whatever order, the one about the later edit counts. */
export const withRaise = <What extends 'review' | 'decline'>(
  order: PlacedOrder,
  what: What,
  told: NonNullable<Raise[What]>,
): PlacedOrder => ((order.raise[what]?.version ?? 0) > told.version ? order : { ...order, raise: { ...order.raise, [what]: told } });

/** Who said no to what the newest edit added. */
export const raiseDeclined = ({ raise: { decline }, version }: PlacedOrder): Decline | undefined =>
  decline?.version === version ? decline : undefined;

/** A person looks at what the newest edit added. */
export const raiseUnderReview = (order: PlacedOrder): { readonly verdict: Verdict } | undefined => {
  const { review } = order.raise;
  return review?.version === order.version && !raiseDeclined(order) && uncovered(order) > 0 ? review : undefined;
};

/** Whoever judges and promises what an edit added has so long to answer, even where no other way to pay is waited for. */
const ANSWER_MS = 3_600_000;

/** Until when somebody is waited for to stand for what an edit added, or what a promise that ended left open. */
export const raiseEnds = (order: PlacedOrder, { paymentMs }: Patience): string => {
  const decline = raiseDeclined(order);
  if (decline) return later(decline.at, paymentMs);
  const { editedAt, exchange, expiredAt, placed } = order;
  return later(latest(editedAt ?? placed.placedAt, exchange?.at, expiredAt), Math.max(paymentMs, ANSWER_MS));
};

/** Not where nobody would take another way to pay, whatever the clocks say. */
export const isRaiseWaitedFor = (order: PlacedOrder, now: string, patience: Patience): boolean => {
  const decline = raiseDeclined(order);
  const isOver = decline !== undefined && (!decline.retryable || patience.paymentMs === 0);
  return !isOver && isAfter(raiseEnds(order, patience), now);
};
