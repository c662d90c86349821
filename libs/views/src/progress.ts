import { messageOf, Refused, START, type Position } from '@cartage/eventsourcing';

interface Waiter {
  readonly view: string;
  readonly position: Position;
  readonly resolve: () => void;
}

/** What this process knows of how far its views are, who waits for them, and what is wrong with them. */
export class Progress {
  private readonly positions = new Map<string, Position>();
  private readonly errors = new Map<string, string>();
  private readonly waiters = new Set<Waiter>();

  get awaited(): readonly string[] {
    return [...new Set([...this.waiters].map(({ view }) => view))];
  }

  has(view: string, position: Position): boolean {
    return (this.positions.get(view) ?? START) >= position;
  }

  saw(view: string, position: Position): void {
    if (!this.has(view, position)) this.positions.set(view, position);
    for (const waiter of this.waiters) if (waiter.view === view && this.has(view, waiter.position)) waiter.resolve();
  }

  failed(view: string, error: unknown): void {
    this.errors.set(view, messageOf(error));
  }

  recovered(view: string): void {
    this.errors.delete(view);
  }

  forgetErrors(): void {
    this.errors.clear();
  }

  errorOf(view: string): string | undefined {
    return this.errors.get(view);
  }

  /** Resolves once the position was seen. */
  until(view: string, position: Position, timeoutMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (settle: () => void): void => {
        clearTimeout(timer);
        this.waiters.delete(waiter);
        settle();
      };
      const timer = setTimeout(() => leave(() => reject(behind(view, timeoutMs))), timeoutMs);
      const waiter: Waiter = { view, position, resolve: () => leave(resolve) };
      this.waiters.add(waiter);
    });
  }
}

const behind = (view: string, timeoutMs: number): Refused =>
  new Refused('VIEW_BEHIND', `${view} did not show that position within ${timeoutMs} ms. Ask again, or ask without it.`, 'stale');
