import type { Attempt } from '../../domain/delivery';

/** What is posted. */
export interface SignedEvent {
  readonly url: string;
  /** The `webhook-id`. */
  readonly id: string;
  /** A CloudEvent in JSON. */
  readonly body: string;
  /** Each signs it. */
  readonly secrets: readonly string[];
  readonly signal: AbortSignal;
}

/** Posts it, and says what came of it: whatever is answered, and that nobody answers, is no error. */
export type WebhookPost = (event: SignedEvent) => Promise<Attempt>;
