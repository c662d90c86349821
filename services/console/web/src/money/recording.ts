import type { Schemas } from '../api/client';
import { instantsOf } from '../formats/days';
import { plainMoney } from '../formats/formats';
import { minorOf } from '../forms/amounts';
import type { Capture } from './captures';

/** A chargeback as somebody writes it down. */
export interface Recording {
  readonly order: string;
  /** The capture that was chosen; absent: the first. */
  readonly source?: string;
  /** As it was written; absent: all of the capture. */
  readonly amount?: string;
  readonly reasonCode: string;
  readonly reference: string;
  /** A day: until its end. */
  readonly respondBy: string;
}

export const chosenOf = (captures: readonly Capture[], source: string | undefined): Capture | undefined =>
  captures.find((each) => each.source === source) ?? captures[0];

export const amountOf = ({ amount }: Recording, capture: Capture): string => amount ?? plainMoney(capture.amount, capture.currency);

/** What is sent of it; nothing where its amount is none. */
export const chargebackBody = (recording: Recording, capture: Capture): Schemas['ChargebackDto'] | undefined => {
  const amount = minorOf(amountOf(recording, capture), capture.currency);
  if (amount === undefined) return undefined;
  const [reference, { to: respondBy }] = [recording.reference.trim(), instantsOf({ to: recording.respondBy })];
  return {
    ...{ captureId: capture.source, amount, reasonCode: recording.reasonCode.trim() },
    ...(reference === '' ? {} : { reference }),
    ...(respondBy === undefined ? {} : { respondBy }),
  };
};
