import type { TakenMoney } from './commands';
import type { PaymentEvent } from './events';
import type { Authorization } from './ledger';
import type { Known } from './payment';
import { moneyOf } from './terms';

/** Whether it was heard before that a provider took this money. */
export const isTaken = ({ ledger }: Known, { reference }: Pick<TakenMoney, 'reference'>): boolean =>
  [...ledger.captures.values()].some((capture) => capture.status === 'captured' && capture.reference === reference);

/** Money that came in though nobody here asked for it: the customer paid at once, or somebody took it at the provider’s. */
export const takenUnasked = (
  { terms }: Known,
  { authorizationId, paymentId }: Authorization,
  { captureId, reference, amount, now }: TakenMoney & { readonly captureId: string; readonly now: string },
): readonly PaymentEvent[] => {
  const money = { ...moneyOf(terms, paymentId, amount), captureId };
  return [
    { type: 'CaptureRequested', data: { ...money, attemptId: captureId, authorizationId, requestedAt: now } },
    { type: 'PaymentCaptured', data: { ...money, reference, capturedAt: now } },
  ];
};
