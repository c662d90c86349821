import type { Balances, CreditAnswer } from '../../app/balances/balances';
import type { PaymentProvider, ProviderOutcome } from '../../app/payment-provider';
import { CREDIT } from '../../domain/terms';

const outcomeOf = (answer: CreditAnswer): ProviderOutcome =>
  'declined' in answer ? { status: 'declined', reason: answer.declined } : { status: 'approved', reference: answer.reference };

/** What another try would not change. */
const final = (outcome: ProviderOutcome): ProviderOutcome => (outcome.status === 'declined' ? { ...outcome, final: true } : outcome);

/** Gift cards and store credit as a payment provider: an order is paid with them, and its money comes back to them, as with any other. */
export const creditProvider = (balances: Pick<Balances, 'reserve' | 'capture' | 'release' | 'refund'>): PaymentProvider => ({
  name: CREDIT,
  authorize: async (call) => outcomeOf(await balances.reserve(call)),
  // A balance says at once what it promises: nobody has to act.
  inquire: async ({ authorization }) => ({ status: 'approved', reference: authorization }),
  capture: async (call) => final(outcomeOf(await balances.capture(call))),
  void: async (call) => final(outcomeOf(await balances.release(call))),
  refund: async (call) => final(outcomeOf(await balances.refund(call))),
});
