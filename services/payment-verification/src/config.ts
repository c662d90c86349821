import { linkTemplate, type SettingsSpec } from '@cartage/service-kit';
import { makeValidator, str, url } from 'envalid';
import { captureTimes, type CaptureTime } from './domain/terms';
import { riskSettings, type RiskSettings } from './risk.config';
import { amounts, percent, positive, score, secretWords, share, words, wordsOf } from './setting-kinds';

export interface PaymentSettings extends RiskSettings {
  readonly PAYMENT_PROVIDER: string;
  readonly PAYMENT_CAPTURE: CaptureTime;
  readonly PAYMENT_PREPAID_CHANNELS: string;
  readonly PAYMENT_RETRY_MINUTES: string;
  readonly PAYMENT_REMINDER_PERCENT: number;
  readonly PAYMENT_REMINDER_MINUTES: number;
  readonly PAYMENT_SILENCE_MINUTES: number;
  readonly PAYMENT_REVIEW_SCORE: number;
  readonly PAYMENT_REJECT_SCORE: number;
  readonly PAYMENT_HIGH_VALUE: string;
  readonly PAYMENT_BULK_UNITS: number;
  readonly PAYMENT_VELOCITY_ORDERS: number;
  readonly PAYMENT_REVIEW_MINUTES: number;
  readonly PAYMENT_REVIEW_AGAIN_PERCENT: number;
  readonly PAYMENT_COD_LIMIT: string;
  readonly PAYMENT_COD_COUNTRIES: string;
  readonly PAYMENT_COD_EXCLUDED_AREAS: string;
  readonly PAYMENT_RECOVERY_SECONDS: number;
  readonly INVOICE_SECONDS: number;
  readonly PAY_LINK_URL: string;
  readonly PAY_LINK_HOURS: number;
  readonly STRIPE_SECRET_KEY: string | undefined;
  readonly STRIPE_ACCOUNTS: string;
  readonly STRIPE_RETURN_URL: string;
  readonly STRIPE_API_URL: string;
  readonly PAYMENT_WEBHOOK_SECRETS: string;
  readonly PAYMENT_WEBHOOK_TOLERANCE_SECONDS: number;
  readonly SETTLEMENT_SECONDS: number;
  readonly BALANCE_REFUND_DAYS: number;
}

/** Whom `PAYMENT_PROVIDER` may name, besides further accounts at Stripe. */
export const providerNames: readonly string[] = ['simulated', 'stripe'];
/** `stripe`, or another account of ours there, such as `stripe-de`. Stands in events for ever. */
export const isStripeAccount = (name: string): boolean => /^stripe(-[a-z0-9]+)*$/.test(name);

