import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '@cartage/eventsourcing';
import type { Inject } from './faults/inject';
import type { Fault, FaultKind } from './plan';

/** What became of a fault. */
export interface Injected extends Fault {
  readonly outcome: 'injected' | 'not run' | 'failed';
  readonly error?: string;
}

export interface Running {
  /** When the last fault is over. */
  readonly over: Promise<void>;
  readonly injected: readonly Injected[];
}

export interface PlanRun {
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  /** So long a target is left alone after a fault, however late the next one is: what is never up shows nothing. */
  readonly restMs: number;
}

/**
 * Each fault at its time; one after the other on the same target, so that what is frozen is not killed before it goes on. Aborted, it begins no new
 * fault, and ends those that are under way.
 */
export const runPlan = (
  plan: readonly Fault[],
  injectors: Readonly<Record<FaultKind, Inject>>,
  { signal, say, restMs }: PlanRun,
): Running => {
  const began = performance.now();
  const injected: Injected[] = [];
  const wait = (ms: number): Promise<void> => pause(Math.max(0, ms), undefined, { signal }).catch(() => undefined);
  const carryOut = async (fault: Fault): Promise<Injected['outcome']> => {
    const release = await injectors[fault.kind](fault);
    if (!release) return 'not run';
    say(`${fault.number}: ${fault.kind} ${fault.target} for ${fault.forMs} ms`);
    await wait(fault.forMs);
    await release();
    return 'injected';
  };
  const one = async (fault: Fault): Promise<void> => {
    if (signal.aborted) return;
    await carryOut(fault).then(
      (outcome) => injected.push({ ...fault, outcome }),
      (error: unknown) => injected.push({ ...fault, outcome: 'failed', error: messageOf(error) }),
    );
  };
  const lastOn = new Map<string, Promise<void>>();
  const begin = async (): Promise<void> => {
    for (const fault of plan) {
      await wait(fault.atMs - (performance.now() - began));
      const before = lastOn.get(fault.target) ?? Promise.resolve();
      lastOn.set(
        fault.target,
        before.then(() => one(fault)).then(() => wait(restMs)),
      );
    }
    await Promise.all(lastOn.values());
  };
  return { over: begin(), injected };
};
