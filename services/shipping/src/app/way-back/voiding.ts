import type { Deadlines, Meta } from '@cartage/eventsourcing';
import { returnLabelsToVoid, type ReturnLabel, type WayBack } from '../../domain/way-back/way-back';
import type { Carriers } from '../carrier';
import { carrierOf } from '../consignments';
import { CALL_OVER_MS } from '../label-voiding';
import { laterOfReturn, type ReturnLabelDue } from './deadlines';
import type { WayBackLog } from './way-back-log';

export interface ReturnVoidingNeeds {
  readonly log: WayBackLog;
  readonly carriers: Carriers;
  readonly deadlines: Pick<Deadlines, 'set'>;
  readonly now: () => Date;
}

interface ToVoid extends ReturnLabelDue {
  readonly carrier: string;
  /** Nobody is asking for it any more: what was not bought by now never will be. */
  readonly isSettled: boolean;
}

/** Tells the carrier that nobody uses a label; when it gives no answer, later again. A paid label is never left over. */
export const voidReturnLabel = async (needs: ReturnVoidingNeeds, left: ToVoid, meta: Meta): Promise<void> => {
  const { returnId, labelId, carrier, isSettled } = left;
  if (!isSettled) return needs.deadlines.set(laterOfReturn('ReturnLabelToVoid', left, needs.now(), CALL_OVER_MS));
  try {
    await carrierOf(needs, carrier).void({ reference: labelId });
  } catch {
    // Unknown, and so it is tried again: voiding twice is voiding once.
    return needs.deadlines.set(laterOfReturn('ReturnLabelToVoid', left, needs.now()));
  }
  const data = { labelId, now: needs.now().toISOString() };
  await needs.log.send(returnId, { type: 'RecordReturnLabelVoided', data }, { ...meta, commandId: `${meta.commandId}.void.${labelId}` });
};

/** Whose call to the carrier is over by now, bought or not. */
const isSettled = ({ asked, bought }: ReturnLabel, now: Date): boolean =>
  bought !== undefined || now.getTime() - Date.parse(asked.requestedAt) >= CALL_OVER_MS;

export const voidReturnLabels = async (
  needs: ReturnVoidingNeeds,
  { state, returnId, attempt }: { readonly state: WayBack; readonly returnId: string; readonly attempt: number },
  meta: Meta,
): Promise<void> => {
  for (const label of returnLabelsToVoid(state)) {
    const { labelId, carrier } = label.asked;
    await voidReturnLabel(needs, { returnId, labelId, carrier, attempt, isSettled: isSettled(label, needs.now()) }, meta);
  }
};
