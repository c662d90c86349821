import { linkTemplate, mailSettings, wholeNumber, type MailSettings, type SettingsSpec } from '@cartage/service-kit';
import { EnvError, makeValidator, str } from 'envalid';
import { isLocale } from './domain/locale';
import { quietHoursIn } from './domain/quiet-hours';

export interface NotificationSettings extends MailSettings {
  readonly MAIL_FROM: string;
  readonly BRAND_NAME: string;
  readonly TEXT_WEBHOOK_URL: string | undefined;
  readonly TEXT_WEBHOOK_SECRET: string | undefined;
  readonly TRACKING_URL: string | undefined;
  readonly ORDER_PAGE_URL: string | undefined;
  readonly ORDER_LINK_DAYS: number;
  readonly RETURN_PAGE_URL: string | undefined;
  readonly RETURN_LINK_DAYS: number;
  readonly DEFAULT_LOCALE: string;
  readonly QUIET_HOURS: string | undefined;
  readonly FOLLOW_UP_DAYS: number;
}

const checked = (isRight: (input: string) => boolean, what: string) =>
  makeValidator<string>((input) => {
    if (isRight(input)) return input;
    throw new EnvError(what);
  });

const urlOf = (...protocols: readonly string[]) =>
  checked((input) => URL.canParse(input) && protocols.includes(new URL(input).protocol), 'not such a URL');

const secret = checked((input) => Buffer.from(input.replace(/^whsec_/, ''), 'base64').length >= 24, 'too short a secret');
const locale = checked(isLocale, 'not a language tag');
const quietHours = checked((input) => quietHoursIn(input) !== undefined, 'not hours');
const days = makeValidator<number>((input) => {
  const value = Number(input);
  if (Number.isInteger(value) && value >= 0 && value <= 365) return value;
  throw new EnvError('out of range');
});

export const settings: SettingsSpec<NotificationSettings> = {
  ...mailSettings('messages to customers'),
  MAIL_FROM: str({
    desc: 'the sender of mails of channels that no brand claims.',
    default: 'Cartage <orders@cartage.invalid>',
    example: 'Acme <orders@acme.example>',
  }),
  BRAND_NAME: str({ desc: 'the name that customers know the house by, where no brand claims the channel.', default: 'Cartage' }),
  TEXT_WEBHOOK_URL: urlOf(
    'http:',
    'https:',
  )({
    desc: 'where short texts are posted, signed, for an SMS gateway or a messenger to send on. Without it none is sent.',
    default: undefined,
  }),
  TEXT_WEBHOOK_SECRET: secret({
    desc: 'signs what is posted to TEXT_WEBHOOK_URL, as Standard Webhooks has it: base64 of at least 24 bytes.',
    default: undefined,
  }),
  TRACKING_URL: linkTemplate({
    desc: 'the page on which a customer follows a parcel, with {token} in it. Without it messages have the tracking number only.',
    default: undefined,
    example: 'https://shop.example.com/track/{token}',
  }),
  ORDER_PAGE_URL: linkTemplate({
    desc: 'the page on which a customer sees and changes an order, with {token} in it: this API’s own, as customers reach it. Without it messages have no link to it.',
    default: undefined,
    example: 'https://shop.example.com/orders/links/{token}/page',
  }),
  ORDER_LINK_DAYS: wholeNumber(
    1,
    365,
  )({ desc: 'so many days after its message was written the link to that page can be opened. 1 to 365.', default: 60 }),
  RETURN_PAGE_URL: linkTemplate({
    desc: 'the page on which a customer sends something back, with {token} in it: this API’s own, as customers reach it, or one of yours. Without it messages have no link to it.',
    default: undefined,
    example: 'https://shop.example.com/returns/links/{token}/page',
  }),
  RETURN_LINK_DAYS: wholeNumber(
    1,
    365,
  )({ desc: 'so many days after its message was written the link to that page can be opened. 1 to 365.', default: 60 }),
  DEFAULT_LOCALE: locale({ desc: 'the language of customers who said none; BCP 47.', default: 'en' }),
  QUIET_HOURS: quietHours({
    desc: 'when nobody is disturbed with what can wait, by the clock of the destination, such as 21:00-08:00.',
    default: undefined,
  }),
  FOLLOW_UP_DAYS: days({
    desc: 'so many days after everything was delivered the customer is asked for a review, 0 to 365; 0: never.',
    default: 7,
  }),
};
