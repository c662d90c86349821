import type { Reason } from '@cartage/contracts';
import type { ProviderAnswer } from './commands';

/** Why something failed, when it is tried again by itself, and whether it may have been done all the same. */
export interface Failure {
  readonly reason: Reason;
  readonly nextTryAt?: string;
  readonly outcomeUnknown?: boolean;
}

const MINUTE = 60_000;

interface Failing {
  readonly failures: number;
  readonly nextTryAt?: string;
}

/** When what fails now is tried again by itself; nothing, where that would not help or was done often enough: a person decides. */
export const nextTry = (
  { failures }: Pick<Failing, 'failures'>,
  { answer, pauses, now }: { readonly answer: ProviderAnswer; readonly pauses: readonly number[]; readonly now: string },
): { readonly nextTryAt?: string } => {
  const pause = pauses[failures];
  if (pause === undefined || (answer.status === 'declined' && answer.final)) return {};
  return { nextTryAt: new Date(Date.parse(now) + pause * MINUTE).toISOString() };
};

/** Whether a try that was to be made by itself is out of date: somebody tried meanwhile. */
export const scheduledOtherwise = (
  { nextTryAt }: Pick<Failing, 'nextTryAt'>,
  { scheduledFor }: { readonly scheduledFor?: string },
): boolean => scheduledFor !== undefined && nextTryAt !== scheduledFor;
