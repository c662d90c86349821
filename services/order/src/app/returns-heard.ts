import type { LineQuantity } from '@cartage/contracts';
import type { OrderEvent } from '../domain/events';

/** A return of an order, as far as it was told here. */
export interface HeardReturn {
  readonly returnId: string;
  readonly status: 'requested' | 'authorized' | 'declined' | 'received' | 'closed';
  /** Of the status, by the clock of the returns service. */
  readonly at: string;
  readonly lines: readonly LineQuantity[];
  readonly refunds: readonly { readonly refundId: string; readonly amount: number; readonly currency: string }[];
}

type Returns = ReadonlyMap<string, HeardReturn>;

const slim = (lines: readonly LineQuantity[]): readonly LineQuantity[] =>
  lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity }));

const order = ['requested', 'declined', 'authorized', 'received', 'closed'] as const satisfies readonly HeardReturn['status'][];

/** Facts may come in any order: the furthest that was told stands. */
const told = (returns: Returns, returnId: string, next: Partial<HeardReturn> & Pick<HeardReturn, 'status' | 'at'>): Returns => {
  const before = returns.get(returnId);
  const further = !before || order.indexOf(next.status) >= order.indexOf(before.status);
  const { status, at } = further ? next : before;
  const lines = before && before.lines.length > 0 ? before.lines : (next.lines ?? []);
  return new Map(returns).set(returnId, { returnId, status, at, lines, refunds: before?.refunds ?? [] });
};

const refunded = (
  returns: Returns,
  { returnId = '', ...refund }: HeardReturn['refunds'][number] & { readonly returnId?: string },
): Returns => {
  const before = returns.get(returnId);
  if (!before || before.refunds.some(({ refundId }) => refundId === refund.refundId)) return returns;
  const { refundId, amount, currency } = refund;
  return new Map(returns).set(returnId, { ...before, refunds: [...before.refunds, { refundId, amount, currency }] });
};

const next = (returns: Returns, { type, data }: OrderEvent): Returns => {
  switch (type) {
    case 'ReturnRequested':
      return told(returns, data.returnId, { status: 'requested', at: data.requestedAt, lines: slim(data.lines) });
    case 'ReturnAuthorized':
      return told(returns, data.returnId, { status: 'authorized', at: data.authorizedAt, lines: slim(data.lines) });
    case 'ReturnDeclined':
      return told(returns, data.returnId, { status: 'declined', at: data.declinedAt, lines: slim(data.lines) });
    case 'ReturnReceived':
      return told(returns, data.returnId, { status: 'received', at: data.receivedAt, lines: slim(data.lines) });
    case 'ReturnClosed':
      return told(returns, data.returnId, { status: 'closed', at: data.closedAt });
    default:
      return returns;
  }
};

/** The returns of an order, by its history: refunds of a return may be told before it. */
export const returnsHeard = (events: readonly OrderEvent[]): readonly HeardReturn[] => {
  const returns = events.reduce<Returns>(next, new Map());
  const withRefunds = events.reduce<Returns>((all, event) => (event.type === 'RefundIssued' ? refunded(all, event.data) : all), returns);
  return [...withRefunds.values()];
};
