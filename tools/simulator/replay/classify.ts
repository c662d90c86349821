import { countryCode } from './countries';
import type { Row } from './file';
import { isNegative } from './money';

/** Why a line can be neither ordered nor returned. For ever: they stand in reports. */
export type Reason =
  | 'bad-debt-adjustment'
  | 'stock-write-off'
  | 'non-positive-quantity'
  | 'negative-price'
  | 'no-stock-code'
  | 'country-unknown'
  | 'credit-adds-units'
  | 'discount'
  | 'fee'
  | 'return-without-customer'
  | 'return-without-purchase';

/** What a line is, as far as it tells by itself; whether a credit is a return is seen by what was bought before. */
export type Kind = 'sale' | 'credit' | { readonly parked: Reason };

/** Money for something else than goods that came back. */
const charges: Readonly<Record<string, Reason>> = { D: 'discount', AMAZONFEE: 'fee', 'BANK CHARGES': 'fee', CRUK: 'fee' };

const creditKind = ({ sku, quantity, price, customer }: Row): Kind => {
  if (isNegative(price)) return { parked: 'negative-price' };
  if (!(quantity < 0)) return { parked: 'credit-adds-units' };
  const charge = Object.hasOwn(charges, sku) ? charges[sku] : undefined;
  if (charge) return { parked: charge };
  return customer === '' ? { parked: 'return-without-customer' } : 'credit';
};

const isFree = (price: string): boolean => Number(price) === 0;

const saleKind = ({ sku, quantity, price, country }: Row): Kind => {
  if (isNegative(price)) return { parked: 'negative-price' };
  if (!(quantity > 0)) return { parked: isFree(price) ? 'stock-write-off' : 'non-positive-quantity' };
  if (sku === '') return { parked: 'no-stock-code' };
  return countryCode(country) === undefined ? { parked: 'country-unknown' } : 'sale';
};

/** Credit notes begin with C, adjustments of bad debt with A. */
export const kindOf = (row: Row): Kind => {
  if (row.invoice.startsWith('C')) return creditKind(row);
  return row.invoice.startsWith('A') ? { parked: 'bad-debt-adjustment' } : saleKind(row);
};
