import type { ChannelOrder } from '../bodies';
import { Trouble } from '../problem';
import { countryCode } from './countries';
import type { Row } from './file';
import { lineMoney, pricedLine } from './money';

export const CHANNEL = 'uci';
export const LOCATION = 'UCI-1';

const lineOf = ({ lineId, sku, description, quantity, price }: Row): ChannelOrder['lines'][number] => ({
  lineId,
  sku,
  ...(description === '' ? {} : { description }),
  quantity,
  ...pricedLine(quantity, price),
});

/** The file's times have no zone; they are taken for UTC, which British time was for most of them. */
const timeOf = (date: string): string => `${date.replace(' ', 'T')}Z`;

const customerOf = (customer: string): ChannelOrder['customer'] =>
  customer === '' ? { name: 'Guest' } : { id: `uci-${customer}`, name: `Customer ${customer}` };

/** A sale invoice as an order of the channel: its lines as they are, duplicates included. The file has no addresses but the country. */
export const orderOf = (rows: readonly Row[]): ChannelOrder => {
  const [first] = rows;
  const country = first && countryCode(first.country);
  if (!first || country === undefined) throw new Trouble('An invoice without a line that can be ordered is no order.');
  return {
    placedAt: timeOf(first.date),
    currency: 'GBP',
    customer: customerOf(first.customer),
    shipTo: { lines: ['Address not in the file'], city: first.country, country },
    lines: rows.map(lineOf),
    payment: { method: 'card', token: 'tok_visa' },
    total: rows.reduce((sum, { quantity, price }) => sum + lineMoney(quantity, price), 0),
  };
};
