import { isKeepable, normalised } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import type { CarrierMessage, NotUnderstood, TrackingUpdate } from '../../app/carrier';

const zoned = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

const MOST_LETTERS = 200;
const EARLIEST = Date.UTC(2000, 0, 1);

/** Why one scan of a message cannot be used. */
export class Strange extends Error {
  constructor(
    readonly field: string,
    message: string,
  ) {
    super(message);
  }
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const textAt = (value: unknown, field: string): string => {
  const text = typeof value === 'string' ? normalised(value) : '';
  if (text.length > 0 && text.length <= MOST_LETTERS && isKeepable(text)) return text;
  throw new Strange(field, `must be a text of 1 to ${MOST_LETTERS} characters`);
};

/** Also the half of a letter at which a text was cut. */
const unkeepable = /[\0\p{Cs}]/gu;

/** Words for people: an empty one says nothing, and of a long one the beginning has to do. */
export const optionalText = (value: unknown, field: string): string | undefined => {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new Strange(field, 'must be a text');
  return normalised(value).slice(0, MOST_LETTERS).replace(unkeepable, '').trim() || undefined;
};

export const timeAt = (value: unknown, field: string): string => {
  const time = typeof value === 'string' && zoned.test(value) ? new Date(value) : undefined;
  if (!time || Number.isNaN(time.getTime())) throw new Strange(field, 'must be an ISO 8601 time with its zone');
  if (time.getTime() >= EARLIEST) return time.toISOString();
  throw new Strange(field, 'must be a time from 2000 on');
};

export const invalidWebhook = (field: string, message: string): Refused =>
  new Refused('WEBHOOK_INVALID', `${field}: ${message}`, 'invalid', [{ field, code: 'WEBHOOK_INVALID', message }]);

const strange = (scan: unknown, { field, message }: Strange): NotUnderstood => {
  const id = isRecord(scan) && typeof scan['scanId'] === 'string' ? scan['scanId'].slice(0, 200) : undefined;
  return { field, ...(id === undefined ? {} : { eventId: id }), message };
};

/** Each scan of a message by itself: what cannot be used of it costs only itself. */
export const understood = (
  scans: readonly unknown[],
  at: string,
  updateAt: (scan: unknown, field: string) => TrackingUpdate,
): CarrierMessage => {
  const updates: TrackingUpdate[] = [];
  const notUnderstood: NotUnderstood[] = [];
  scans.forEach((scan: unknown, n) => {
    try {
      updates.push(updateAt(scan, `${at}[${n}]`));
    } catch (error) {
      if (!(error instanceof Strange)) throw error;
      notUnderstood.push(strange(scan, error));
    }
  });
  return { updates, notUnderstood };
};
