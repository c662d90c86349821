import type { Mail, Mailer } from '@cartage/service-kit';
import { refusedBy, type Outgoing, type Sender } from '../../app/sender';

const mailOf = ({ kind, locale, subject = '', ...message }: Outgoing): Mail => ({
  ...message,
  subject,
  headers: { 'Content-Language': locale, 'X-Cartage-Message': kind },
});

/** Messages as mails. */
export const mailSender = (mailer: Mailer): Sender => ({
  name: mailer.name,
  medium: 'email',
  send: async (message) => {
    const outcome = await mailer.post(mailOf(message));
    return outcome.status === 'accepted' ? outcome : refusedBy(outcome.code, outcome.detail);
  },
  close: () => mailer.close(),
});
