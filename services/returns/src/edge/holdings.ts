import { heldInTables, type Holdings, type Kit } from '@cartage/service-kit';
import { tableOf, type Sql } from '@cartage/views';
import { noteOwner } from '../app/returns';
import { labelOwner } from '../app/unknown-goods';
import { unknownGoodsView } from '../app/views/unknown-goods';

type Given = { readonly pool: Sql } & Pick<Kit, 'people'>;

const RECEIPTS = `select receipt_id as id from ${tableOf(unknownGoodsView)} where order_id = any ($1::uuid[])`;

/** What stands on the label of goods that named no order is sealed for itself, until they turn out to be of somebody. */
const forgetLabels = async ({ pool, people }: Given, orders: readonly string[]): Promise<number> => {
  const { rows } = await pool.query<{ readonly id: string }>(RECEIPTS, [orders]);
  return people.forget(await people.keysOf(rows.map(({ id }) => labelOwner(id))));
};

const RETURNS = 'select return_id as id from return_order where order_id = any ($1::uuid[])';

/** What customers wrote is sealed for each return by itself. */
const forgetNotes = async ({ pool, people }: Given, orders: readonly string[]): Promise<number> => {
  const { rows } = await pool.query<{ readonly id: string }>(RETURNS, [orders]);
  return people.forget(await people.keysOf(rows.map(({ id }) => noteOwner(id))));
};

/** What the returns service keeps of people beside its log. */
export const returnsHoldings = (given: Given): Holdings => {
  const tables = heldInTables(given.pool, {
    kept: [
      {
        what: 'returns, claims and refunds: lines, reasons, conditions, amounts',
        why: 'Stock and money follow from them; they name the order and no person.',
      },
      {
        what: 'notes of whoever decided, and addresses of photos',
        why: 'They say why it was decided so; nothing personal belongs there, and the photos are with whoever keeps them.',
      },
    ],
  });
  return {
    show: (person) => tables.show(person),
    forget: async (person) => {
      const labels = { what: 'labels of goods that had named no order', count: await forgetLabels(given, person.orders) };
      const notes = { what: 'what customers wrote with their returns', count: await forgetNotes(given, person.orders) };
      const { forgotten, ...rest } = await tables.forget(person);
      return { ...rest, forgotten: [labels, notes, ...forgotten] };
    },
  };
};
