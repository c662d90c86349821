import type { Carrier } from '../../../app/carrier';
import type { Senders } from './addresses';
import { easyPostApi, type EasyPostAccount } from './client';
import { bookPickup, cancelPickup, manifest } from './days';
import { labelPdf, labelZpl } from './labels';
import { book, quote, voidBooking, type EasyPostService } from './orders';
import { isSignedBy, madeAt, normalise, track } from './trackers';

export interface EasyPostOptions extends EasyPostAccount {
  /** Signs its webhooks. */
  readonly secret: string;
  readonly senders: Senders;
  /** From the slowest to the fastest. */
  readonly services: readonly EasyPostService[];
}

const entry = /^([a-z][a-z0-9-]{0,49})=([^/\s]+)\/(\S+)$/;

/** Reads `standard=USPS/GroundAdvantage,express=USPS/Express`. */
export const easyPostServicesOf = (entries: readonly string[]): readonly EasyPostService[] =>
  entries.map((text) => {
    const [, service = '', carrier = '', level = ''] = entry.exec(text) ?? [];
    if (service === '') throw new Error(`EASYPOST_SERVICES: ${JSON.stringify(text)} is not written as standard=USPS/GroundAdvantage.`);
    return { service, carrier, level };
  });

/** EasyPost, which buys from many carriers. Whatever is asked of it is asked by our reference, so that an unknown outcome is cured by asking again. */
export const easyPostCarrier = ({ key, url, secret, senders, services }: EasyPostOptions): Carrier => {
  const api = easyPostApi({ key, url });
  const needs = { api, senders, services };
  return {
    name: 'easypost',
    services: services.map(({ service }) => service),
    signatureHeader: 'X-Hmac-Signature',
    quote: (consignment) => quote(needs, consignment),
    book: (consignment) => book(needs, consignment),
    void: (booking) => voidBooking(needs, booking),
    label: (consignment, booked) => labelPdf(api, consignment, booked),
    zpl: (consignment, booked) => labelZpl(api, consignment, booked),
    track: (parcels) => track(api, parcels),
    normalise,
    madeAt,
    verify: (signature, rawBody) => isSignedBy(secret, signature, rawBody),
    manifest: (request) => manifest(needs, request),
    bookPickup: (request) => bookPickup(needs, request),
    cancelPickup: (reference) => cancelPickup(needs, reference),
  };
};
