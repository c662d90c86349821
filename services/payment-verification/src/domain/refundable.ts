import { collectedIn, isUnknown, received, sum, type Ledger, type Refund, type Taken } from './ledger';

/** It went out, is on its way, or may have gone out: its money is for nothing else. */
const takesMoney = (refund: Refund): boolean => refund.status !== 'failed' || isUnknown(refund);

/** What banks took back of each capture, and have not given again. */
const takenBack = ({ chargebacks }: Ledger): ReadonlyMap<string, number> => {
  const taken = new Map<string, number>();
  for (const { captureId, amount, status } of chargebacks.values())
    if (status !== 'won') taken.set(captureId, (taken.get(captureId) ?? 0) + amount);
  return taken;
};

/** What of each capture is neither refunded nor about to be. */
const unrefunded = ({ captures, refunds }: Ledger): readonly (Taken & { readonly paymentId: string })[] => {
  const taken = new Map<string, number>();
  for (const refund of refunds.values())
    if (takesMoney(refund)) for (const { captureId, amount } of refund.captures) taken.set(captureId, (taken.get(captureId) ?? 0) + amount);
  return [...captures]
    .filter(([, { status }]) => status === 'captured')
    .map(([captureId, { paymentId, amount }]) => ({ captureId, paymentId, amount: amount - (taken.get(captureId) ?? 0) }));
};

/** What of each capture can be refunded: nothing that its bank has taken back meanwhile, or the customer would have it twice. */
const refundableCaptures = (ledger: Ledger): ReturnType<typeof unrefunded> => {
  const back = takenBack(ledger);
  return unrefunded(ledger).map(({ amount, ...capture }) => ({
    ...capture,
    amount: Math.max(0, amount - (back.get(capture.captureId) ?? 0)),
  }));
};

export const openCaptures = (ledger: Ledger, paymentId: string): readonly Taken[] =>
  refundableCaptures(ledger)
    .filter((capture) => capture.paymentId === paymentId)
    .map(({ captureId, amount }) => ({ captureId, amount }));

const refundedCash = ({ refunds }: Ledger): number =>
  sum([...refunds.values()].filter((refund) => takesMoney(refund) && refund.captures.length === 0).map(({ amount }) => amount));

/** What of the collected cash is neither refunded nor about to be: there is one way of paying in cash at most. */
export const openCash = (ledger: Ledger): number => collectedIn(ledger) - refundedCash(ledger);

/** What may still be refunded: refunds on their way, and what banks took back, taken off. */
export const refundable = (ledger: Ledger): number => sum(refundableCaptures(ledger).map(({ amount }) => amount)) + openCash(ledger);

/** What could be refunded if banks gave back what they took. */
export const refundableIfWon = (ledger: Ledger): number =>
  received(ledger) - sum([...ledger.refunds.values()].filter(takesMoney).map(({ amount }) => amount));

/** What banks took back and have not given again. */
export const chargedBack = (ledger: Ledger): number => sum(takenBack(ledger).values());
