import { Server, type CustomTransportStrategy } from '@nestjs/microservices';
import type { AnyListener } from '../listener';
import type { Subscription, Transport } from '../transport';

/**
 * Listeners as a Nest microservice: `app.connectMicroservice({ strategy: new ListeningStrategy(transport, listeners) })`. Nest decides when
 * they start and stop; handlers are those of the listeners, not Nest's, because Nest's Kafka transport lets a poison message block its partition and
 * takes no batches. The transport stays open: whoever made it closes it.
 */
export class ListeningStrategy extends Server implements CustomTransportStrategy {
  private subscriptions: readonly Subscription[] = [];

  constructor(
    private readonly transport: Transport,
    private readonly listeners: readonly AnyListener[],
  ) {
    super();
  }

  /** Nest's contract: the callback gets the error, or nothing once everybody listens. */
  override listen(callback: (error?: unknown) => void): void {
    this.start().then(() => callback(), callback);
  }

  override async close(): Promise<void> {
    const { subscriptions } = this;
    this.subscriptions = [];
    await Promise.all(subscriptions.map((subscription) => subscription.stop()));
  }

  /** There are no events of the strategy itself to hear of. */
  override on(): void {
    return undefined;
  }

  override unwrap<T>(): T {
    return this.transport as T;
  }

  private async start(): Promise<void> {
    const started = await Promise.allSettled(this.listeners.map((listener) => this.transport.listen(listener)));
    this.subscriptions = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    const failed = started.find((each) => each.status === 'rejected');
    if (!failed) return;
    await this.close();
    throw failed.reason;
  }
}
