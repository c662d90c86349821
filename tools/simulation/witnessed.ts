import type { Envelope } from '@cartage/contracts';
import type { StoredEvent } from '@cartage/eventsourcing';

/** An event as the onlooker sees it: the moment it is durable. */
export interface Witnessed {
  readonly service: string;
  readonly stored: StoredEvent;
  readonly envelopes: readonly Envelope[];
}
