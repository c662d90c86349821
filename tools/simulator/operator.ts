import { byHand, roundsOver, type Actor } from './actors';
import type { ListedPayment } from './answers';
import type { Cartage } from './cartage';

export type ReviewDecision = 'accept' | 'reject';

/** Whoever looks into the payments that Cartage would rather have a person decide. */
export const operator = (cartage: Cartage, decide: (payment: ListedPayment) => Promise<ReviewDecision>): Actor => ({
  name: 'operator',
  round: roundsOver({
    list: async () => (await cartage.reviews({ limit: 100 })).items,
    idOf: ({ orderId }) => orderId,
    handle: byHand(8, async (payment) => cartage.review(payment.orderId, await decide(payment), 'Looked into by the simulated operator.')),
  }),
});
