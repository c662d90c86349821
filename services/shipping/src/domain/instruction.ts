import type { Reason, Sealed } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import type { Beside } from './beside';
import type { ShipmentEvent } from './events';

/** What the carrier is to do with a parcel that it could not deliver. */
export const instructionKinds = ['reattempt', 'reschedule', 'address', 'return'] as const;
export type InstructionKind = (typeof instructionKinds)[number];

/** What the carrier says; with a reason, it will not. */
export interface Outcome {
  readonly accepted: boolean;
  readonly reason?: Reason;
  readonly at: string;
}

/** An instruction of one parcel, and what the carrier says to it. */
export interface Instruction {
  /** With the parcel, our reference at the carrier. */
  readonly instructionId: string;
  readonly parcelId: string;
  readonly trackingNumber: string;
  readonly instruction: InstructionKind;
  /** Local date of the destination, to reschedule. */
  readonly day?: string;
  /** The corrected address. */
  readonly personal?: Sealed;
  readonly reason: Reason;
  readonly instructedAt: string;
  readonly outcome?: Outcome;
}

export interface InstructionOf {
  readonly instructionId: string;
  readonly parcelId: string;
}

export const isOf =
  ({ instructionId, parcelId }: InstructionOf) =>
  (each: InstructionOf): boolean =>
    each.instructionId === instructionId && each.parcelId === parcelId;

/** Beside the status: what was instructed, the newest last. */
export const instructed = (
  before: Beside,
  {
    instructionId,
    parcelId,
    trackingNumber,
    instruction,
    day,
    personal,
    reason,
    instructedAt,
  }: DataOf<ShipmentEvent, 'DeliveryInstructed'>,
): Beside => ({
  ...before,
  instructions: [
    ...(before.instructions ?? []),
    {
      ...{ instructionId, parcelId, trackingNumber, instruction: instruction as InstructionKind, reason, instructedAt },
      ...(day === undefined ? {} : { day }),
      ...(personal ? { personal } : {}),
    },
  ],
});

export const answered = (before: Beside, of: InstructionOf, outcome: Outcome): Beside => ({
  ...before,
  instructions: (before.instructions ?? []).map((each) => (isOf(of)(each) ? { ...each, outcome } : each)),
});
