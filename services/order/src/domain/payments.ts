import type { Money, Payment, PlacedOrder } from './state';

/** What is known of one way of paying after it was told. */
export const withPayment = (order: PlacedOrder, paymentId: string, told: Payment): PlacedOrder => ({
  ...order,
  payments: new Map(order.payments).set(paymentId, { ...order.payments.get(paymentId), ...told }),
});

export const added = (order: PlacedOrder, to: keyof Money, { amount }: { readonly amount: number }): PlacedOrder => ({
  ...order,
  money: { ...order.money, [to]: order.money[to] + amount },
});

/** What is known of each of its ways of paying. */
export const paymentsOf = ({ sold, payments }: PlacedOrder): readonly Payment[] =>
  sold.payments.map(({ paymentId }) => payments.get(paymentId) ?? {});
