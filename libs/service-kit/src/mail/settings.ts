import { EnvError, makeValidator, str } from 'envalid';
import type { SettingsSpec } from '../settings/settings';
import { folderMailer } from './folder-mailer';
import type { Mailer } from './mailer';
import { smtpMailer } from './smtp-mailer';

export interface MailSettings {
  readonly SMTP_URL: string | undefined;
  readonly MAIL_FOLDER: string | undefined;
}

const mailServer = makeValidator<string>((input) => {
  if (URL.canParse(input) && ['smtp:', 'smtps:'].includes(new URL(input).protocol)) return input;
  throw new EnvError('not such a URL');
});

/** Where mails of a service go; `what` they are, the page of settings says. */
export const mailSettings = (what: string): SettingsSpec<MailSettings> => ({
  SMTP_URL: mailServer({
    desc: `the mail server that ${what} go through. Without it and MAIL_FOLDER no mail is sent.`,
    default: undefined,
    example: 'smtps://user:<password>@mail.example.com:465',
  }),
  MAIL_FOLDER: str({ desc: 'a folder that mails are written to as .eml files, where there is no SMTP_URL.', default: undefined }),
});

/** Absent where an operator has not said where mails go. */
export const mailerOf = ({ SMTP_URL: url, MAIL_FOLDER: folder }: MailSettings): Mailer | undefined => {
  if (url !== undefined) return smtpMailer({ url });
  return folder === undefined ? undefined : folderMailer({ folder });
};
