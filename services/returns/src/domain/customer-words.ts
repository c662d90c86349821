/** In which condition goods are, as a customer says. */
export const customerConditions = ['unopened', 'opened', 'used', 'damaged'] as const;
export type CustomerCondition = (typeof customerConditions)[number];

/** Reasons that our own page knows; others are as good. */
export const customerReasons = [
  'too-small',
  'too-large',
  'changed-mind',
  'not-as-described',
  'arrived-damaged',
  'defective',
  'wrong-item',
  'too-late',
  'other',
] as const;
export type CustomerReason = (typeof customerReasons)[number];
