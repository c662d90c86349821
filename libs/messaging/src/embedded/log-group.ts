import type { Position } from '@cartage/eventsourcing';
import type { Logger } from 'pino';
import type { DeadLetters } from '../dead-letters';
import { KeyedRetry } from '../delivery/keyed-retry';
import { savingEvery, type Saving } from '../delivery/saving';
import { taskOf } from '../hearing';
import type { AnyListener } from '../listener';
import type { Positions } from '../positions';
import type { RetryPolicy, Subscription } from '../transport';
import type { LogReader, Reader, Told } from './log-reader';

export interface LogGroupNeeds {
  readonly listener: AnyListener;
  readonly positions: Positions;
  readonly deadLetters: DeadLetters;
  readonly retry: RetryPolicy;
  readonly window: number;
  readonly saveEveryMs: number;
  readonly log: Logger;
}

/** One group at work on a log. */
export class LogGroup implements Reader, Subscription {
  private readonly ending = new AbortController();
  private readonly delivery: KeyedRetry<Position>;
  private readonly saving: Saving;
  private served = Promise.resolve();

  constructor(
    private readonly needs: LogGroupNeeds,
    private taken: Position,
  ) {
    const { retry, window, log, saveEveryMs } = needs;
    this.saving = savingEvery(
      saveEveryMs,
      () => this.save(),
      (error) => log.warn({ err: error }, 'A group’s position could not be saved; trying again.'),
    );
    this.delivery = new KeyedRetry({ retry, window, log, onProgress: this.saving.needed });
  }

  get position(): Position {
    return this.taken;
  }

  get signal(): AbortSignal {
    return this.ending.signal;
  }

  start(reader: LogReader): void {
    this.served = reader.serve(this);
  }

  async take(batch: readonly Told[]): Promise<void> {
    const fresh = batch.filter(({ position }) => position > this.taken);
    this.taken = fresh.at(-1)?.position ?? this.taken;
    for (const told of fresh) {
      if (!this.delivery.hasRoom()) await this.delivery.room();
      this.offer(told);
    }
  }

  async stop(): Promise<void> {
    this.ending.abort();
    await this.delivery.stop();
    await this.served;
    await this.saving.flush();
  }

  private offer({ position, envelope }: Told): void {
    const { listener, deadLetters } = this.needs;
    const bury = (error: unknown, attempts: number): Promise<void> =>
      envelope ? deadLetters.add({ group: listener.group, envelope, error, attempts }) : Promise.resolve();
    this.delivery.offer(position, envelope && taskOf(this.needs, envelope, bury));
  }

  private async save(): Promise<void> {
    const { reached } = this.delivery;
    if (reached !== undefined) await this.needs.positions.save(this.needs.listener.group, reached);
  }
}
