import { Refused } from '@cartage/eventsourcing';
import type { TrackingUpdate } from '../../app/carrier';
import type { Milestone } from '../../domain/events';

/** The simulated carrier’s own words. */
const milestoneOf: ReadonlyMap<unknown, Milestone> = new Map<unknown, Milestone>([
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

const invalid = (field: string, message: string): Refused =>
  new Refused('WEBHOOK_INVALID', `${field}: ${message}`, 'invalid', [{ field, code: 'WEBHOOK_INVALID', message }]);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textAt = (value: unknown, field: string): string => {
  if (typeof value === 'string' && value.length > 0 && value.length <= 200) return value;
  throw invalid(field, 'must be a text of 1 to 200 characters');
};

const optionalText = (value: unknown, field: string): string | undefined =>
  value === undefined || value === null ? undefined : textAt(value, field);

const timeAt = (value: unknown, field: string): string => {
  const time = typeof value === 'string' && zoned.test(value) ? new Date(value) : undefined;
  if (time && !Number.isNaN(time.getTime())) return time.toISOString();
  throw invalid(field, 'must be an ISO 8601 time with its zone');
};

const milestoneAt = (value: unknown, field: string): Milestone => {
  const milestone = milestoneOf.get(value);
  if (milestone) return milestone;
  throw invalid(field, `must be one of ${[...milestoneOf.keys()].join(', ')}`);
};

const updateAt = (scan: unknown, field: string): TrackingUpdate => {
  if (!isRecord(scan)) throw invalid(field, 'must be an object');
  const place = optionalText(scan['hub'], `${field}.hub`);
  const reason = optionalText(scan['remark'], `${field}.remark`);
  return {
    trackingNumber: textAt(scan['awb'], `${field}.awb`),
    eventId: textAt(scan['scanId'], `${field}.scanId`),
    milestone: milestoneAt(scan['code'], `${field}.code`),
    occurredAt: timeAt(scan['scannedAt'], `${field}.scannedAt`),
    ...(place === undefined ? {} : { place }),
    ...(reason === undefined ? {} : { reason }),
  };
};

/** `{ "scans": [{ "scanId", "awb", "code", "scannedAt", "hub"?, "remark"? }] }` in our vocabulary. */
export const updatesOf = (payload: unknown): readonly TrackingUpdate[] => {
  const scans = isRecord(payload) ? payload['scans'] : undefined;
  if (!Array.isArray(scans) || scans.length > MOST_SCANS) throw invalid('scans', `must be a list of at most ${MOST_SCANS} scans`);
  return scans.map((scan: unknown, n) => updateAt(scan, `scans[${n}]`));
};
