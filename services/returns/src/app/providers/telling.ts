import type { OrderFacts } from '../order-facts';
import type { ProviderNews } from './provider-news';
import type { ProviderNotices } from './provider-notices';

interface TellingNeeds {
  readonly providerNews: Pick<ProviderNews, 'orderChanged' | 'providerOf'>;
  readonly notices: Pick<ProviderNotices, 'orderKnown'>;
}

/**
 * What becomes known of orders, with what follows for whoever handles their returns: kept first, so that whoever dies in between is told the same fact again, and plans the
 * same message; and what that provider said of the order before it was known is looked at again.
 */
export const tellingProviders = (facts: OrderFacts, { providerNews, notices }: TellingNeeds): OrderFacts => {
  const looked = async (provider: string | undefined, orderId: string, factId: string): Promise<void> => {
    if (provider !== undefined) await notices.orderKnown(provider, orderId, { commandId: factId, correlationId: factId, actor: provider });
  };
  const changed = async (orderId: string, factId: string): Promise<void> =>
    looked(await providerNews.orderChanged(orderId, factId), orderId, factId);
  return {
    ...facts,
    keepSale: async (sale) => {
      await facts.keepSale(sale);
      // Nothing is told of what has not arrived; but a delivery may have been heard of before its order.
      const provider = await providerNews.providerOf(sale.orderId, sale.channel);
      if (provider !== undefined) await changed(sale.orderId, sale.orderId);
    },
    keepChange: async (eventId, change) => {
      await facts.keepChange(eventId, change);
      await changed(change.orderId, eventId);
    },
    keepDelivery: async (eventId, delivery) => {
      await facts.keepDelivery(eventId, delivery);
      await changed(delivery.orderId, eventId);
    },
  };
};
