import { Away, codeOf } from '@cartage/eventsourcing';
import { createTransport } from 'nodemailer';
import { refusedMail, type Mail, type Mailer, type MailOutcome } from './mailer';
import { onTheWire } from './mime';

export interface SmtpOptions {
  /** `smtp://user:password@host:587`, or `smtps://`. */
  readonly url: string;
  readonly connections?: number;
}

const CONNECT_MS = 10_000;
/** Without a sign of life for so long it has failed; well below the time that a mail may be in hand. */
const SILENCE_MS = 60_000;

const numberIn = (error: unknown, field: string): number | undefined => {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, field) : undefined;
  return typeof value === 'number' ? value : undefined;
};

/** The enhanced status code (RFC 3463), such as `5.1.1`. The rest of a server’s answer names the address, and is kept nowhere. */
const statusIn = (error: unknown): string => {
  const response: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'response') : undefined;
  const code = numberIn(error, 'responseCode') ?? '';
  const [, enhanced = ''] = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(typeof response === 'string' ? response : '') ?? [];
  return `SMTP ${code} ${enhanced}`.trim();
};

/** What the server said no to, by the step at which it did. */
const refusals: Readonly<Record<string, string>> = { EENVELOPE: 'recipient-refused', EMESSAGE: 'message-refused' };

/** What was said of this mail is final (5xx); whatever else went wrong is the server’s or the way’s, and is waited for. */
const outcomeOf = (error: unknown): MailOutcome => {
  const response = numberIn(error, 'responseCode');
  const code = codeOf(error) ?? '';
  const refusal = refusals[code];
  if (refusal !== undefined && (response ?? 0) >= 500) return refusedMail(refusal, statusIn(error));
  if (code === 'EENVELOPE' && response === undefined) return refusedMail('address-invalid', 'No mail can be addressed to it.');
  throw new Away(`The mail server does not take mail now: ${code}, ${statusIn(error)}.`);
};

/** Mails by SMTP over a few connections that stay open. */
export const smtpMailer = ({ url, connections = 5 }: SmtpOptions): Mailer => {
  const transport = createTransport({
    ...{ url, pool: true, maxConnections: connections, maxMessages: Number.POSITIVE_INFINITY },
    ...{ connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: SILENCE_MS },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  return {
    name: 'smtp',
    post: async (mail: Mail) => {
      const { envelope, raw, reference } = onTheWire(mail);
      try {
        await transport.sendMail({ envelope, raw });
        return { status: 'accepted', reference };
      } catch (error) {
        return outcomeOf(error);
      }
    },
    close: async () => transport.close(),
  };
};
