import { object, optional, text, word } from './schema';

export const sendBack = object(
  {
    by: word(
      ['label', 'qr', 'store', 'own-way'],
      'treat as `own-way`',
      'With a label of ours, or a code that a carrier’s counter prints one from; brought to a store; or as the customer likes.',
    ),
    carrier: optional(text('Name of the carrier’s adapter; absent: whoever costs least.')),
    service: optional(text('The carrier’s own; absent: the one that costs least.')),
  },
  'How it is sent back; absent: as the customer likes.',
);

export const condition = word(
  ['unopened', 'opened', 'used', 'damaged'],
  'as if nothing had been said',
  'In which condition it is, says the customer. The inspection has the last word.',
);
