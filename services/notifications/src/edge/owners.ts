import { ownedBy, type Owners } from '@cartage/service-kit';
import { unknownMessage, type MessageLog } from '../app/message-log';
import type { OrderCards } from '../app/outbox';

/** What was said of an order belongs to the channel that sold it. */
export const ownersIn = (log: Pick<MessageLog, 'find'>, cards: Pick<OrderCards, 'find'>): Owners => {
  const ofMessage = async (messageId: string): Promise<string | undefined> => {
    const message = await log.find(messageId);
    return message && (await cards.find(message.orderId))?.channel;
  };
  return { messageId: ownedBy({ channel: ofMessage }, unknownMessage) };
};
