import type { Bell, Clock, Relay } from '@cartage/eventsourcing';

export interface ReceiverLinesNeeds {
  /** Who there is. */
  readonly names: () => Promise<readonly string[]>;
  readonly relayOf: (receiver: string) => Relay;
  /** Hears what it left for us to fetch. */
  readonly collect: (receiver: string) => Promise<void>;
  readonly news: Bell;
  readonly clock: Clock;
  readonly pollMs: number;
  readonly onTrouble: (error: unknown, receiver: string) => void;
}

/** How often it is looked whether a receiver was put down in another process. */
const LOOK_MS = 5_000;

/** A line to each receiver outside, from the time that it is put down: what it is told, and what it leaves. */
export class ReceiverLines {
  private readonly open = new Map<string, Relay>();
  private readonly running = new Set<Promise<unknown>>();
  private readonly stopping = new AbortController();

  constructor(private readonly needs: ReceiverLinesNeeds) {}

  relays(): readonly Relay[] {
    return [...this.open.values()];
  }

  start(): void {
    this.keep(this.look());
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.running);
  }

  private keep(run: Promise<unknown>): void {
    this.running.add(run);
    void run.finally(() => this.running.delete(run));
  }

  private async look(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const heard = this.needs.news.rings();
      await this.each(async () => {
        for (const receiver of await this.needs.names()) this.connect(receiver);
      }, 'all');
      await this.rest(LOOK_MS, heard);
    }
  }

  private connect(receiver: string): void {
    if (this.open.has(receiver)) return;
    const relay = this.needs.relayOf(receiver);
    this.open.set(receiver, relay);
    this.keep(relay.run(this.stopping.signal));
    this.keep(this.collecting(receiver));
  }

  private async collecting(receiver: string): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.each(() => this.needs.collect(receiver), receiver);
      await this.needs.clock.pause(this.needs.pollMs, signal);
    }
  }

  private async each(work: () => Promise<void>, receiver: string): Promise<void> {
    await work().catch((error: unknown) => this.needs.onTrouble(error, receiver));
  }

  private async rest(ms: number, heard: number): Promise<void> {
    const woken = new AbortController();
    const either = AbortSignal.any([this.stopping.signal, woken.signal]);
    await Promise.race([this.needs.clock.pause(ms, either), this.needs.news.next(heard, either)]);
    woken.abort();
  }
}
