import { normalised, type Reason } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import type { CarrierMessage, NotUnderstood, TrackingUpdate } from '../../app/carrier';
import type { Milestone } from '../../domain/events';

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
const zoned = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

const EARLIEST = Date.UTC(2000, 0, 1);

/** Why one scan of a message cannot be used. */
class Strange extends Error {
  constructor(
    readonly field: string,
    message: string,
  ) {
    super(message);
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textAt = (value: unknown, field: string): string => {
  const text = typeof value === 'string' ? normalised(value) : '';
  if (text.length > 0 && text.length <= 200) return text;
  throw new Strange(field, 'must be a text of 1 to 200 characters');
};

const optionalText = (value: unknown, field: string): string | undefined =>
  value === undefined || value === null ? undefined : textAt(value, field);

const timeAt = (value: unknown, field: string): string => {
  const time = typeof value === 'string' && zoned.test(value) ? new Date(value) : undefined;
  if (!time || Number.isNaN(time.getTime())) throw new Strange(field, 'must be an ISO 8601 time with its zone');
  if (time.getTime() >= EARLIEST) return time.toISOString();
  throw new Strange(field, 'must be a time from 2000 on');
};

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

const strange = (scan: unknown, { field, message }: Strange): NotUnderstood => {
  const id = isRecord(scan) && typeof scan['scanId'] === 'string' ? scan['scanId'].slice(0, 200) : undefined;
  return { field, ...(id === undefined ? {} : { eventId: id }), message };
};

/** `{ "scans": [{ "scanId", "awb", "code", "scannedAt", "hub"?, "remark"? }] }` in our vocabulary; what cannot be used of it costs only itself. */
export const messageOf = (payload: unknown): CarrierMessage => {
  const scans = isRecord(payload) ? payload['scans'] : undefined;
  if (!Array.isArray(scans) || scans.length > MOST_SCANS) throw invalid('scans', `must be a list of at most ${MOST_SCANS} scans`);
  const updates: TrackingUpdate[] = [];
  const notUnderstood: NotUnderstood[] = [];
  scans.forEach((scan: unknown, n) => {
    try {
      updates.push(updateAt(scan, `scans[${n}]`));
    } catch (error) {
      if (!(error instanceof Strange)) throw error;
      notUnderstood.push(strange(scan, error));
    }
  });
  return { updates, notUnderstood };
};

const invalid = (field: string, message: string): Refused =>
  new Refused('WEBHOOK_INVALID', `${field}: ${message}`, 'invalid', [{ field, code: 'WEBHOOK_INVALID', message }]);
