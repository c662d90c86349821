import { hasPassed } from '@cartage/eventsourcing';

/** What is read at every message and changes once a week: read again when it is older than this. Whoever reads while it is being read waits for that. */
export const remembered = <Value>(
  load: () => Promise<Value>,
  { forMs, now }: { readonly forMs: number; readonly now: () => Date },
): (() => Promise<Value>) => {
  let readAt = Number.NEGATIVE_INFINITY;
  let value: Promise<Value> | undefined;
  return () => {
    const at = now().getTime();
    if (value && !hasPassed(forMs, { since: readAt, now: at })) return value;
    readAt = at;
    const reading = load();
    value = reading;
    // A failure is nobody's answer but his who asked.
    reading.catch(() => {
      if (value === reading) value = undefined;
    });
    return reading;
  };
};
