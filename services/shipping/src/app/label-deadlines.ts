import type { Deadline } from '@cartage/eventsourcing';

export interface LabelDeadline {
  readonly shipmentId: string;
  readonly labelId: string;
  /** How often the carrier gave no answer before. */
  readonly attempt: number;
}

/** Between one attempt and the next: an outage of a minute costs a minute, one of a day no thousand calls. The last one goes on. */
const PAUSES_S = [30, 60, 120, 300, 600, 900];

/** What is to be done once the carrier may answer again; of each attempt there is one, however often it is set. */
export const later = (
  name: 'LabelOutstanding' | 'LabelToVoid',
  { shipmentId, labelId, attempt }: LabelDeadline,
  now: Date,
  pauseMs = (PAUSES_S[Math.min(attempt, PAUSES_S.length - 1)] ?? 0) * 1_000,
): Deadline => ({
  id: `${name}-${labelId}-${attempt + 1}`,
  stream: `shipment-${shipmentId}`,
  name,
  dueAt: new Date(now.getTime() + pauseMs).toISOString(),
  data: { shipmentId, labelId, attempt: attempt + 1 },
});
