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

/** Services that listen to others, and may have got what they cannot take; those that are not switched on have nothing lying there. */
export const listeningServices = serviceNames.filter((name) => name !== 'console');
