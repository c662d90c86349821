import type { SendMailOptions } from 'nodemailer';
import type { Outgoing } from '../../app/sender';

const senderDomain = (from: string): string => /@([^\s<>@]+)>?\s*$/.exec(from)?.[1] ?? 'cartage.invalid';

/** A mail as nodemailer takes it. Its Message-ID follows from the message’s: who got it twice can tell. */
export const mailOf = ({ messageId, kind, from, to, locale, subject = '', html, text }: Outgoing): SendMailOptions => ({
  from,
  to,
  subject,
  text,
  ...(html === undefined ? {} : { html }),
  messageId: `<${messageId}@${senderDomain(from)}>`,
  headers: {
    'Content-Language': locale,
    // RFC 3834: no out-of-office answers to it.
    'Auto-Submitted': 'auto-generated',
    'X-Cartage-Message': kind,
  },
});
