import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Booked, Carrier, Consignment } from '../../app/carrier';
import { labelPdf } from './label-pdf';
import { updatesOf } from './simulated-webhook';
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
const signed = /^sha256=([\da-f]{64})$/;

const serviceOf = ({ service, priority }: Consignment): string => service ?? (priority === 'expedited' ? 'express' : 'standard');

const bookedOf = (consignment: Consignment): Booked => {
  const service = serviceOf(consignment);
  return {
    status: 'booked',
    trackingNumber: trackingNumberOf('CTG', consignment.shipmentId),
    service,
    currency: 'GBP',
    cost: costOf(consignment, service),
  };
};

/**
 * A carrier without a network behind it. It remembers nothing: tracking number and cost follow from the shipment, so booking twice is booking
 * once. Its webhooks carry `Simulated-Signature: sha256=<hex HMAC-SHA256 of the body>`.
 */
export const simulatedCarrier = ({ secret, embargo }: SimulatedCarrierOptions): Carrier => ({
  name: NAME,
  services,
  signatureHeader: 'Simulated-Signature',
  book: async (consignment) => {
    const { country } = consignment.recipient.address;
    return embargo.includes(country) ? { status: 'refused', reason: `The carrier does not deliver to ${country}.` } : bookedOf(consignment);
  },
  cancel: async () => undefined,
  label: (consignment, { service, trackingNumber }) => labelPdf(consignment, { carrier: NAME, service, trackingNumber }),
  normalise: updatesOf,
  verify: (signature, rawBody) => {
    const given = signed.exec(signature ?? '')?.[1];
    if (given === undefined) return false;
    return timingSafeEqual(Buffer.from(given, 'hex'), createHmac('sha256', secret).update(rawBody).digest());
  },
});
