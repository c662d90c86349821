import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Reason } from '@cartage/contracts';
import type { CarrierMessage, NumberedParcel, TrackingUpdate } from '../../../app/carrier';
import type { Milestone } from '../../../domain/events';
import { invalidWebhook, isRecord, optionalText, textAt, timeAt, understood } from '../scan-fields';
import type { EasyPostApi } from './client';

/** EasyPost’s statuses. What is not here is kept in its own words. */
const milestoneOf: ReadonlyMap<string, Milestone> = new Map<string, Milestone>([
  ['pre_transit', 'label-created'],
  ['in_transit', 'in-transit'],
  ['out_for_delivery', 'out-for-delivery'],
  ['delivered', 'delivered'],
  ['return_to_sender', 'returned'],
  ['failure', 'exception'],
  ['error', 'exception'],
  ['cancelled', 'exception'],
]);

/** Where the detail says more than the status: `status_detail` of EasyPost. */
const detailed: ReadonlyMap<string, Milestone> = new Map<string, Milestone>([
  ['received_at_origin_facility', 'picked-up'],
  ['delivery_exception', 'attempt-failed'],
  ['refused', 'attempt-failed'],
  ['transit_exception', 'exception'],
  ['weather_delay', 'exception'],
  ['damaged', 'exception'],
  ['lost', 'exception'],
  ['held', 'exception'],
]);
const onTheWay: readonly string[] = ['in_transit', 'out_for_delivery', 'failure'];

const withReason: readonly Milestone[] = ['attempt-failed', 'exception', 'returned', 'other'];

const meaningOf = (status: string, detail: string | undefined): Milestone =>
  (onTheWay.includes(status) ? detailed.get(detail ?? '') : undefined) ?? milestoneOf.get(status) ?? 'other';

const reasonOf = (code: string, message: string | undefined): Reason => ({
  code: code.replaceAll('_', '-'),
  ...(message === undefined ? {} : { detail: message }),
  by: 'carrier',
});

const placeOf = (location: unknown, field: string): string | undefined => {
  if (!isRecord(location)) return undefined;
  const parts = ['city', 'state', 'country'].flatMap((part) => optionalText(location[part], `${field}.${part}`) ?? []);
  return parts.length > 0 ? parts.join(', ') : undefined;
};

/** EasyPost numbers no scans: what it says of one is its id, by a webhook as by a question. */
const idOf = (...said: readonly (string | undefined)[]): string =>
  createHash('sha256').update(JSON.stringify(said)).digest('base64url').slice(0, 22);

const updateOf = (trackingNumber: string, detail: unknown, field: string): TrackingUpdate => {
  const said = isRecord(detail) ? detail : {};
  const status = textAt(said['status'], `${field}.status`);
  const code = optionalText(said['status_detail'], `${field}.status_detail`);
  const message = optionalText(said['message'], `${field}.message`);
  const occurredAt = timeAt(said['datetime'], `${field}.datetime`);
  const place = placeOf(said['tracking_location'], `${field}.tracking_location`);
  const milestone = meaningOf(status, code);
  return {
    trackingNumber,
    eventId: idOf(occurredAt, status, code, message, place),
    milestone,
    ...(withReason.includes(milestone) ? { reason: reasonOf(code ?? status, message) } : {}),
    occurredAt,
    ...(place === undefined ? {} : { place }),
  };
};

const MOST_DETAILS = 1_000;

const messageOf = (tracker: Readonly<Record<string, unknown>>, at: string): CarrierMessage => {
  const details = tracker['tracking_details'] ?? [];
  const number = tracker['tracking_code'];
  if (!Array.isArray(details) || details.length > MOST_DETAILS || typeof number !== 'string' || number === '')
    throw invalidWebhook(at, `must be a tracker with its tracking_code and at most ${MOST_DETAILS} tracking_details`);
  return understood(details, `${at}.tracking_details`, (detail, field) => updateOf(number, detail, field));
};

/** An event of EasyPost: what it tells of trackers is scans, and what it tells of anything else is no news of a parcel. */
export const normalise = (payload: unknown): CarrierMessage => {
  if (!isRecord(payload) || payload['object'] !== 'Event' || !isRecord(payload['result']))
    throw invalidWebhook('object', 'must be an Event of EasyPost with its result');
  const { result } = payload;
  return isRecord(result) && result['object'] === 'Tracker' ? messageOf(result, 'result') : { updates: [], notUnderstood: [] };
};

/** An event says when it was made, and that is signed with the rest of it. */
export const madeAt = (payload: unknown): string | undefined => {
  const at = isRecord(payload) ? payload['created_at'] : undefined;
  return typeof at === 'string' && at.length <= 40 ? at : undefined;
};

/** Made when its label was bought; asked for again, it is the same one. */
export const track = async (api: EasyPostApi, parcels: readonly NumberedParcel[]): Promise<CarrierMessage> => {
  const messages: CarrierMessage[] = [];
  for (const { trackingNumber } of parcels) {
    const tracker = await api.post<Readonly<Record<string, unknown>>>('trackers', { tracker: { tracking_code: trackingNumber } });
    messages.push(messageOf(tracker, 'tracker'));
  }
  return { updates: messages.flatMap(({ updates }) => updates), notUnderstood: messages.flatMap(({ notUnderstood }) => notUnderstood) };
};

const signed = /^hmac-sha256-hex=([\da-f]{64})$/;

/** `hmac-sha256-hex=<hex HMAC-SHA256 of the body>`, with the secret in the form NFKD, compared in constant time. */
export const isSignedBy = (secret: string, signature: string | undefined, rawBody: Uint8Array): boolean => {
  const given = signed.exec(signature ?? '')?.[1];
  if (given === undefined || secret === '') return false;
  const key = Buffer.from(secret.normalize('NFKD'), 'utf8');
  return timingSafeEqual(Buffer.from(given, 'hex'), createHmac('sha256', key).update(rawBody).digest());
};
