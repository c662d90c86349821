import type { PaymentProvider, ProviderOutcome } from '../../app/payment-provider';
import { CREDIT } from '../../domain/terms';

const refused: ProviderOutcome = { status: 'declined', reason: 'credit-not-available', final: true };

/**
 * Stands where no ledger of gift cards and store credit is connected: it promises nothing and adds nothing, and says so. The customer is asked for another way to pay; a
 * refund that was to become credit is paid out in another way.
 */
export const noCredit: PaymentProvider = {
  name: CREDIT,
  authorize: async () => refused,
  inquire: async () => refused,
  capture: async () => refused,
  void: async () => refused,
  refund: async () => refused,
};
