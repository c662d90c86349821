import type { Reason } from '@cartage/contracts';
import type { CarrierMessage, TrackingUpdate } from '../../app/carrier';
import type { Milestone } from '../../domain/events';
import { invalidWebhook, isRecord, optionalText, Strange, textAt, timeAt, understood } from './scan-fields';

/** The simulated carrier’s own words. */
const milestoneOf: ReadonlyMap<string, Milestone> = new Map<string, Milestone>([
  ['MANIFESTED', 'label-created'],
  ['PICKED_UP', 'picked-up'],
  ['HUB_SCAN', 'in-transit'],
  ['ON_VAN', 'out-for-delivery'],
  ['DELIVERED', 'delivered'],
  ['NOT_DELIVERED', 'attempt-failed'],
  ['PROBLEM', 'exception'],
  ['RETURN_TO_SENDER', 'returned'],
]);

const MOST_SCANS = 1_000;
/** A code that nobody translated yet is kept in the carrier's own words: carriers begin to send new ones without a word. */
const meaningOf = (code: string, remark: string | undefined): { readonly milestone: Milestone; readonly reason?: Reason } => {
  const milestone = milestoneOf.get(code) ?? 'other';
  if (milestone !== 'other' && remark === undefined) return { milestone };
  return {
    milestone,
    reason: { code: code.toLowerCase().replaceAll('_', '-'), ...(remark === undefined ? {} : { detail: remark }), by: 'carrier' },
  };
};

const updateAt = (scan: unknown, field: string): TrackingUpdate => {
  if (!isRecord(scan)) throw new Strange(field, 'must be an object');
  const place = optionalText(scan['hub'], `${field}.hub`);
  return {
    trackingNumber: textAt(scan['awb'], `${field}.awb`),
    eventId: textAt(scan['scanId'], `${field}.scanId`),
    ...meaningOf(textAt(scan['code'], `${field}.code`), optionalText(scan['remark'], `${field}.remark`)),
    occurredAt: timeAt(scan['scannedAt'], `${field}.scannedAt`),
    ...(place === undefined ? {} : { place }),
  };
};

/** `{ "scans": [{ "scanId", "awb", "code", "scannedAt", "hub"?, "remark"? }] }` in our vocabulary; what cannot be used of it costs only itself. */
export const messageOf = (payload: unknown): CarrierMessage => {
  const scans = isRecord(payload) ? payload['scans'] : undefined;
  if (!Array.isArray(scans) || scans.length > MOST_SCANS) throw invalidWebhook('scans', `must be a list of at most ${MOST_SCANS} scans`);
  return understood(scans, 'scans', updateAt);
};
