import type { Reason } from '@cartage/contracts';
import type { Medium } from '../domain/kinds';

/** A message on its way out: the only place, beside the sealed box, where an address stands. */
export interface Outgoing {
  /** The same at every try: a receiver that has seen it knows a repeat by it. */
  readonly messageId: string;
  readonly kind: string;
  readonly from: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly locale: string;
  readonly subject?: string;
  readonly html?: string;
  readonly text: string;
}

export type SendOutcome =
  /** Handed over; `reference` is the receiver's own name of it, if it has one. */
  | { readonly status: 'accepted'; readonly reference?: string }
  /** Never to be tried again: the address, or the message, is not taken. */
  | { readonly status: 'refused'; readonly reason: Reason };

/**
 * Hands messages over. What is away throws `Away` (`isAway`), and is waited for; what is refused for good is a value. A hand-over whose answer was lost is unknown, and
 * thrown, too: it is tried again under the same `messageId`, and may reach the customer twice. Every adapter passes `senderContract`.
 */
export interface Sender {
  readonly name: string;
  readonly medium: Medium;
  send(message: Outgoing): Promise<SendOutcome>;
  close(): Promise<void>;
}

export const refusedBy = (code: string, detail: string): SendOutcome => ({
  status: 'refused',
  reason: { code, detail, by: 'provider' },
});
