import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '@cartage/eventsourcing';

/** What must be so once all is quiet: whatever is not, a line each. */
export interface Check {
  readonly name: string;
  readonly breaches: () => Promise<readonly string[]>;
}

export interface Checked {
  readonly name: string;
  readonly breaches: readonly string[];
  readonly seconds: number;
}

export interface Patience {
  /** What is on its way may still come, for so long. */
  readonly withinMs: number;
  readonly everyMs: number;
}

/** As often as needed: what is missing now may come; what holds once all is quiet holds. */
export const settle = async ({ name, breaches }: Check, { withinMs, everyMs }: Patience): Promise<Checked> => {
  const began = performance.now();
  const look = (): Promise<readonly string[]> => breaches().catch((error: unknown) => [`could not be looked at: ${messageOf(error)}`]);
  let found = await look();
  while (found.length > 0 && performance.now() - began < withinMs) {
    await pause(everyMs);
    found = await look();
  }
  return { name, breaches: found, seconds: Math.round((performance.now() - began) / 1000) };
};
