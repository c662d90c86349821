import { EXCHANGE, type PaymentEvent, type ReturnEvent } from '@cartage/contracts';
import type { DataOf, Meta } from '@cartage/eventsourcing';
import { isKnown, type Payment } from '../domain/payment';
import type { Balances } from './balances/balances';
import type { Decisions } from './decisions';

export interface ExchangesNeeds {
  readonly decisions: Decisions;
  readonly balances: Pick<Balances, 'closeExchange'>;
}

/** Money between the order whose goods come back and the one that brings others: by a balance, which pays for the one and gives back to the other. */
export class Exchanges {
  constructor(private readonly needs: ExchangesNeeds) {}

  /** What came back is worth so much: no more is promised by it. */
  async settled({ replacementOrderId: orderId, amount }: DataOf<ReturnEvent, 'ExchangeSettled'>, meta: Meta): Promise<void> {
    const { decisions } = this.needs;
    await decisions.hear({ type: 'LimitExchange', data: { ...decisions.at(), orderId, amount } }, meta);
  }

  /** What is not needed is in hand again for the order that it came from. Of other balances it knows nothing. */
  async givesBack(debited: DataOf<PaymentEvent, 'BalanceDebited'>, meta: Meta): Promise<void> {
    const { balanceId, movementId, cause, orderId, amount } = debited;
    if (cause !== 'returned' || orderId === undefined) return;
    const { decisions } = this.needs;
    await decisions.hear({ type: 'ReturnCredit', data: { ...decisions.at(), orderId, amount, balanceId, movementId } }, meta);
  }

  /** The order that was to bring other goods has ended, whether anything was promised for it or not. */
  async ended(orderId: string, payment: Payment, meta: Meta): Promise<void> {
    if (!isKnown(payment) || !payment.terms.payments.some(({ method }) => method === EXCHANGE)) return;
    await this.needs.balances.closeExchange(orderId, payment.terms.currency, meta);
  }
}
