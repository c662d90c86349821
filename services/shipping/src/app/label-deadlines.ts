import type { Deadline } from '@cartage/eventsourcing';

/** A call to a carrier about a label. */
export interface LabelCall {
  readonly labelId: string;
  /** How often the carrier gave no answer before. */
  readonly attempt: number;
}

export interface LabelDeadline extends LabelCall {
  readonly shipmentId: string;
}

/** Between one attempt and the next: an outage of a minute costs a minute, one of a day no thousand calls. The last one goes on. */
const PAUSES_S = [30, 60, 120, 300, 600, 900];

const pauseAfterCall = ({ attempt }: LabelCall): number => (PAUSES_S[Math.min(attempt, PAUSES_S.length - 1)] ?? 0) * 1_000;

/** When a carrier may answer again; of each attempt there is one, however often it is set. `of` names whose label it is. */
export const nextCall = <Of extends LabelCall>(
  { name, stream }: Pick<Deadline, 'name' | 'stream'>,
  of: Of,
  { now, pauseMs = pauseAfterCall(of) }: { readonly now: Date; readonly pauseMs?: number | undefined },
): Deadline => ({
  id: `${name}-${of.labelId}-${of.attempt + 1}`,
  stream,
  name,
  dueAt: new Date(now.getTime() + pauseMs).toISOString(),
  data: { ...of, attempt: of.attempt + 1 },
});

/** What is to be done about the label of a shipment then. */
export const later = (
  name: 'LabelOutstanding' | 'LabelToVoid',
  { shipmentId, labelId, attempt }: LabelDeadline,
  now: Date,
  pauseMs?: number,
): Deadline => nextCall({ name, stream: `shipment-${shipmentId}` }, { shipmentId, labelId, attempt }, { now, pauseMs });
