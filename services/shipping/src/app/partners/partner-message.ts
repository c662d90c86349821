import type { Reason } from '@cartage/contracts';
import type { Claimed, Claiming, FieldError, FinalRefusal } from '@cartage/eventsourcing';

/** What a partner is to be told of a shipment. What is personal is read when it is told, and kept by nobody. */
export type MessageContent =
  | { readonly kind: 'request' }
  /** It goes elsewhere, or its packers are told something else: the request as it stands now. */
  | { readonly kind: 'change' }
  | { readonly kind: 'hold'; readonly holdId: string; readonly reason: Reason }
  | { readonly kind: 'release'; readonly holdId: string }
  | { readonly kind: 'cancel'; readonly reason: Reason }
  /** A label of ours was bought for its parcels. */
  | { readonly kind: 'label'; readonly labelId: string }
  /** What became of it? */
  | { readonly kind: 'status' };
export type MessageKind = MessageContent['kind'];
export const messageKinds = ['request', 'change', 'hold', 'release', 'cancel', 'label', 'status'] as const satisfies readonly MessageKind[];

/** `waiting`: to be told; `overdue`: told, and an answer to it did not come in time; `refused`: for a person; `passed-over`: there was nothing to tell any more. */
export const messageStatuses = ['waiting', 'told', 'overdue', 'passed-over', 'refused', 'dropped'] as const;
export type MessageStatus = (typeof messageStatuses)[number];

export interface PlannedMessage {
  /** Follows from the fact that it tells: planned again, it is the same one. */
  readonly messageId: string;
  readonly partner: string;
  readonly shipmentId: string;
  readonly content: MessageContent;
  readonly plannedAt: string;
}

export interface ClaimedMessage extends Claimed, Omit<PlannedMessage, 'plannedAt'> {}

/** A message and what became of it. */
export interface ShownMessage {
  readonly messageId: string;
  readonly partner: string;
  readonly shipmentId: string;
  readonly kind: MessageKind;
  readonly status: MessageStatus;
  readonly detail: string;
  readonly code: string | null;
  /** By the partner’s own names. */
  readonly faults: readonly FieldError[];
  readonly attempts: number;
  readonly plannedAt: string;
  readonly endedAt: string | null;
}

export interface MessagesQuery {
  readonly partner: string;
  readonly status: MessageStatus | undefined;
  readonly after: readonly [plannedAt: string, messageId: string] | undefined;
  readonly limit: number;
}

export type MessageEnding = FinalRefusal | { readonly status: 'told' | 'passed-over' | 'dropped' | 'overdue'; readonly detail: string };

/** What partners are to be told, in rows: of a shipment one after the other, as it was planned. */
export interface MessageOutbox {
  /** One that is there stays as it is. */
  plan(message: PlannedMessage): Promise<void>;
  claim(partner: string, claiming: Claiming): Promise<readonly ClaimedMessage[]>;
  nextAt(partner: string): Promise<Date | undefined>;
  end(messageId: string, ending: MessageEnding, at: Date): Promise<void>;
  postpone(messageId: string, until: Date): Promise<void>;
  resubmit(messageId: string, content: MessageContent, at: Date): Promise<void>;
  /** Told, and not answered in time; and back, once an answer came. */
  overdue(messageId: string): Promise<void>;
  answered(shipmentId: string, kinds: readonly MessageKind[]): Promise<void>;
  find(partner: string, messageId: string): Promise<{ readonly message: ShownMessage; readonly content: MessageContent } | undefined>;
  list(query: MessagesQuery): Promise<readonly ShownMessage[]>;
}
