import type { Queue } from '../view';
import { deadLetters } from './dead-letters';
import { captureFailed, refundFailed, voidFailed } from './failed-money';
import { holds } from './holds';
import { paymentReview } from './payment-review';
import { returnsToApprove, returnsToGrade, returnsToReceive } from './returns';
import { shortages } from './shortages';
import { unfillable } from './unfillable';

/** All queues, in the order in which they are shown. To add one: its file, and its line here. */
export const queues: readonly Queue[] = [
  holds,
  paymentReview,
  shortages,
  unfillable,
  returnsToApprove,
  returnsToReceive,
  returnsToGrade,
  refundFailed,
  captureFailed,
  voidFailed,
  deadLetters,
];
