import type { Claiming, FieldError } from '@cartage/eventsourcing';
import type { ChannelUpdate, ClaimedUpdate, UpdateContent, UpdateStatus } from './channel-update';

export interface PlannedUpdate extends ChannelUpdate {
  readonly orderId: string;
  readonly plannedAt: string;
}

/** How it ended, or why it stands with a person. */
export interface UpdateEnding {
  readonly status: Exclude<UpdateStatus, 'waiting'>;
  readonly detail: string;
  readonly code?: string;
  readonly faults?: readonly FieldError[];
}

/** An update and what became of it. */
export interface ShownUpdate {
  readonly updateId: string;
  readonly channel: string;
  readonly externalOrderId: string;
  readonly orderId: string;
  readonly kind: UpdateContent['kind'];
  readonly status: UpdateStatus;
  /** What became of it, for people. */
  readonly detail: string;
  /** The refusal's code. */
  readonly code: string | null;
  /** What the channel says is wrong, by its own names. */
  readonly faults: readonly FieldError[];
  readonly attempts: number;
  readonly plannedAt: string;
  readonly endedAt: string | null;
}

export interface UpdatesQuery {
  readonly channel: string;
  readonly status: UpdateStatus | undefined;
  readonly after: readonly [plannedAt: string, updateId: string] | undefined;
  readonly limit: number;
}

/**
 * What channels are to be told, in rows. Of an order one after the other, as they were planned: one that waits keeps later ones of its order, and nobody else's; one that is
 * refused keeps nothing.
 */
export interface UpdateOutbox {
  /** Nothing is told of what happened before the channel was connected: what there was to tell, others have told. Known from the first time it is asked on. */
  connectedSince(channel: string, now: Date): Promise<Date>;
  /** One that is there stays as it is. */
  plan(update: PlannedUpdate): Promise<void>;
  claim(channel: string, claiming: Claiming): Promise<readonly ClaimedUpdate[]>;
  end(updateId: string, ending: UpdateEnding, at: Date): Promise<void>;
  postpone(updateId: string, until: Date): Promise<void>;
  /** When the next one can be claimed. */
  nextAt(channel: string): Promise<Date | undefined>;
  /** Units by line that the channel was told, or is being told, that they will not ship. */
  toldLess(channel: string, externalOrderId: string): Promise<Readonly<Record<string, number>>>;
  /** Whether the channel is still to be told to give money of this order back, or may have heard it. */
  isRefunding(channel: string, externalOrderId: string): Promise<boolean>;
  find(channel: string, updateId: string): Promise<{ readonly update: ShownUpdate; readonly content: UpdateContent } | undefined>;
  list(query: UpdatesQuery): Promise<readonly ShownUpdate[]>;
  /** A refused one waits again, as if it had never been tried, with what it says now. */
  resubmit(updateId: string, content: UpdateContent, at: Date): Promise<void>;
}
