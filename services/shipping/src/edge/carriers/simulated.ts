import type { Booked, Carrier, Consignment, NotBooked, QuoteRequest } from '../../app/carrier';
import { labelPrinter, type LabelPrinter } from './label';
import { isSignedBy } from './signed-scans';
import { messageOf } from './simulated-webhook';
import { costOf } from './tariff';
import { trackingNumberOf } from './tracking-number';

export interface SimulatedCarrierOptions {
  /** Signs its webhooks. */
  readonly secret: string;
  /** Countries (ISO 3166-1 alpha-2) that it does not deliver to. */
  readonly embargo: readonly string[];
}

const NAME = 'simulated';
const services = ['standard', 'express'] as const;

const days = { standard: 3, express: 1 } as const;

const costs = (consignment: QuoteRequest, service: string) => ({ currency: 'GBP', cost: costOf(consignment, service) });

const bookedOf = (consignment: Consignment): Booked => {
  const { service } = consignment;
  return {
    status: 'booked',
    parcels: consignment.parcels.map(({ parcelId }) => ({
      parcelId,
      trackingNumber: trackingNumberOf('CTG', `${consignment.reference}/${parcelId}`),
    })),
    service,
    ...costs(consignment, service),
  };
};

const refused = (code: string, detail: string): NotBooked => ({ status: 'refused', reason: { code, detail, by: 'carrier' } });

const refusalOf = (consignment: QuoteRequest, embargo: readonly string[], printer: LabelPrinter): NotBooked | undefined => {
  const { country } = consignment.recipient.address;
  if (embargo.includes(country)) return refused('country-not-served', `The carrier does not deliver to ${country}.`);
  const fault = printer.unprintable(consignment);
  return fault && refused('label-unprintable', `${fault.field}: ${fault.message}`);
};

/**
 * A carrier without a network behind it. It remembers nothing: tracking number and cost follow from the consignment, so booking twice is booking
 * once. Its webhooks carry `Simulated-Signature: sha256=<hex HMAC-SHA256 of the body>`.
 */
export const simulatedCarrier = ({ secret, embargo }: SimulatedCarrierOptions): Carrier => {
  const printer = labelPrinter();
  return {
    name: NAME,
    services,
    signatureHeader: 'Simulated-Signature',
    quote: async (consignment) => {
      const reason = refusalOf(consignment, embargo, printer)?.reason;
      return services.map((service) => (reason ? { service, reason } : { service, ...costs(consignment, service), days: days[service] }));
    },
    book: async (consignment) => refusalOf(consignment, embargo, printer) ?? bookedOf(consignment),
    void: async () => undefined,
    manifest: async ({ reference }) => ({ reference: trackingNumberOf('MAN', reference) }),
    bookPickup: async ({ reference, origin: { country = '' } }) =>
      embargo.includes(country)
        ? refused('country-not-served', `The carrier does not come to ${country}.`)
        : { status: 'booked', confirmation: trackingNumberOf('PUP', reference), currency: 'GBP', cost: 0 },
    cancelPickup: async () => undefined,
    instruct: async ({ recipient }) => {
      const country = recipient?.address.country ?? '';
      return embargo.includes(country)
        ? refused('country-not-served', `The carrier does not deliver to ${country}.`)
        : { status: 'accepted' };
    },
    label: (consignment, { service, parcels }) => printer.pdf(consignment, { carrier: NAME, service, parcels }),
    zpl: async (consignment, { service, parcels }, dpi) => printer.zpl(consignment, { carrier: NAME, service, parcels }, dpi),
    counterCode: ({ parcels }) => parcels.map(({ trackingNumber }) => trackingNumber).join(' '),
    normalise: (payload) => messageOf(payload),
    verify: (signature, rawBody) => isSignedBy(secret, signature, rawBody),
  };
};
