/** Services that listen to others, and may have got what they cannot take; those that are not switched on have nothing lying there. */
export const letterServices = [
  'order',
  'inventory',
  'payment-verification',
  'fulfillment-routing',
  'shipping',
  'returns',
  'notifications',
  'audit',
  'reporting',
  'subscriptions',
] as const;
