import type { Dropship } from '../../domain/events';
import type { Serving, SupplierPrices } from '../partners/partner';
import type { ShipmentsNeeds } from '../shipments';

/** Without letters that are taken for digits. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 13;

/** Said on the telephone and printed on bills: so many bits of the id that no two are the same. */
export const numberOf = (supplierOrderId: string): string => {
  let bits = BigInt(`0x${supplierOrderId.replaceAll('-', '')}`) & ((1n << BigInt(5 * LENGTH)) - 1n);
  let text = '';
  for (let i = 0; i < LENGTH; i += 1) {
    text = `${DIGITS[Number(bits & 31n)] ?? ''}${text}`;
    bits >>= 5n;
  }
  return `SO-${text}`;
};

export interface DrawingUpNeeds {
  readonly prices: Pick<SupplierPrices, 'of'>;
  readonly idFor: (...named: readonly string[]) => string;
}

/** What is ordered by a shipment of whoever fulfils it: of a WMS or a 3PL, who has our goods, nothing. */
export const drawingUp =
  ({ prices, idFor }: DrawingUpNeeds): ShipmentsNeeds['dropship'] =>
  async ({ partner, kind }: Serving, { shipmentId, lines }): Promise<Dropship | undefined> => {
    if (kind !== 'supplier') return undefined;
    const supplierOrderId = idFor('supplier-order', shipmentId);
    const costs = await prices.of(
      partner,
      lines.map(({ sku }) => sku),
    );
    return { supplierOrderId, number: numberOf(supplierOrderId), costs };
  };
