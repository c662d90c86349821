import type { Queue } from '../view';
import { auditFindings } from './audit-findings';
import { carrierClaims } from './carrier-claims';
import { deadLetters } from './dead-letters';
import { captureFailed, refundFailed, voidFailed } from './failed-money';
import { holds } from './holds';
import { myTasks } from './my-tasks';
import { parkedFacts } from './parked-facts';
import { paymentReview } from './payment-review';
import { refusedMessages } from './refused-messages';
import { returnsToApprove, returnsToGrade, returnsToReceive } from './returns';
import { settlementMismatches } from './settlement-mismatches';
import { comingBack, labelFailures, undelivered } from './shipping';
import { shortages } from './shortages';
import { unfillable } from './unfillable';

/** All queues, in the order in which they are shown. To add one: its file, and its line here. */
export const queues: readonly Queue[] = [
  myTasks,
  holds,
  paymentReview,
  shortages,
  unfillable,
  labelFailures,
  undelivered,
  comingBack,
  carrierClaims,
  returnsToApprove,
  returnsToReceive,
  returnsToGrade,
  refundFailed,
  captureFailed,
  voidFailed,
  settlementMismatches,
  refusedMessages,
  parkedFacts,
  deadLetters,
  auditFindings,
];
