import { ownedBy, type Owners } from '@cartage/service-kit';
import type { OrderFacts } from '../app/order-facts';
import { theClaim, theReturn, unknownOrder, unknownThing } from '../app/requiring';

/** Returns and claims belong to the channel that sold their order. */
export const ownersIn = (facts: Pick<OrderFacts, 'of' | 'orderOf'>): Owners => {
  const ofOrder = async (orderId: string): Promise<string | undefined> => (await facts.of(orderId))?.sale.channel;
  const ofThing = async (id: string): Promise<string | undefined> => {
    const orderId = await facts.orderOf(id);
    return orderId === undefined ? undefined : ofOrder(orderId);
  };
  return {
    orderId: ownedBy({ channel: ofOrder }, unknownOrder),
    returnId: ownedBy({ channel: ofThing }, (id) => unknownThing(theReturn, id)),
    claimId: ownedBy({ channel: ofThing }, (id) => unknownThing(theClaim, id)),
  };
};
