import type { CustomerCondition, CustomerReason } from '../../../domain/customer-words';
import type { Obstacle } from '../../../domain/eligibility';
import type { waysToSendBack } from '../../../domain/policy';
import type { ReturnStatus } from '../../../domain/state';

/** What a customer may want for goods that come back. */
export const outcomes = ['original', 'store-credit', 'exchange'] as const;
export type Outcome = (typeof outcomes)[number];

/** What is wrong with what a customer sent. */
export const pageFaults = [
  'nothing-chosen',
  'quantity',
  'reason',
  'condition',
  'outcome',
  'not-exchanged',
  'article',
  'note',
  'card',
  'form',
  'not-now',
  'not-withdrawn',
] as const;
export type PageFault = (typeof pageFaults)[number];

type Words<Name extends string> = { readonly [Each in Name]: string };

/** The page on which customers send something back, in one language. */
export interface PagePhrases {
  readonly title: string;
  /** Of the choice of languages. */
  readonly language: string;
  readonly intro: string;
  /** There is nothing behind the link; it is too old; nobody has heard of its order yet. */
  readonly unknown: string;
  readonly expired: string;
  readonly early: string;
  readonly nothingLeft: string;
  readonly notBack: string;
  readonly units: string;
  readonly until: string;
  readonly reason: string;
  readonly condition: string;
  readonly choose: string;
  readonly outcome: string;
  readonly article: string;
  readonly note: string;
  readonly check: string;
  readonly confirmTitle: string;
  readonly confirm: string;
  readonly change: string;
  readonly back: string;
  readonly delivery: string;
  readonly sendBy: string;
  readonly done: string;
  readonly withdrawn: string;
  readonly yours: string;
  readonly number: string;
  readonly tracking: string;
  readonly label: string;
  readonly code: string;
  readonly paid: string;
  readonly moneyBy: string;
  readonly withdraw: string;
  readonly more: string;
  readonly correct: string;
  readonly obstacles: Words<Obstacle>;
  readonly reasons: Words<CustomerReason>;
  readonly conditions: Words<CustomerCondition>;
  readonly outcomes: Words<Outcome>;
  readonly payers: Words<'merchant' | 'customer'>;
  readonly ways: Words<(typeof waysToSendBack)[number]>;
  readonly standings: Words<'authorized' | 'kept' | 'review' | 'declined'>;
  readonly statuses: Words<ReturnStatus>;
  readonly fees: Words<'restocking' | 'return' | 'condition'>;
  readonly faults: Words<PageFault>;
}
