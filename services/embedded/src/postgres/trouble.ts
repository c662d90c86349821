import { messageOf } from '@cartage/eventsourcing';
import { StartFailure } from '@cartage/service-kit';

/** Says of a step that failed what a person can do, and keeps the cause. */
export const troubleWith = (what: string, fix: string, cause: unknown): StartFailure =>
  new StartFailure([`${what}: ${messageOf(cause)}. ${fix}`], { cause });
