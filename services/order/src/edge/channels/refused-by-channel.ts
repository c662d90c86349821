import type { FieldError, Refused } from '@cartage/eventsourcing';
import { refusedByReceiver } from '@cartage/service-kit';

export const CHANNEL_REFUSED = 'CHANNEL_REFUSED';

/** What a channel refuses for good, in its own words. */
export const refusedByChannel = (faults: readonly FieldError[]): Refused => refusedByReceiver(CHANNEL_REFUSED, faults);
