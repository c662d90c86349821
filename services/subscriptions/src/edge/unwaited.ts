/**
 * Settings of a transaction that does not wait until it is on disk, so that it does not stand in the way of those that do: who commands something waits for them. What Postgres loses when it crashes
 * within a moment of it is the end of what was written, and is done again: what was sent then is sent again, under the same id, as after any crash.
 */
export const UNWAITED = { synchronous_commit: 'off' };
