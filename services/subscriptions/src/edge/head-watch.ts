import type { Kit } from '@cartage/service-kit';
import type { FactLog } from '../app/fact-log';
import type { Nudge } from './nudge';

const LOOK_EVERY_MS = 200;

interface Waiter {
  readonly position: number;
  readonly wake: () => void;
}

/** Wakes who waits for more than it has. What other processes entered is looked for once for all of them, and only while somebody waits. */
export class HeadWatch {
  private readonly waiting = new Set<Waiter>();
  private readonly never = new AbortController().signal;
  private isWatching = false;

  constructor(
    private readonly facts: Pick<FactLog, 'head'>,
    private readonly nudge: Nudge,
    private readonly kit: Pick<Kit, 'clock' | 'log'>,
  ) {}

  /** Until there is more than this position, or it is time. */
  readonly wait = async (position: number, ms: number, signal: AbortSignal): Promise<void> => {
    const over = new AbortController();
    const waiter = { position, wake: () => over.abort() };
    this.waiting.add(waiter);
    if (!this.isWatching) void this.watch();
    try {
      await this.kit.clock.pause(ms, AbortSignal.any([signal, over.signal]));
    } finally {
      this.waiting.delete(waiter);
    }
  };

  private async watch(): Promise<void> {
    this.isWatching = true;
    while (this.waiting.size > 0) {
      await this.nudge.wait(LOOK_EVERY_MS, this.never);
      await this.look();
    }
    this.isWatching = false;
  }

  private async look(): Promise<void> {
    try {
      const head = this.waiting.size > 0 ? await this.facts.head() : 0;
      for (const { position, wake } of this.waiting) if (position < head) wake();
    } catch (error) {
      this.kit.log.warn({ err: error }, 'it is not known whether there is more to tell, which is looked for again');
    }
  }
}
