import type { OrderEvent } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import type { LegalEntities } from '../domain/invoices/legal-entities';
import type { RecordedSale } from './invoicing';

type OrderPlaced = DataOf<OrderEvent, 'OrderPlaced'>;

const countryOf = ({ shipGroups }: OrderPlaced): string | undefined =>
  shipGroups.find(({ destination }) => destination)?.destination?.country;

/** Whatever the total holds beyond the lines is delivery and its tax. */
const deliveryOf = ({ totals, lines, shipGroups }: OrderPlaced): RecordedSale['delivery'] => ({
  amount: lines.reduce((rest, { total }) => rest - total, totals.total),
  taxLines: shipGroups.flatMap(({ taxLines }) => taxLines),
});

export const saleOf = (order: OrderPlaced): RecordedSale => {
  const country = countryOf(order);
  return {
    orderId: order.orderId,
    channel: order.channel,
    ...(country === undefined ? {} : { country }),
    lines: order.lines.map(({ lineId, sku, description, quantity, taxLines }) => ({
      ...{ lineId, sku, quantity, taxLines },
      ...(description === undefined ? {} : { description }),
    })),
    delivery: deliveryOf(order),
    personal: order.personal,
  };
};

/** Keeps what invoices will need, once somebody sells: until then an order costs nothing here. */
export const rememberingSales =
  (entities: () => Promise<LegalEntities>, keep: (sale: RecordedSale) => Promise<void>) =>
  async (order: OrderPlaced): Promise<void> => {
    if ((await entities()).size > 0) await keep(saleOf(order));
  };
