import type { LineQuantity } from '@cartage/contracts';
import type { OrderEvent } from '../domain/events';
import { wordsOf } from './timeline-words';

const steps = ['requested', 'declined', 'authorized', 'cancelled', 'expired', 'received', 'closed'] as const;
type Step = (typeof steps)[number];

/** A return of an order, as far as it was told here. */
export interface HeardReturn {
  readonly returnId: string;
  /** The furthest that was told: facts come in any order. */
  readonly status: Step;
  /** Of the status, by the clock of the returns service. */
  readonly at: string;
  readonly lines: readonly Pick<LineQuantity, 'lineId' | 'quantity'>[];
  readonly refunds: readonly { readonly refundId: string; readonly amount: number; readonly currency: string }[];
}

type Returns = ReadonlyMap<string, HeardReturn>;

/** The fields that facts about a return have in common. */
interface OfReturn {
  readonly orderId: string;
  readonly returnId?: string;
  readonly refundId?: string;
  readonly amount?: number;
  readonly currency?: string;
}

const stepOf = (word: string): Step | undefined => steps.find((step) => word === `return-${step}`);

/** What stood before and what is told now: the furthest status, the lines that were told first. */
const joined = (before: HeardReturn | undefined, told: HeardReturn): HeardReturn => {
  if (!before) return told;
  const { status, at } = steps.indexOf(before.status) > steps.indexOf(told.status) ? before : told;
  return { ...before, status, at, lines: before.lines.length > 0 ? before.lines : told.lines };
};

const withStep = (returns: Returns, event: OrderEvent): Returns => {
  const { returnId }: OfReturn = event.data;
  const { step, at, lines = [] } = wordsOf(event);
  const status = stepOf(step);
  if (returnId === undefined || !status) return returns;
  const told = { returnId, status, at, lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity })), refunds: [] };
  return new Map(returns).set(returnId, joined(returns.get(returnId), told));
};

/** Refunds of a return may be told before it; those of no return are not shown with any. */
const withRefund = (returns: Returns, event: OrderEvent): Returns => {
  const { returnId = '', refundId, amount, currency }: OfReturn = event.data;
  const before = returns.get(returnId);
  if (!before || refundId === undefined || amount === undefined || currency === undefined) return returns;
  if (wordsOf(event).step !== 'refunded' || before.refunds.some((each) => each.refundId === refundId)) return returns;
  return new Map(returns).set(returnId, { ...before, refunds: [...before.refunds, { refundId, amount, currency }] });
};

/** The returns of an order, by its history. */
export const returnsHeard = (events: readonly OrderEvent[]): readonly HeardReturn[] => [
  ...events.reduce(withRefund, events.reduce<Returns>(withStep, new Map())).values(),
];
