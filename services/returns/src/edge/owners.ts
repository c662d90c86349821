import { ownedBy, type Owners } from '@cartage/service-kit';
import type { OrderFacts } from '../app/order-facts';
import { theClaim, theReturn, unknownOrder, unknownThing } from '../app/requiring';
import type { Returns } from '../app/returns';
import type { UnknownGoodsDesk } from '../app/unknown-goods';
import { unknownReceipt } from '../domain/unknown-goods/unknown-goods';

export interface OwnersNeeds {
  readonly facts: Pick<OrderFacts, 'of' | 'orderOf'>;
  readonly returns: Pick<Returns, 'get'>;
  readonly unknownGoods: Pick<UnknownGoodsDesk, 'get'>;
}

/** Returns and claims belong to the channel that sold their order; a return is where its goods came in, as are goods that name no order. */
export const ownersIn = ({ facts, returns, unknownGoods }: OwnersNeeds): Owners => {
  const ofOrder = async (orderId: string): Promise<string | undefined> => (await facts.of(orderId))?.sale.channel;
  const ofThing = async (id: string): Promise<string | undefined> => {
    const orderId = await facts.orderOf(id);
    return orderId === undefined ? undefined : ofOrder(orderId);
  };
  const docksOf = async (returnId: string): Promise<readonly string[]> =>
    [...(await returns.get(returnId)).rma.receipts.values()].map(({ location }) => location);
  const dockOf = async (receiptId: string): Promise<string> => (await unknownGoods.get(receiptId)).goods.received.location;
  return {
    orderId: ownedBy({ channel: ofOrder }, unknownOrder),
    returnId: ownedBy({ channel: ofThing, location: docksOf }, (id) => unknownThing(theReturn, id)),
    claimId: ownedBy({ channel: ofThing }, (id) => unknownThing(theClaim, id)),
    receiptId: ownedBy({ location: dockOf }, unknownReceipt),
  };
};
