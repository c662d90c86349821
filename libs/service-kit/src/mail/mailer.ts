/** A mail, to one address. */
export interface Mail {
  /** The same at every try: its Message-ID follows from it, so that who got it twice can tell. */
  readonly messageId: string;
  /** `Acme <orders@acme.example>`. */
  readonly from: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly html?: string;
  readonly text: string;
  /** Beside those that every mail has. */
  readonly headers: Readonly<Record<string, string>>;
}

export type MailOutcome =
  /** Handed over; `reference` is its Message-ID. */
  | { readonly status: 'accepted'; readonly reference: string }
  /** Never to be tried again. No address stands in the detail. */
  | { readonly status: 'refused'; readonly code: string; readonly detail: string };

/**
 * Hands mails over. What is away throws `Away`, and is waited for; what is refused for good is a value. A hand-over whose answer was lost is thrown, too: the mail is tried
 * again under the same id, and may come twice.
 */
export interface Mailer {
  readonly name: string;
  post(mail: Mail): Promise<MailOutcome>;
  close(): Promise<void>;
}

export const refusedMail = (code: string, detail: string): MailOutcome => ({ status: 'refused', code, detail });
