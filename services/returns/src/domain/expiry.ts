import type { LineQuantity } from '@cartage/contracts';
import { Refused, type DataOf } from '@cartage/eventsourcing';
import { following } from './closing';
import type { ReturnCommand } from './commands';
import type { ReturnEvent } from './events';
import { settling } from './exchanging';
import { requireRma, requireStatus } from './require';
import type { OrderReturns, Rma } from './state';

/** Units that may come and have not. */
const outstanding = ({ lines }: Rma): readonly LineQuantity[] =>
  lines.flatMap(({ standing, lineId, sku, asked, received }) =>
    standing === 'authorized' && lineId !== undefined && asked > received ? [{ lineId, sku, quantity: asked - received }] : [],
  );

/** What is waited for still, if this is the time until which it is; what is on its way is not late here. */
const waitedFor = (rma: Rma, expiresAt: string): readonly LineQuantity[] =>
  rma.ended || rma.expiresAt !== expiresAt || rma.scans.length > 0 ? [] : outstanding(rma);

export const remindOfReturn = (
  { orderId, returnId, expiresAt, now }: DataOf<ReturnCommand, 'RemindOfReturn'>,
  state: OrderReturns,
): readonly ReturnEvent[] => {
  const rma = requireRma(state, returnId);
  const lines = rma.reminded ? [] : waitedFor(rma, expiresAt);
  return lines.length === 0 ? [] : [{ type: 'ReturnExpiring', data: { orderId, returnId, lines, expiresAt, noticedAt: now } }];
};

/** What did not come in time is given back to whoever wants to send it later; what came is settled without it. */
export const expireReturn = (command: DataOf<ReturnCommand, 'ExpireReturn'>, state: OrderReturns): readonly ReturnEvent[] => {
  const { orderId, returnId, expiresAt, now } = command;
  const lines = waitedFor(requireRma(state, returnId), expiresAt);
  if (lines.length === 0) return [];
  return following(state, command, [{ type: 'ReturnExpired', data: { orderId, returnId, lines, expiredAt: now } }]);
};

/** None of it is to come any more. */
export const cancelled = (
  state: OrderReturns,
  rma: Rma,
  { orderId, now, reason }: Pick<DataOf<ReturnEvent, 'ReturnCancelled'>, 'orderId' | 'reason'> & { readonly now: string },
): readonly ReturnEvent[] => {
  const { returnId } = rma;
  const lines = rma.lines.flatMap(({ standing, lineId, sku, asked: quantity }) =>
    standing !== 'declined' && lineId !== undefined ? [{ lineId, sku, quantity }] : [],
  );
  return settling(state, { orderId, returnId, now }, [
    { type: 'ReturnCancelled', data: { orderId, returnId, lines, reason, cancelledAt: now } },
  ]);
};

/** The customer keeps it after all: as long as nothing came, and nothing was paid for it. */
export const cancelReturn = (
  { orderId, returnId, reason, now }: DataOf<ReturnCommand, 'CancelReturn'>,
  state: OrderReturns,
): readonly ReturnEvent[] => {
  if (requireRma(state, returnId).ended?.how === 'cancelled') return [];
  const rma = requireStatus(state, returnId, 'requested', 'awaiting-review', 'authorized');
  if (rma.refunds.size > 0)
    throw new Refused('RETURN_REFUNDED', `For return ${returnId} money is on its way already: it cannot be cancelled any more.`);
  if (rma.lines.some(({ received }) => received > 0))
    throw new Refused('RETURN_RECEIVED', `Of return ${returnId} units have come in already: grade them, and close it.`);
  return cancelled(state, rma, { orderId, now, reason });
};
