import type { Deadline } from '@cartage/eventsourcing';
import { nextCall, type LabelCall } from '../label-deadlines';
import { wayBackStream } from './way-back-log';

export interface ReturnLabelDue extends LabelCall {
  readonly returnId: string;
}

/** What is to be done about the label of a return once the carrier may answer again. */
export const laterOfReturn = (
  name: 'ReturnLabelOutstanding' | 'ReturnLabelToVoid',
  { returnId, labelId, attempt }: ReturnLabelDue,
  now: Date,
  pauseMs?: number,
): Deadline => nextCall({ name, stream: wayBackStream(returnId) }, { returnId, labelId, attempt }, { now, pauseMs });
