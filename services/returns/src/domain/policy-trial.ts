import { fold } from '@cartage/eventsourcing';
import { situationOf } from './eligibility';
import type { ReturnEvent } from './events';
import { evolve } from './evolve';
import { judge, type JudgedItem } from './judging';
import type { ReturnPolicy } from './policy';
import { repaying } from './repaying';
import { returns } from './return';
import { itemKey } from './return-line';
import { owed, type OrderReturns } from './state';

/** How a line was decided by the policy itself, before any person was. */
export type TrialVerdict = 'authorized' | 'kept' | 'review' | 'declined';

interface Money {
  readonly currency: string;
  readonly before: number;
  readonly now: number;
}

/** Lines that would be decided otherwise. */
export interface TrialShift {
  readonly from: TrialVerdict;
  readonly to: TrialVerdict;
  readonly lines: number;
}

export interface TrialExample {
  readonly returnId: string;
  readonly orderId: string;
  readonly lineId: string;
  readonly from: TrialVerdict;
  readonly to: TrialVerdict;
}

export interface TrialResult {
  readonly returns: number;
  readonly lines: number;
  readonly unchanged: number;
  readonly shifts: readonly TrialShift[];
  /** What was refunded, and what would have been, for what came back in fact: of lines that both would have allowed. */
  readonly refunds: readonly Money[];
  /** Some of the lines that would be decided otherwise. */
  readonly examples: readonly TrialExample[];
}

const EXAMPLES = 50;

type Verdicts = ReadonlyMap<string, TrialVerdict>;

/** What a policy said by itself: events of a return up to the first decision of each line. */
const verdictsIn = (events: readonly ReturnEvent[], returnId: string): Verdicts => {
  const verdicts = new Map<string, TrialVerdict>();
  const say = (
    lines: readonly { readonly lineId: string; readonly sku: string; readonly keep?: boolean }[],
    verdict: TrialVerdict,
  ): void => {
    for (const line of lines) if (!verdicts.has(itemKey(line))) verdicts.set(itemKey(line), line.keep ? 'kept' : verdict);
  };
  for (const { type, data } of events) {
    if (!('returnId' in data) || data.returnId !== returnId) continue;
    if (type === 'ReturnReviewRequired') say(data.lines, 'review');
    if (type === 'ReturnAuthorized') say(data.lines, 'authorized');
    if (type === 'ReturnDeclined') say(data.lines, 'declined');
  }
  return verdicts;
};

interface PastRequest {
  readonly at: number;
  readonly data: Extract<ReturnEvent, { type: 'ReturnRequested' }>['data'];
}

const requestOf = (events: readonly ReturnEvent[], returnId: string): PastRequest | undefined => {
  const at = events.findIndex(({ type, data }) => type === 'ReturnRequested' && data.returnId === returnId);
  const event = events[at];
  return event?.type === 'ReturnRequested' ? { at, data: event.data } : undefined;
};

const itemsOf = ({ lines }: PastRequest['data'], { faultReasons }: ReturnPolicy): readonly JudgedItem[] => {
  const items = new Map<string, JudgedItem>();
  for (const { lineId, sku, quantity, reason } of lines) {
    const before = items.get(itemKey({ lineId, sku }));
    const atFault = faultReasons.includes(reason) && (before?.atFault ?? true);
    items.set(itemKey({ lineId, sku }), { lineId, sku, quantity: quantity + (before?.quantity ?? 0), atFault });
  }
  return [...items.values()];
};

/** Whatever tells the policy tells this one. */
const under = (policy: ReturnPolicy, event: ReturnEvent): ReturnEvent => {
  if (event.type === 'ReturnRequested') return { ...event, data: { ...event.data, policy } };
  return event.type === 'ClaimOpened' ? { ...event, data: { ...event.data, policy } } : event;
};

/** The facts of a return that no policy decides, told anew under another one: what follows for its money. */
const refundsUnder = (policy: ReturnPolicy, events: readonly ReturnEvent[], returnId: string): number => {
  let state: OrderReturns = returns.initial;
  let refunds = 0;
  for (const event of events) {
    if (event.type === 'RefundDue' || event.type === 'RefundWaived') continue;
    state = evolve(state, under(policy, event));
    if (!('returnId' in event.data)) continue;
    const { orderId, returnId: of } = event.data;
    const due = repaying(state, { orderId, returnId: of, refundId: `trial-${String((refunds += 1)).padStart(12, '0')}`, now: '' });
    state = due.reduce(evolve, state);
  }
  const rma = state.rmas.get(returnId);
  return rma ? owed(rma) : 0;
};

/** What another policy would have said to past returns, on what was known of each when it was asked for. Sums up order by order. */
export class PolicyTrial {
  private readonly shifts = new Map<string, TrialShift>();
  private readonly money = new Map<string, Money>();
  private readonly examples: TrialExample[] = [];
  private counts = { returns: 0, lines: 0, unchanged: 0 };

  constructor(private readonly policy: ReturnPolicy) {}

  add(returnIds: readonly string[], events: readonly ReturnEvent[]): void {
    for (const returnId of returnIds) {
      const request = requestOf(events, returnId);
      if (!request || request.data.lines.length === 0) continue;
      this.counts.returns += 1;
      this.compare(request, events);
      this.addMoney(returnId, events);
    }
  }

  result(): TrialResult {
    const { money, shifts, examples } = this;
    const refunds = [...money.values()].toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
    return { ...this.counts, shifts: [...shifts.values()], refunds, examples };
  }

  private compare({ at, data }: PastRequest, events: readonly ReturnEvent[]): void {
    const before = fold(returns, events.slice(0, at));
    const { sale = before.sale, delivered, orderId, returnId, requestedAt: now } = data;
    if (!sale) return;
    const situation = situationOf({ sale, policy: this.policy, delivered, state: before, now });
    const judged = verdictsIn(judge(situation, { orderId, returnId, now }, itemsOf(data, this.policy)), returnId);
    for (const [key, from] of verdictsIn(events, returnId)) this.note(data, key, [from, judged.get(key)]);
  }

  private note(
    { orderId, returnId }: PastRequest['data'],
    key: string,
    [from, to]: readonly [TrialVerdict, TrialVerdict | undefined],
  ): void {
    if (to === undefined) return;
    this.counts.lines += 1;
    if (from === to) {
      this.counts.unchanged += 1;
      return;
    }
    const shift = this.shifts.get(`${from} ${to}`) ?? { from, to, lines: 0 };
    this.shifts.set(`${from} ${to}`, { ...shift, lines: shift.lines + 1 });
    const [lineId] = JSON.parse(key) as readonly [string, string];
    if (this.examples.length < EXAMPLES) this.examples.push({ orderId, returnId, lineId, from, to });
  }

  private addMoney(returnId: string, events: readonly ReturnEvent[]): void {
    const state = fold(returns, events);
    const rma = state.rmas.get(returnId);
    const currency = state.sale?.currency;
    if (!rma || currency === undefined) return;
    const sum = this.money.get(currency) ?? { currency, before: 0, now: 0 };
    this.money.set(currency, { currency, before: sum.before + owed(rma), now: sum.now + refundsUnder(this.policy, events, returnId) });
  }
}