/** A method, a channel or an entity with one of its methods or all of them; empty: for what is not said otherwise. */
const isPlace = (where: string): boolean => /^([^@/*\s]+|@?[^@/\s]+\/(\*|[^@/*\s]+))?$/.test(where);

/** Where the table of providers says something of a legal entity. */
export const entityPlace = (entity: string | undefined, method: string): string => `@${entity ?? ''}/${method}`;

/** `simulated`, `upi=simulated`, `pos/*=simulated`, `pos/card=simulated`, `@acme-de/*=stripe-de` or `@acme-de/card=stripe-de`. */
const entryOf = (word: string): readonly [where: string, provider: string] => {
  const [where = '', provider = '', ...more] = word.includes('=') ? word.split('=') : ['', word];
  if (more.length > 0 || !(providerNames.includes(provider) || isStripeAccount(provider)))
    throw new Error(`${word} names none of ${providerNames.join(', ')}, nor another account there, such as stripe-de.`);
  if (!isPlace(where)) throw new Error(`${where} is no method, channel/method or @entity/method.`);
  return [where, provider];
};

export const providerTable = (text: string): ReadonlyMap<string, string> => {
  const table = new Map(wordsOf(text).map(entryOf));
  if (!table.has('')) throw new Error(`It names no provider for what is not said otherwise, such as ${providerNames[0]}.`);
  return table;
};

const providerList = makeValidator<string>((text) => {
  providerTable(text);
  return text;
});

const major =
  'by currency in major units. A currency that is not given has what the first one is roughly worth in it (rates: libs/contracts/src/worth.ts)';

export const settings: SettingsSpec<PaymentSettings> = {
  ...riskSettings,
  PAYMENT_PROVIDER: providerList({
    default: 'simulated',
    example: 'simulated,upi=simulated,pos/card=simulated',
    desc: `Who moves the money of new orders: one of ${providerNames.join(', ')}; for a method (method=provider), for a channel (channel/*=provider), for a method in a channel (channel/method=provider), or for the legal entity that invoices (@entity/*=provider, @entity/method=provider) another one. The closest wins. Gift cards and store credit need none.`,
  }),
  PAYMENT_CAPTURE: str<CaptureTime>({
    choices: [...captureTimes],
    default: 'shipment',
    desc: 'When money is taken: as soon as it is promised (placement), for each shipment, or when a person says so (hand).',
  }),
  PAYMENT_PREPAID_CHANNELS: words(/^[^\s,*]+\*?$/)({
    default: 'marketplace-*',
    example: 'amazon,marketplace-*',
    desc: 'Channels that are trusted to have the customer’s money (method prepaid): by name, or with * at the end by how the name begins. Another one’s orders are declined.',
  }),
  PAYMENT_RETRY_MINUTES: words(/^\d{1,6}$/)({
    default: '15,120,720,1440',
    desc: 'After how many minutes a capture, void or refund that failed is tried again by itself: after the first failure, the second, and so on. Then a person decides.',
  }),
  PAYMENT_REMINDER_PERCENT: share({
    default: 50,
    desc: 'A customer who has to act before a payment is made is reminded once, when so much of the time for it is over: 0 to 100 percent; 0: nobody is.',
  }),
  PAYMENT_REMINDER_MINUTES: positive({
    default: 5,
    desc: 'The reminder is at least so long after the customer was asked, and so long before the time is over; where there is less time than that, there is none.',
  }),
  PAYMENT_SILENCE_MINUTES: positive({
    default: 120,
    desc: 'For so many minutes a provider that does not answer is asked again. Then a promise is declined with provider-silent (where a customer had time to act they count from its end), and a capture, void or refund has failed with an unknown outcome: a person is to look.',
  }),
  PAYMENT_REVIEW_SCORE: score({ default: 50, desc: 'From this score on a person decides: 1 to 100, less than PAYMENT_REJECT_SCORE.' }),
  PAYMENT_REJECT_SCORE: score({ default: 80, desc: 'From this score on an order is rejected: 1 to 100.' }),
  PAYMENT_HIGH_VALUE: amounts({ default: 'GBP:2000', example: 'GBP:2000,INR:150000', desc: `Totals of high value, ${major}.` }),
  PAYMENT_BULK_UNITS: positive({ default: 100, desc: 'So many units of one SKU are unusual.' }),
  PAYMENT_VELOCITY_ORDERS: positive({ default: 5, desc: 'So many orders of one customer within an hour are unusual.' }),
  PAYMENT_REVIEW_MINUTES: positive({ default: 240, desc: 'After so many minutes a payment that waits for a person is escalated.' }),
  PAYMENT_REVIEW_AGAIN_PERCENT: percent({
    default: 20,
    desc: 'A person who accepted an order is not asked again when an edit makes it dearer by so many percent at most, unless a rule speaks that was silent before: 0 to 1000.',
  }),
  PAYMENT_COD_LIMIT: amounts({
    default: 'GBP:1000,INR:50000',
    example: 'GBP:1000,INR:50000,KWD:250.500',
    desc: `The highest total with cash on delivery, ${major}.`,
  }),
  PAYMENT_COD_COUNTRIES: words(/^(\*|[A-Z]{2})$/)({
    default: '*',
    example: 'IN,AE',
    desc: 'Countries with cash on delivery; * is every country.',
  }),
  PAYMENT_COD_EXCLUDED_AREAS: words(/^[A-Za-z]{2}-\S+$/)({
    default: '',
    example: 'IN-110001,IN-400001',
    desc: 'Postal areas without cash on delivery, each with its country; upper and lower case are one.',
  }),
  INVOICE_SECONDS: positive({
    default: 10,
    desc: 'How often invoices and credit notes are issued for what happened since, once a legal entity is registered.',
  }),
  SETTLEMENT_SECONDS: positive({
    default: 10,
    desc: 'How often lines of settlement files that do not agree are compared again: what they speak of may have come meanwhile.',
  }),
  PAY_LINK_URL: linkTemplate({
    default: 'http://localhost:3000/payments/links/{token}/page',
    example: 'https://shop.example.com/pay/{token}',
    desc: 'Where customers open a link to what is due, with {token}: a page of the shop’s, or the small one here.',
  }),
  PAY_LINK_HOURS: positive({ default: 72, desc: 'For how many hours such a link can be opened, where nothing else is said.' }),
  STRIPE_SECRET_KEY: str({
    default: undefined,
    example: 'sk_live_<key>',
    desc: 'The secret or restricted key of the Stripe account, where PAYMENT_PROVIDER names stripe.',
  }),
  STRIPE_ACCOUNTS: secretWords(/^stripe(-[a-z0-9]+)+=\S+$/)({
    default: '',
    example: 'stripe-de=sk_live_<key>,stripe-us=sk_live_<key>',
    desc: 'Further accounts at Stripe, each with its key: account=key, comma-separated. PAYMENT_PROVIDER names them for a channel or method (de-shop/*=stripe-de); what one promised it captures, gives back and refunds, whatever is set later.',
  }),
  STRIPE_RETURN_URL: url({
    default: 'https://shop.invalid/paid',
    example: 'https://shop.example.com/paid',
    desc: 'Where Stripe sends a customer back to who had to go to the bank’s pages.',
  }),
  STRIPE_API_URL: url({
    default: 'https://api.stripe.com',
    example: 'http://stripe-proxy.internal:8080',
    desc: 'Where Stripe is asked: another address where calls to outside have to take one.',
  }),
  PAYMENT_WEBHOOK_SECRETS: secretWords(/^[\w-]+=\S+$/)({
    default: 'simulated=simulated-payments',
    example: 'stripe=whsec_new,stripe=whsec_old',
    desc: 'What the webhooks of payment providers are signed with: provider=secret, comma-separated; a provider may stand there several times while its secret is changed. Without one its webhooks are not taken.',
  }),
  PAYMENT_WEBHOOK_TOLERANCE_SECONDS: positive({
    default: 300,
    desc: 'How many seconds the time that a webhook was signed at may differ from ours: an older one may be a replay.',
  }),
  BALANCE_REFUND_DAYS: positive({
    default: 90,
    desc: 'For how many days at least money that comes back to a gift card or store credit can be spent: one that ends sooner ends later.',
  }),
  PAYMENT_RECOVERY_SECONDS: positive({
    default: 60,
    desc: 'How often, and after how long, calls to a provider without an answer are made again.',
  }),
};
