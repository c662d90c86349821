import type { Clock } from '@cartage/eventsourcing';
import { faultIn, signedPost, type SignedReceiver } from '@cartage/service-kit';
import type { ChannelOutlet, SkuAnswer } from '../../../app/channels/channel-update';
import { orderMessage, priceMessage, stockMessage } from '../../../app/channels/outgoing-message';
import { grouped } from '../../../app/channels/grouped';
import { JsonReading, type Fields } from '../json-reading';
import { CHANNEL_REFUSED } from '../refused-by-channel';

export interface WebhookAccount {
  readonly url: string;
  /** base64: what is posted is signed with it. */
  readonly token: string;
  readonly clock: Clock;
}

/** `{ "given": 500 }`, where it gives less than it was asked for, because it gave some before; else all of it. */
const givenIn = ({ given }: Fields, content: object): { readonly given?: number } => {
  if (!('amount' in content) || typeof content.amount !== 'number') return {};
  const isLess = typeof given === 'number' && Number.isSafeInteger(given) && given >= 0 && given < content.amount;
  return { given: isLess ? given : content.amount };
};

/** `{ "refused": [{ "sku", "field", "code", "message" }] }`, or nothing. */
const answersIn = (body: Fields, told: readonly { readonly sku: string }[]): readonly SkuAnswer[] => {
  const reading = new JsonReading();
  const refused = grouped(reading.list(body, 'refused'), (each) => reading.optionalText(each, 'sku') ?? '');
  return told.map(({ sku }) => {
    const faults = refused.get(sku)?.map(faultIn);
    return faults ? { code: CHANNEL_REFUSED, faults } : undefined;
  });
};

/** A channel that takes what it is told as signed JSON: an update of an order in each post, or what it may sell of many SKUs, and for how much. */
export const webhookOutlet = (account: WebhookAccount): ChannelOutlet => {
  const receiver: SignedReceiver = { ...account, refusedAs: CHANNEL_REFUSED };
  return {
    tell: async (update) => {
      const answer = await signedPost(receiver, update.updateId, orderMessage(update));
      return { status: 'told', detail: 'It has taken it.', ...givenIn(answer, update.content) };
    },
    setStock: async (levels, key) => {
      return answersIn(await signedPost(receiver, key, stockMessage(levels)), levels);
    },
    setPrices: async (prices, key) => {
      return answersIn(await signedPost(receiver, key, priceMessage(prices)), prices);
    },
  };
};
