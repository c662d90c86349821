import type { Claimed, Claiming, FieldError, FinalRefusal } from '@cartage/eventsourcing';

/** What a provider is to be told of: composed when it is told, as it stands then. */
export type ProviderContent = { readonly kind: 'order' } | { readonly kind: 'return'; readonly returnId: string };
export const providerContentKinds = ['order', 'return'] as const satisfies readonly ProviderContent['kind'][];

/** `waiting`: to be told; `refused`: for a person; `passed-over`: there was nothing to tell. */
export const providerMessageStatuses = ['waiting', 'told', 'passed-over', 'refused', 'dropped'] as const;
export type ProviderMessageStatus = (typeof providerMessageStatuses)[number];

export interface PlannedProviderMessage {
  /** Follows from the fact that it tells: planned again, it is the same one. */
  readonly messageId: string;
  readonly provider: string;
  readonly orderId: string;
  readonly content: ProviderContent;
  readonly plannedAt: string;
}

export interface ClaimedProviderMessage extends Claimed, Omit<PlannedProviderMessage, 'plannedAt'> {}

/** A message and what became of it. */
export interface ShownProviderMessage {
  readonly messageId: string;
  readonly provider: string;
  readonly orderId: string;
  readonly kind: ProviderContent['kind'];
  readonly returnId: string | null;
  readonly status: ProviderMessageStatus;
  readonly detail: string;
  readonly code: string | null;
  /** By the provider’s own names. */
  readonly faults: readonly FieldError[];
  readonly attempts: number;
  readonly plannedAt: string;
  readonly endedAt: string | null;
}

export interface ProviderMessagesQuery {
  readonly provider: string;
  readonly status: ProviderMessageStatus | undefined;
  readonly after: readonly [plannedAt: string, messageId: string] | undefined;
  readonly limit: number;
}

export interface FoundProviderMessage {
  readonly message: ShownProviderMessage;
  readonly content: ProviderContent;
}

export type ProviderMessageEnding = FinalRefusal | { readonly status: 'told' | 'passed-over' | 'dropped'; readonly detail: string };

/** What providers are to be told, in rows: of an order one after the other, as it was planned. */
export interface ProviderOutbox {
  /** One that is there stays as it is. */
  plan(message: PlannedProviderMessage): Promise<void>;
  claim(provider: string, claiming: Claiming): Promise<readonly ClaimedProviderMessage[]>;
  nextAt(provider: string): Promise<Date | undefined>;
  end(messageId: string, ending: ProviderMessageEnding, at: Date): Promise<void>;
  postpone(messageId: string, until: Date): Promise<void>;
  resubmit(messageId: string, content: ProviderContent, at: Date): Promise<void>;
  find(provider: string, messageId: string): Promise<FoundProviderMessage | undefined>;
  list(query: ProviderMessagesQuery): Promise<readonly ShownProviderMessage[]>;
}
