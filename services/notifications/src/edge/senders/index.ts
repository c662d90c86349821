import { mailerOf, StartFailure } from '@cartage/service-kit';
import type { Sender } from '../../app/sender';
import type { NotificationSettings } from '../../config';
import { mailSender } from './mail';
import { webhookSender } from './webhook';

const mails = (settings: NotificationSettings): readonly Sender[] => {
  const mailer = mailerOf(settings);
  return mailer === undefined ? [] : [mailSender(mailer)];
};

const texts = ({ TEXT_WEBHOOK_URL: url, TEXT_WEBHOOK_SECRET: secret }: NotificationSettings, now: () => Date): readonly Sender[] => {
  if (url === undefined) return [];
  if (secret === undefined)
    throw new StartFailure([
      'Setting TEXT_WEBHOOK_SECRET is missing: what is posted to TEXT_WEBHOOK_URL is signed. Make one with: openssl rand -base64 32',
    ]);
  return [webhookSender({ url, secret, now })];
};

/** At most one for each medium; each way to send is a line here. */
export const sendersOf = (settings: NotificationSettings, now: () => Date): readonly Sender[] => [
  ...mails(settings),
  ...texts(settings, now),
];
