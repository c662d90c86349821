import type { OrderEvent, TaxLine } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import type { LegalEntities } from '../domain/invoices/legal-entities';
import type { RecordedSale } from './invoicing';

type OrderPlaced = DataOf<OrderEvent, 'OrderPlaced'>;
type OrderEdited = DataOf<OrderEvent, 'OrderEdited'>;

const countryOf = ({ shipGroups }: OrderPlaced): string | undefined =>
  shipGroups.find(({ destination }) => destination)?.destination?.country;

type Groups = RecordedSale['delivery']['groups'];

const groupsOf = (shipGroups: readonly { readonly shipGroupId: string; readonly taxLines: readonly TaxLine[] }[]): Groups =>
  shipGroups.map(({ shipGroupId, taxLines }) => ({ shipGroupId, taxLines }));

/** Whatever the total holds beyond the lines is delivery and its tax. */
const deliveryOf = (total: number, lines: RecordedSale['lines'], groups: Groups): RecordedSale['delivery'] => ({
  amount: lines.reduce((rest, line) => rest - line.total, total),
  taxLines: groups.flatMap(({ taxLines }) => taxLines),
  groups,
});

const lineOf = ({ lineId, sku, description, quantity, total, taxLines }: OrderPlaced['lines'][number]): RecordedSale['lines'][number] => ({
  ...{ lineId, sku, quantity, total, taxLines },
  ...(description === undefined ? {} : { description }),
});

export const saleOf = (order: OrderPlaced): RecordedSale => {
  const country = countryOf(order);
  const lines = order.lines.map(lineOf);
  return {
    orderId: order.orderId,
    channel: order.channel,
    ...(country === undefined ? {} : { country }),
    lines,
    delivery: deliveryOf(order.totals.total, lines, groupsOf(order.shipGroups)),
    personal: order.personal,
  };
};

/** What was sold, as it was edited. A line that is gone stays where it was invoiced before: it is asked for by nobody else. */
export const editedSale = (sale: RecordedSale, { lines: changes, shipGroups, totals }: OrderEdited): RecordedSale => {
  const after = new Map(changes.map((change) => [change.lineId, change.after && lineOf(change.after)]));
  const known = new Set(sale.lines.map(({ lineId }) => lineId));
  const kept = sale.lines.flatMap((line) => (after.has(line.lineId) ? (after.get(line.lineId) ?? []) : [line]));
  const lines = [...kept, ...[...after.values()].filter((line) => line !== undefined && !known.has(line.lineId))].filter(
    (line) => line !== undefined,
  );
  const taxes = new Map(shipGroups.map((group) => [group.shipGroupId, group.after?.taxLines]));
  const groups = sale.delivery.groups.map((group) => ({ ...group, taxLines: taxes.get(group.shipGroupId) ?? group.taxLines }));
  return { ...sale, lines, delivery: deliveryOf(totals.total, lines, groups) };
};

export interface SalesBook {
  readonly keep: (sale: RecordedSale) => Promise<void>;
  /** In place of what was kept of the order; nothing where nothing was. */
  readonly change: (orderId: string, change: (sale: RecordedSale) => RecordedSale) => Promise<void>;
}

/** Keeps what invoices will need, once somebody sells: until then an order costs nothing here. */
export const rememberingSales = (entities: () => Promise<LegalEntities>, { keep, change }: SalesBook) => {
  const isSelling = async (): Promise<boolean> => (await entities()).size > 0;
  return {
    placed: async (order: OrderPlaced): Promise<void> => {
      if (await isSelling()) await keep(saleOf(order));
    },
    edited: async (edit: OrderEdited): Promise<void> => {
      if (await isSelling()) await change(edit.orderId, (sale) => editedSale(sale, edit));
    },
  };
};
export type RememberingSales = ReturnType<typeof rememberingSales>;
