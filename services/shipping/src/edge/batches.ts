import { Previewed, Refused, type Meta } from '@cartage/eventsourcing';
import {
  answeredItems,
  metaOfItem,
  nameOfItem,
  previewOfItem,
  problemOf,
  shapedEach,
  type ItemPreview,
  type Items,
  type Problem,
} from '@cartage/service-kit';
import type { Type } from '@nestjs/common';
import type { HandledShipment } from '../app/shipment-log';
import type { ShipmentStatus } from '../domain/status';

/** What one shipment of a batch would have been answered, had it been asked alone. */
export interface ShipmentItem extends ItemPreview {
  /** As it was sent; null where it has none. */
  readonly shipmentId: string | null;
  readonly status: number;
  readonly shipmentStatus?: ShipmentStatus;
  readonly problem?: Problem;
}

export type ShipmentItems = Items<ShipmentItem>;

type Step<Dto> = (item: Dto, meta: Meta) => Promise<HandledShipment>;
type ItemDto = { readonly shipmentId: string };

/** Does one step with many shipments, all at the same time, so that they share round trips; each is answered by itself. */
export const eachShipment = async <Dto extends ItemDto>(
  { dto, items }: { readonly dto: Type<Dto>; readonly items: readonly unknown[] },
  meta: Meta,
  step: Step<Dto>,
): Promise<ShipmentItems> => {
  const answered = shapedEach(dto, items).map(async (item, i): Promise<ShipmentItem> => {
    const shipmentId = nameOfItem(items[i], 'shipmentId');
    try {
      if (item instanceof Refused) throw item;
      const { state } = await step(item, metaOfItem(meta, item.shipmentId, item));
      return { shipmentId, status: 200, shipmentStatus: state.status, ...previewOfItem(state) };
    } catch (error) {
      if (error instanceof Previewed) return { shipmentId, status: 200, ...previewOfItem(error) };
      const problem = problemOf(error, meta.correlationId);
      return { shipmentId, status: problem.status, problem };
    }
  });
  return answeredItems(await Promise.all(answered));
};
