/** The services that there may be. Which of them run is what each address says; a test holds that none is missing here. */
export const serviceNames = [
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
  'console',
] as const;
