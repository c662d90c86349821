import { EnvError, makeValidator } from 'envalid';
import type { PricesWanted } from '../../app/channels/price-shelf';

export interface ChannelSettings {
  readonly CHANNEL_CONNECTORS: string;
  readonly CHANNEL_OUTLETS: string;
  readonly CHANNEL_LOCATIONS: string;
  readonly CHANNEL_PRICES: string;
  readonly CHANNEL_MESSAGE_DAYS: number;
  readonly CHANNEL_COMPARE_MINUTES: number;
  readonly CHANNEL_IN_FLIGHT_MINUTES: number;
}

/** How a channel's own messages are believed. */
export interface Connected {
  readonly channel: string;
  readonly kind: string;
  readonly secret: string;
}

/** Where a channel is told. */
export interface OutletAccount {
  readonly channel: string;
  readonly kind: string;
  /** Without a slash at its end. */
  readonly url: string;
  readonly token: string;
}

const wordsIn = (text: string): readonly string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

// Errors say the form and never the word: there is a secret in it.
export const connectedIn = (text: string, kinds: readonly string[]): readonly Connected[] =>
  wordsIn(text).map((word) => {
    const [, channel = '', kind = '', secret = ''] = /^([\w-]+)=([\w-]+):(\S+)$/.exec(word) ?? [];
    if (kinds.includes(kind)) return { channel, kind, secret };
    throw new EnvError(`Each part must be <channel>=<${kinds.join('|')}>:<secret>; one is not.`);
  });

const isLoopback = ({ hostname }: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

const addressIn = (text: string): Pick<OutletAccount, 'url' | 'token'> | undefined => {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
  const token = decodeURIComponent(url.hash.slice(1));
  return isSafe && token !== '' ? { url: `${url.origin}${url.pathname}`.replace(/\/+$/, ''), token } : undefined;
};

/** Fetches what it would be told: it has no address. */
const FEED = 'feed';

const toldBy = (word: string, kinds: readonly string[]): OutletAccount | undefined => {
  const [, channel = '', kind = '', rest = ''] = /^([\w-]+)=([\w-]+):(\S+)$/.exec(word) ?? [];
  const address = kinds.includes(kind) && kind !== FEED ? addressIn(rest) : undefined;
  return address && { channel, kind, ...address };
};

const fetching = (word: string): OutletAccount | undefined => {
  const [, channel] = /^([\w-]+)=feed$/.exec(word) ?? [];
  return channel === undefined ? undefined : { channel, kind: FEED, url: '', token: '' };
};

export const outletsIn = (text: string, kinds: readonly string[]): readonly OutletAccount[] =>
  wordsIn(text).map((word) => {
    const account = fetching(word) ?? toldBy(word, kinds);
    if (account) return account;
    const told = kinds.filter((kind) => kind !== FEED).join('|');
    throw new EnvError(`Each part must be <channel>=<${told}>:https://<host>#<token>, or <channel>=feed; one is not.`);
  });

/** By channel: our location code, or `*`, to the channel's own name of a location. */
export const locationsIn = (text: string): ReadonlyMap<string, ReadonlyMap<string, string>> => {
  const names = new Map<string, Map<string, string>>();
  for (const word of wordsIn(text)) {
    const [, channel, location, name] = /^([\w-]+)\/([^=/]+)=(\S+)$/.exec(word) ?? [];
    if (channel === undefined || location === undefined || name === undefined)
      throw new EnvError(`${word} is not <channel>/<location or *>=<the channel’s own number of it>.`);
    names.set(channel, (names.get(channel) ?? new Map<string, string>()).set(location, name));
  }
  return names;
};

/** By channel: whose prices it is told. */
export const pricesIn = (text: string): ReadonlyMap<string, PricesWanted> =>
  new Map(
    wordsIn(text).map((word) => {
      const [, channel, currency, country, net] = /^([\w-]+)=([A-Z]{3})(?:\/([A-Z]{2}))?(:net)?$/.exec(word) ?? [];
      if (channel === undefined || currency === undefined)
        throw new EnvError(
          `${word} is not <channel>=<currency>, or <channel>=<currency>/<country>, with :net after it where tax is not in prices.`,
        );
      return [channel, { currency, country, taxIncluded: net === undefined }] as const;
    }),
  );

const read = (parse: (text: string) => unknown) =>
  makeValidator((text) => {
    parse(text);
    return text;
  });

/** A day at least: channels send a message that they had no answer to for hours. */
const days = makeValidator((text) => {
  const given = Number(text);
  if (!Number.isInteger(given) || given < 1 || given > 3_650) throw new EnvError('It must be a whole number of days, from 1 to 3650.');
  return given;
});

const minutesFrom = (least: number) =>
  makeValidator((text) => {
    const given = Number(text);
    if (Number.isInteger(given) && given >= least && given <= 10_080) return given;
    throw new EnvError(`It must be a whole number of minutes, from ${least} to 10080.`);
  });

export const channelSettingsOf = (kinds: { readonly connectors: readonly string[]; readonly outlets: readonly string[] }) => ({
  CHANNEL_CONNECTORS: read((text) => connectedIn(text, kinds.connectors))({
    default: '',
    example: 'shop-uk=shopify:new-secret,shop-uk=shopify:old-secret',
    desc: 'Channels whose webhooks are taken at `/channels/<channel>/webhooks`: channel=kind:secret, comma-separated; a channel may stand there several times while its secret is changed. Keep it secret.',
  }),
  CHANNEL_OUTLETS: read((text) => outletsIn(text, kinds.outlets))({
    default: '',
    example: 'shop-uk=shopify:https://acme.myshopify.com#shpat_…',
    desc: 'Channels that are told what becomes of their orders: channel=kind:address#token, or channel=feed of one that fetches, comma-separated. Nothing is told of what happened before a channel stood here first. Keep it secret.',
  }),
  CHANNEL_LOCATIONS: read(locationsIn)({
    default: '',
    example: 'shop-uk/LDN=123456789,shop-de/*=987654321',
    desc: 'Where channels are told stock: channel/location=the channel’s own number of a location, comma-separated; `*` is what the whole network can promise (of Amazon: `*=DEFAULT`). A channel without any is told no stock.',
  }),
  CHANNEL_PRICES: read(pricesIn)({
    default: '',
    example: 'shop-uk=GBP,amazon-eu=EUR/DE,erp=EUR:net',
    desc: 'Channels that are told prices, and of which price lists: channel=currency, with /country for goods that go there, and :net for lists without tax; comma-separated. A channel that is not named is told no prices.',
  }),
  CHANNEL_COMPARE_MINUTES: minutesFrom(1)({
    default: 60,
    desc: 'How often channels that can be asked are asked for their orders and for what they offer, to compare them with what is known here, in minutes.',
  }),
  CHANNEL_IN_FLIGHT_MINUTES: minutesFrom(0)({
    default: 30,
    desc: 'What happened to an order or to what may be sold less than so many minutes ago, here or at its channel, or is still to be told, is on its way and no disagreement.',
  }),
  CHANNEL_MESSAGE_DAYS: days({
    default: 90,
    desc: 'How long it is remembered what became of a message of a connected channel, and what the channel was told, in days; what was refused stays until somebody has dealt with it. A message that is sent again after that is taken as a new one.',
  }),
});
