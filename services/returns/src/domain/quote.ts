import { derivedId, type DataOf } from '@cartage/eventsourcing';
import type { ReturnCommand } from './commands';
import { decideReturn } from './decision';
import type { ReturnEvent } from './events';
import { evolve } from './evolve';
import { gradeItem } from './grading';
import { receiveReturn } from './receiving';
import { requestReturn } from './request';
import { requireRma } from './require';
import type { Standing } from './return-line';
import type { OrderReturns } from './state';

type Request = DataOf<ReturnCommand, 'RequestReturn'>;

interface QuotedLine {
  readonly lineId: string;
  readonly sku: string;
  readonly quantity: number;
  /** As the policy says at once. */
  readonly standing: Standing;
  /** Why it is declined, or looked at first. */
  readonly reason?: string;
}

/** What a return would come to: what the policy says of it at once, and what goes back if all of it is as it is said to be. */
export interface ReturnQuote {
  readonly lines: readonly QuotedLine[];
  readonly currency: string;
  /** To what it was paid with, as credit or for other goods; delivery in it, fees off it. */
  readonly back: number;
  /** Of it: what was paid for delivery. */
  readonly delivery: number;
  readonly fees: readonly { readonly code: string; readonly amount: number }[];
  /** Absent where nothing is to come. */
  readonly wayBack?: { readonly paidBy: string; readonly by: string; readonly until?: string };
}

/** The decisions of others, one after the other, each with ids of its own. */
class Forward {
  readonly events: ReturnEvent[] = [];
  private decisions = 0;

  constructor(
    private state: OrderReturns,
    private readonly request: Request,
  ) {}

  get rma() {
    return requireRma(this.state, this.request.returnId);
  }

  decide<Command>(decide: (command: Request & Command, state: OrderReturns) => readonly ReturnEvent[], command: Command): void {
    // So far apart that what one decision derives is none of the next one.
    const refundId = derivedId(this.request.refundId, 1_000 * (this.decisions += 1));
    const events = decide({ ...this.request, refundId, ...command }, this.state);
    this.state = events.reduce(evolve, this.state);
    this.events.push(...events);
  }
}

/** A person agrees to what is in doubt, all of it comes, and is found as new. */
const playForward = (forward: Forward, { returnId, refundId }: Request): void => {
  if (forward.rma.lines.some(({ standing }) => standing === 'review'))
    forward.decide(decideReturn, { decision: 'authorize' as const, lines: undefined, note: '', by: '' });
  const coming = forward.rma.lines.flatMap(({ standing, lineId, sku, asked: quantity }) =>
    standing === 'authorized' && lineId !== undefined ? [{ lineId, sku, quantity }] : [],
  );
  if (coming.length === 0) return;
  forward.decide(receiveReturn, { receiptId: refundId, location: '', lines: coming });
  for (const [i, item] of coming.entries()) {
    if (forward.rma.ended) return;
    forward.decide(gradeItem, { ...item, grade: 'A' as const, gradingId: derivedId(returnId, i) });
  }
};

const sumOf = (events: readonly ReturnEvent[], returnId: string): Pick<ReturnQuote, 'back' | 'delivery' | 'fees'> => {
  const fees = new Map<string, number>();
  let [back, delivery] = [0, 0];
  for (const event of events) {
    if ((event.type !== 'RefundDue' && event.type !== 'RefundWaived') || event.data.returnId !== returnId) continue;
    for (const { code, amount } of event.data.fees) fees.set(code, (fees.get(code) ?? 0) + amount);
    if (event.type === 'RefundDue') [back, delivery] = [back + event.data.amount, delivery + event.data.delivery];
  }
  return { back, delivery, fees: [...fees].map(([code, amount]) => ({ code, amount })) };
};

const wayBackIn = (events: readonly ReturnEvent[]): Pick<ReturnQuote, 'wayBack'> => {
  const allowed = events.flatMap((event) => (event.type === 'ReturnAuthorized' ? [event.data] : []));
  const coming = allowed.find(({ lines }) => lines.some(({ keep }) => !keep));
  if (!coming) return {};
  const { wayBack: paidBy, sendBack, expiresAt } = coming;
  return { wayBack: { paidBy, by: sendBack?.by ?? 'own-way', ...(expiresAt === undefined ? {} : { until: expiresAt }) } };
};

const reasonsIn = (events: readonly ReturnEvent[]): ReadonlyMap<string, string> =>
  new Map(
    events.flatMap((event) =>
      event.type === 'ReturnDeclined' || event.type === 'ReturnReviewRequired'
        ? event.data.lines.map(({ lineId, sku }) => [JSON.stringify([lineId, sku]), event.data.reason.code] as const)
        : [],
    ),
  );

/** What would follow if this were asked for now; refused as the request itself would be. Nothing is decided by it. */
export const quoteOf = (request: Request, state: OrderReturns): ReturnQuote => {
  const asked = requestReturn(request, state);
  const after = asked.reduce(evolve, state);
  const { lines } = requireRma(after, request.returnId);
  const forward = new Forward(after, request);
  playForward(forward, request);
  const events = [...asked, ...forward.events];
  const reasons = reasonsIn(asked);
  return {
    lines: lines.map(({ lineId = '', sku, asked: quantity, standing }) => {
      const reason = reasons.get(JSON.stringify([lineId, sku]));
      return { lineId, sku, quantity, standing, ...(reason === undefined ? {} : { reason }) };
    }),
    currency: request.sale.currency,
    ...sumOf(events, request.returnId),
    ...wayBackIn(events),
  };
};
