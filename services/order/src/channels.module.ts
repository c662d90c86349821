import { Refused } from '@cartage/eventsourcing';
import { idFor, shapedEach, type Kit, type Parts } from '@cartage/service-kit';
import { EnvError, makeValidator } from 'envalid';
import { Inbox } from './app/channels/channel-messages';
import type { ChannelConnector, ChannelConnectors } from './app/channels/connector';
import { followingChannels, type OrderAtChannelNeeds } from './app/channels/order-at-channel';
import type { Placement } from './domain/placement';
import { messageTable } from './edge/channels/message-table';
import { CHANNEL_MESSAGES, ChannelMessagesController } from './edge/channels/messages.controller';
import { shopify } from './edge/channels/shopify';
import { PlaceOrderDto } from './edge/orders.dto';

/** How each kind of channel speaks: another one is a file and a line here. */
const kinds: Readonly<Record<string, (secrets: readonly string[]) => ChannelConnector>> = { shopify };

export interface ChannelSettings {
  readonly CHANNEL_CONNECTORS: string;
}

interface Connected {
  readonly channel: string;
  readonly kind: string;
  readonly secret: string;
}

const connectedIn = (word: string): Connected => {
  const [, channel = '', kind = '', secret = ''] = /^([\w-]+)=([\w-]+):(\S+)$/.exec(word) ?? [];
  if (Object.hasOwn(kinds, kind)) return { channel, kind, secret };
  // Without the word itself: there is a secret in it.
  throw new EnvError(`Each part must be <channel>=<${Object.keys(kinds).join('|')}>:<secret>; one is not.`);
};

const wordsIn = (text: string): readonly Connected[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
    .map(connectedIn);

const connectors = makeValidator((text) => {
  wordsIn(text);
  return text;
});

export const channelSettings = {
  CHANNEL_CONNECTORS: connectors({
    default: '',
    example: 'shop-uk=shopify:new-secret,shop-uk=shopify:old-secret',
    desc: 'Channels whose webhooks are taken at `/channels/<channel>/webhooks`: channel=kind:secret, comma-separated; a channel may stand there several times while its secret is changed. Keep it secret.',
  }),
};

const connectorsOf = ({ CHANNEL_CONNECTORS }: ChannelSettings): ChannelConnectors => {
  const words = wordsIn(CHANNEL_CONNECTORS);
  const secretsOf = (name: string): readonly string[] => words.flatMap(({ channel, secret }) => (channel === name ? [secret] : []));
  return new Map(
    words.flatMap(({ channel, kind }) => {
      const connect = kinds[kind];
      return connect ? [[channel, connect(secretsOf(channel))] as const] : [];
    }),
  );
};

/** As if it had come by the API: the same checks, the same words. */
const shaped = (placement: Placement): Placement => {
  const [right] = shapedEach(PlaceOrderDto, [placement]);
  if (right === undefined || right instanceof Refused) throw right ?? new Error('Nothing was shaped.');
  return { ...right, channel: placement.channel, externalOrderId: placement.externalOrderId };
};

type ChannelParts = Pick<Parts, 'controllers' | 'providers'>;

/** Channels that speak their own form. */
export const channelParts = (
  { pool, vault, people, now, clock, newId, settings }: Kit<ChannelSettings>,
  needs: Pick<OrderAtChannelNeeds, 'orders' | 'cancellations' | 'edits' | 'read' | 'orderIdOf'>,
): ChannelParts => {
  const follow = followingChannels({ ...needs, people, vault, idFor, shaped });
  const { orderIdOf } = needs;
  const inbox = new Inbox({
    connectors: connectorsOf(settings),
    table: messageTable(pool, { clock, newId }),
    vault,
    follow,
    now,
    orderIdOf,
  });
  return { controllers: [ChannelMessagesController], providers: [{ provide: CHANNEL_MESSAGES, useValue: inbox }] };
};
