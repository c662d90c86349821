import type { Carrier, Consignment, NotBooked } from '../../app/carrier';
import { labelPrinter } from './label';
import type { Price, RateTable, Unpriced } from './rate-table';
import { isSignedBy } from './signed-scans';
import { messageOf } from './simulated-webhook';
import { trackingNumberOf } from './tracking-number';

export interface TableRateOptions {
  readonly table: RateTable;
  /** Signs its webhooks. */
  readonly secret: string;
}

const NAME = 'table-rate';

const refused = ({ code, detail }: Unpriced): NotBooked => ({ status: 'refused', reason: { code, detail, by: 'carrier' } });
const isPriced = (price: Price | Unpriced): price is Price => 'cost' in price;

const numbersOf = ({ reference, parcels }: Consignment) =>
  parcels.map(({ parcelId }) => ({ parcelId, trackingNumber: trackingNumberOf('CTT', `${reference}/${parcelId}`) }));

/**
 * A carrier by agreement, or vans of our own: what it costs stands in a table, and its labels are ours. Nobody is called: numbers follow from the reference, so
 * booking twice is booking once. Its scans are told as those of the simulated carrier, signed in `Table-Rate-Signature`.
 */
export const tableRateCarrier = ({ table, secret }: TableRateOptions): Carrier => {
  const printer = labelPrinter();
  return {
    name: NAME,
    services: table.services,
    signatureHeader: 'Table-Rate-Signature',
    quote: async (consignment) =>
      table.services.map((service) => {
        const price = table.priceOf(service, consignment);
        return isPriced(price) ? { service, currency: table.currency, ...price } : { service, reason: refused(price).reason };
      }),
    book: async (consignment) => {
      const { service } = consignment;
      const fault = printer.unprintable(consignment);
      if (fault) return refused({ code: 'label-unprintable', detail: `${fault.field}: ${fault.message}` });
      const price = table.priceOf(service, consignment);
      if (!isPriced(price)) return refused(price);
      return { status: 'booked', parcels: numbersOf(consignment), service, currency: table.currency, cost: price.cost };
    },
    void: async () => undefined,
    label: (consignment, { service, parcels }) => printer.pdf(consignment, { carrier: NAME, service, parcels }),
    zpl: async (consignment, { service, parcels }, dpi) => printer.zpl(consignment, { carrier: NAME, service, parcels }, dpi),
    counterCode: ({ parcels }) => parcels.map(({ trackingNumber }) => trackingNumber).join(' '),
    normalise: (payload) => messageOf(payload),
    verify: (signature, rawBody) => isSignedBy(secret, signature, rawBody),
  };
};
