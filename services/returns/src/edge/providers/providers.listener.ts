import { Topics, type ReturnEvent } from '@cartage/contracts';
import type { Listener } from '@cartage/messaging';
import type { ProviderNews } from '../../app/providers/provider-news';

interface OnReturn {
  readonly orderId: string;
  readonly returnId: string;
}

/** Hears its own: what changes a return, and what by it changes what else can be sent back of the order. */
export const providersListener = (news: ProviderNews): Listener<ReturnEvent> => {
  const changed = ({ orderId, returnId }: OnReturn, _: unknown, { id }: { readonly id: string }): Promise<void> =>
    news.returnChanged(orderId, returnId, id);
  const both = async (on: OnReturn, _: unknown, { id }: { readonly id: string }): Promise<void> => {
    await news.returnChanged(on.orderId, on.returnId, id);
    await news.orderChanged(on.orderId, id);
  };
  return {
    group: 'returns.providers',
    topic: Topics.returns,
    on: {
      ...{ ReturnRequested: both, ReturnAuthorized: both, ReturnDeclined: both, ReturnReceived: both },
      ...{ ReturnExpired: both, ReturnCancelled: both, ReturnClosed: both },
      ...{ ReturnLabelIssued: changed, ReturnInTransit: changed, ItemGraded: changed, RefundDue: changed },
    },
  };
};
