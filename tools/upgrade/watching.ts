import { setTimeout as pause } from 'node:timers/promises';

/** Lists that an order is in for ever, once it was placed. */
const lists = ['/orders', '/payments', '/shipping/shipments', '/returns'] as const;

export interface Watched {
  /** Lists that showed something and then nothing, or were refused altogether, a line each. */
  readonly breaches: readonly string[];
  /** How often a list was shown. */
  readonly shown: number;
  /** How often of these it had shown something before: only then must it not be empty. */
  readonly compared: number;
  /** Lists that never showed anything. */
  readonly neverFilled: readonly string[];
  /** How often nobody answered, or said that it could not now, by status; 0: no answer. */
  readonly refused: Readonly<Record<string, number>>;
}

export interface WatchingNeeds {
  /** By the first segment of a path, for each number of a replica. */
  readonly origins: readonly Readonly<Record<string, string>>[];
  readonly signal: AbortSignal;
  readonly ask?: (url: string) => Promise<{ readonly status: number; readonly items: number }>;
  readonly everyMs?: number;
}

const EVERY_MS = 100;
const ANSWER_MS = 5_000;

const asked = async (url: string): Promise<{ readonly status: number; readonly items: number }> => {
  const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) });
  const { items = [] } = (await answer.json()) as { readonly items?: readonly unknown[] };
  return { status: answer.status, items: items.length };
};

class Watcher implements Watched {
  readonly breaches: string[] = [];
  readonly refused: Record<string, number> = {};
  shown = 0;
  compared = 0;
  private readonly filled = new Set<string>();

  constructor(private readonly ask: NonNullable<WatchingNeeds['ask']>) {}

  get neverFilled(): readonly string[] {
    return lists.filter((list) => !this.filled.has(list));
  }

  async look(list: string, origin: string): Promise<void> {
    const { status, items } = await this.ask(`${origin}${list}?limit=1`).catch(() => ({ status: 0, items: 0 }));
    if (status === 200) return this.seen(list, origin, items);
    this.refused[status] = (this.refused[status] ?? 0) + 1;
    if (status >= 400 && status < 500 && status !== 429) this.breaches.push(`${list} was answered with ${status} at ${origin}`);
  }

  private seen(list: string, origin: string, items: number): void {
    this.shown += 1;
    const wasFilled = this.filled.has(list);
    if (wasFilled) this.compared += 1;
    if (items > 0) this.filled.add(list);
    else if (wasFilled) this.breaches.push(`${list} was empty at ${origin}, after it had shown something`);
  }
}

/** Asks every replica for its lists, again and again, until it is told to stop: what was shown once must not be gone, whichever version answers. */
export const watchLists = async ({ origins, signal, ask = asked, everyMs = EVERY_MS }: WatchingNeeds): Promise<Watched> => {
  const watcher = new Watcher(ask);
  while (!signal.aborted) {
    for (const origin of origins) for (const list of lists) await watcher.look(list, origin[list.split('/')[1] ?? ''] ?? '');
    await pause(everyMs, undefined, { signal }).catch(() => undefined);
  }
  return watcher;
};
