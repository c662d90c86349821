import { Refused, type Meta } from '@cartage/eventsourcing';
import { drawnUp } from '../domain/drawing-up';
import { streamOf } from '../domain/order';
import type { Placement } from '../domain/placement';
import type { ImportedData } from '../domain/state';
import { channelOrderId, requireCarriable, type OrdersNeeds } from './orders';
import { requireSameOrder } from './same-order';
import { sealed } from './sealing';

/** An order that ended elsewhere, as a file tells it. */
export interface ImportedPlacement {
  readonly placement: Placement & { readonly externalOrderId: string };
  readonly outcome: 'completed' | 'cancelled';
  /** Without it: when it was placed. */
  readonly endedAt?: string | undefined;
}

/** Takes one order over; what is wrong with it is answered, not thrown. */
export type ImportOrders = (importId: string, order: ImportedPlacement, meta: Meta) => Promise<'imported' | 'unchanged' | Refused>;

export type ImportOrdersNeeds = Omit<OrdersNeeds, 'read' | 'admission' | 'promises'>;

const endBeforePlaced = (): Refused => {
  const message = 'must not lie before `placedAt`';
  return new Refused('ORDER_INVALID', `endedAt ${message}.`, 'invalid', [{ field: 'endedAt', code: 'TIME_ORDER', message }]);
};

const taken = async (
  needs: ImportOrdersNeeds,
  importId: string,
  order: ImportedPlacement,
  meta: Meta,
): Promise<'imported' | 'unchanged'> => {
  const { send, now, policies, vault, idFor } = needs;
  const importedAt = now().toISOString();
  const { placement, outcome, endedAt: ended } = order;
  const drawn = drawnUp(placement, importedAt);
  const orderId = channelOrderId(needs, placement.channel, placement.externalOrderId);
  const placedAt = drawn.order.placedAt ?? importedAt;
  const endedAt = ended === undefined ? placedAt : new Date(ended).toISOString();
  if (endedAt < placedAt) throw endBeforePlaced();
  const seals = await sealed({ vault, idFor }, drawn, placement.raw, orderId);
  const data: ImportedData = { ...drawn.order, placedAt, orderId, policies, ...seals, importId, outcome, endedAt, importedAt };
  requireCarriable(data);
  const { fingerprint: _, ...rest } = meta;
  const done = await send(streamOf(orderId), { type: 'ImportOrder', data: { order: data } }, { ...rest, commandId: orderId });
  if (!done.repeated && done.events.length > 0) return 'imported';
  if (done.state) await requireSameOrder(needs, done.state.placed, data, drawn);
  return 'unchanged';
};

/**
 * An order is named by its channel and number, as one that is placed: one that is here already is left as it is, and refused where it differs.
 */
export const importingOrders =
  (needs: ImportOrdersNeeds): ImportOrders =>
  async (importId, order, meta) => {
    try {
      return await taken(needs, importId, order, meta);
    } catch (error) {
      if (error instanceof Refused) return error;
      throw error;
    }
  };
