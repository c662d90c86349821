import { Refused } from '@cartage/eventsourcing';
import { ownedBy, type Owners } from '@cartage/service-kit';
import type { FulfillmentLists } from '../app/fulfillment-lists';
import type { ReadBrokering } from '../app/reading';

type Lists = Pick<FulfillmentLists, 'orderOfFulfillment' | 'orderOfDecision'>;

const unknown = (code: string, what: string) => (): Refused => new Refused(code, `There is no such ${what}, or not yet.`, 'unknown');

/** What is brokered, and why, belongs to the channel that sold the order; a fulfilment is where it leaves from, and where its customer fetches it. */
export const ownersIn = (read: ReadBrokering, { orderOfFulfillment, orderOfDecision }: Lists): Owners => {
  const ofOrder = async (orderId: string): Promise<string | undefined> => (await read(orderId)).state?.channel;
  const ofDecision = async (decisionId: string): Promise<string | undefined> => {
    const orderId = await orderOfDecision(decisionId);
    return orderId === undefined ? undefined : ofOrder(orderId);
  };
  const placesOf = async (fulfillmentId: string): Promise<readonly string[]> => {
    const { state } = await read(await orderOfFulfillment(fulfillmentId));
    const { location, shipGroupId = '' } = state?.fulfillments.get(fulfillmentId) ?? {};
    return [location ?? [], state?.shipGroups.get(shipGroupId)?.pickupLocation ?? []].flat();
  };
  return {
    orderId: ownedBy({ channel: ofOrder }, unknown('BROKERING_UNKNOWN', 'brokering')),
    decisionId: ownedBy({ channel: ofDecision }, unknown('DECISION_UNKNOWN', 'decision')),
    fulfillmentId: ownedBy(
      { channel: async (fulfillmentId) => ofOrder(await orderOfFulfillment(fulfillmentId)), location: placesOf },
      unknown('FULFILLMENT_UNKNOWN', 'fulfilment'),
    ),
  };
};
