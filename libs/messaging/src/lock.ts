/** Something that only one process of a service may do at a time. */
export interface Lock {
  /** Waits until it is ours; answers with nothing when `signal` ends the wait. `standingBy` hears each time that it is found to be another's. */
  acquire(signal: AbortSignal, standingBy?: () => void): Promise<Held | undefined>;
}

export interface Held {
  /** Aborts as soon as we can no longer be sure that the lock is ours: stop at once. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/** For a process that is alone by construction, and for tests. */
export const alone: Lock = {
  acquire: async () => ({ lost: new AbortController().signal, release: async () => undefined }),
};
