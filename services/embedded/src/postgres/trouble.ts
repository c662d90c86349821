import { StartFailure } from '@cartage/service-kit';

/** Says of a step that failed what a person can do, and keeps the cause. */
export const troubleWith = (what: string, fix: string, cause: unknown): StartFailure =>
  new StartFailure([`${what}: ${cause instanceof Error ? cause.message : String(cause)}. ${fix}`], { cause });
