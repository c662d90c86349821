import type { Table } from './table';
import { dimensions } from './dimensions';
import { orderTables } from './order-tables';
import { paymentTables } from './payment-tables';
import { returnTables } from './return-tables';
import { shippingTables } from './shipping-tables';
import { stockTables } from './stock-tables';

/** The star: every table of it, dimensions first. */
export const star: readonly Table[] = [...dimensions, ...orderTables, ...paymentTables, ...shippingTables, ...returnTables, ...stockTables];

const byName: ReadonlyMap<string, Table> = new Map(star.map((each) => [each.name, each]));

export const tableNamed = (name: string): Table => {
  const found = byName.get(name);
  if (!found) throw new Error(`The star has no table ${name}.`);
  return found;
};
