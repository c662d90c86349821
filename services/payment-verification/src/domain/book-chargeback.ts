import { Refused, type DataOf } from '@cartage/eventsourcing';
import type { PaymentCommand } from './commands';
import type { PaymentEvent } from './events';
import { requirePromised, type Payment } from './payment';

/** The books of a payment follow its chargebacks: of two that were told at once, the later turn holds. */
export const bookChargeback = (
  { orderId, chargebackId, captureId, amount, status, turn, now }: DataOf<PaymentCommand, 'BookChargeback'>,
  payment: Payment,
): readonly PaymentEvent[] => {
  const { ledger } = requirePromised(orderId, payment);
  if (ledger.captures.get(captureId)?.status !== 'captured')
    throw new Refused('CAPTURE_UNKNOWN', `No capture ${captureId} of order ${orderId} is known here.`, 'unknown');
  const before = ledger.chargebacks.get(chargebackId);
  if (before && before.turn >= turn) return [];
  // A turn that changes nothing about the money (evidence, a reminder) leaves no trace.
  if (before?.status === status) return [];
  return [{ type: 'ChargebackBooked', data: { orderId, chargebackId, captureId, amount, status, turn, bookedAt: now } }];
};
