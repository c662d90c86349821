import type { StoredEvent } from './event-store';
import type { Position } from './position';

/** Some of the events of one correlation. */
export interface CorrelatedRequest {
  readonly correlationId: string;
  /** Only those after this position. */
  readonly after?: Position;
  readonly limit: number;
}

/** Finds events by what caused them, where a log has an index for it. For people who ask why; nothing that a service decides hangs on it. */
export interface EventTraces {
  /** The event of this id. */
  find(id: string): Promise<StoredEvent | undefined>;
  /** What followed from one request, in the order of the log. */
  correlated(request: CorrelatedRequest): Promise<readonly StoredEvent[]>;
}
