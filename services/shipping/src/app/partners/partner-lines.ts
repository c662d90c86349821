import type { Relay } from '@cartage/eventsourcing';
import type { Bell } from '@cartage/eventsourcing';
import { collect, partnerRelay, type PartnerRelayNeeds } from './partner-relay';
import type { Partner, PartnerRegister } from './partner';

export interface PartnerLinesNeeds extends Omit<PartnerRelayNeeds, 'partners'> {
  readonly partners: Pick<PartnerRegister, 'find' | 'list'>;
  readonly news: Bell;
  readonly pollMs: number;
}

/** How often it is looked whether a partner was put down in another process. */
const LOOK_MS = 5_000;

/** A line to each partner, from the time that it is put down: what it is told, and what it leaves. */
export class PartnerLines {
  private readonly open = new Map<string, Relay>();
  private readonly running = new Set<Promise<unknown>>();
  private readonly stopping = new AbortController();

  constructor(private readonly needs: PartnerLinesNeeds) {}

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
        for (const partner of await this.needs.partners.list()) this.connect(partner);
      }, 'partners');
      await this.rest(LOOK_MS, heard);
    }
  }

  private connect({ partner }: Partner): void {
    if (this.open.has(partner)) return;
    const relay = partnerRelay(this.needs, partner);
    this.open.set(partner, relay);
    this.keep(relay.run(this.stopping.signal));
    this.keep(this.collecting(partner));
  }

  private async collecting(partner: string): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.each(() => collect(this.needs, partner), partner);
      await this.needs.clock.pause(this.needs.pollMs, signal);
    }
  }

  private async each(work: () => Promise<void>, name: string): Promise<void> {
    await work().catch((error: unknown) => this.needs.onTrouble(error, name));
  }

  private async rest(ms: number, heard: number): Promise<void> {
    const woken = new AbortController();
    const either = AbortSignal.any([this.stopping.signal, woken.signal]);
    await Promise.race([this.needs.clock.pause(ms, either), this.needs.news.next(heard, either)]);
    woken.abort();
  }
}
