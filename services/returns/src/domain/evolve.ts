import { evolving } from '@cartage/eventsourcing';
import type { ReturnEvent } from './events';
import type { Delivered, ReturnLine, Returns, Rma } from './state';

const withRma = (state: Returns, returnId: string, change: (rma: Rma) => Rma): Returns => {
  const rma = state.rmas.get(returnId);
  return rma ? { ...state, rmas: new Map(state.rmas).set(returnId, change(rma)) } : state;
};

const withLine = (rma: Rma, lineId: string, change: (line: ReturnLine) => ReturnLine): Rma => ({
  ...rma,
  lines: rma.lines.map((line) => (line.lineId === lineId ? change(line) : line)),
});

const later = (known: Delivered | undefined, quantity: number, deliveredAt: string): Delivered => ({
  quantity: (known?.quantity ?? 0) + quantity,
  deliveredAt: known && known.deliveredAt > deliveredAt ? known.deliveredAt : deliveredAt,
});

export const evolve = evolving<Returns, ReturnEvent>({
  PurchaseRecorded: (state, purchase) => ({ ...state, purchase }),

  DeliveryRecorded: (state, { shipmentId, lines, deliveredAt }) => {
    const delivered = new Map(state.delivered);
    for (const { lineId, quantity } of lines) delivered.set(lineId, later(delivered.get(lineId), quantity, deliveredAt));
    return { ...state, delivered, shipments: [...state.shipments, shipmentId] };
  },

  ReturnRequested: (state, { returnId, lines, requestedAt }) => {
    const asked = lines.map(({ lineId, sku, quantity, reason }): ReturnLine => ({
      lineId,
      sku,
      reason,
      asked: quantity,
      received: 0,
      graded: 0,
    }));
    const rma: Rma = { returnId, status: 'requested', requestedAt, lines: asked, owed: 0, refunded: 0 };
    return { ...state, rmas: new Map(state.rmas).set(returnId, rma) };
  },

  ReturnReviewRequired: (state, { returnId, reason }) => withRma(state, returnId, (rma) => ({ ...rma, status: 'awaiting-review', reason })),
  ReturnAuthorized: (state, { returnId }) => withRma(state, returnId, (rma) => ({ ...rma, status: 'authorized' })),
  ReturnDeclined: (state, { returnId, reason }) => withRma(state, returnId, (rma) => ({ ...rma, status: 'declined', reason })),

  ReturnReceived: (state, { returnId, location, lines }) =>
    withRma(state, returnId, (rma) =>
      lines.reduce<Rma>(
        (changed, { lineId, quantity }) => withLine(changed, lineId, (line) => ({ ...line, location, received: line.received + quantity })),
        { ...rma, status: 'received' },
      ),
    ),

  ItemGraded: (state, { returnId, lineId, quantity, refund }) => ({
    ...withRma(state, returnId, (rma) =>
      withLine({ ...rma, owed: rma.owed + refund }, lineId, (line) => ({ ...line, graded: line.graded + quantity })),
    ),
    graded: new Map(state.graded).set(lineId, (state.graded.get(lineId) ?? 0) + quantity),
  }),

  RefundRecorded: (state, { returnId, refundId, amount }) => ({
    ...withRma(state, returnId, (rma) => ({
      ...rma,
      status: rma.status === 'refund-failed' ? 'received' : rma.status,
      refunded: rma.refunded + amount,
    })),
    refunds: new Set(state.refunds).add(refundId),
  }),

  RefundFailureRecorded: (state, { returnId, reason }) => withRma(state, returnId, (rma) => ({ ...rma, status: 'refund-failed', reason })),
  ReturnClosed: (state, { returnId }) => withRma(state, returnId, (rma) => ({ ...rma, status: 'closed' })),
});
