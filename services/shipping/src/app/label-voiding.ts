import type { Deadlines, Meta } from '@cartage/eventsourcing';
import { labelsToVoid, type LabelToVoid } from '../domain/beside';
import type { Shipment } from '../domain/shipment';
import type { Carriers } from './carrier';
import { carrierOf } from './consignments';
import { later, type LabelDeadline } from './label-deadlines';
import type { ShipmentLog } from './shipment-log';

export interface VoidingNeeds {
  readonly log: ShipmentLog;
  readonly carriers: Carriers;
  readonly deadlines: Deadlines;
  readonly now: () => Date;
}

/** Longer than any call to a carrier lasts: what was asked for before is booked by then, or never will be. */
export const CALL_OVER_MS = 5 * 60_000;

interface Left extends LabelDeadline {
  readonly label: LabelToVoid;
}

/** How long nobody can tell yet whether a label was bought. */
const unsettledMs = ({ parcels, since }: LabelToVoid, now: Date): number =>
  parcels ? 0 : Math.max(0, Date.parse(since) + CALL_OVER_MS - now.getTime());

/** Tells the carrier that nobody uses a label; when it gives no answer, later again. A paid label is never left over. */
export const voidLabel = async (needs: VoidingNeeds, left: Left, meta: Meta): Promise<void> => {
  const { shipmentId, labelId, label } = left;
  const wait = unsettledMs(label, needs.now());
  if (wait > 0) return needs.deadlines.set(later('LabelToVoid', left, needs.now(), wait));
  try {
    await carrierOf(needs, label.carrier).void({ reference: labelId, ...(label.parcels ? { parcels: label.parcels } : {}) });
  } catch {
    // Unknown, and so it is tried again: voiding twice is voiding once.
    return needs.deadlines.set(later('LabelToVoid', left, needs.now()));
  }
  const command = { type: 'RecordLabelVoided', data: { labelId, now: needs.now().toISOString() } } as const;
  await needs.log.send(shipmentId, command, { ...meta, commandId: `${meta.commandId}.void.${labelId}` });
};

export const voidLeftOver = async (
  needs: VoidingNeeds,
  { shipmentId, shipment, attempt = 0 }: { readonly shipmentId: string; readonly shipment: Shipment; readonly attempt?: number },
  meta: Meta,
): Promise<void> => {
  for (const label of labelsToVoid(shipment)) await voidLabel(needs, { shipmentId, labelId: label.labelId, attempt, label }, meta);
};
