/** The holds that Cartage applies today: those that facts bring about, then those that people and rules do. */
export const holdTypes = [
  'stock-short',
  'payment-review',
  'payment-declined',
  'payment-due',
  'payment-expired',
  'unfillable',
  'chargeback',
  'cancellation-overdue',
  'parcel-lost',
  'exchange',
  'operator',
  'customer',
  'fraud',
  'address',
] as const;
