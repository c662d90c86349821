import { Refused } from '@cartage/eventsourcing';
import type { PackedParcel } from './packing';
import type { SuggestedParcel, Suggestion, UnboxedReason } from './boxing/boxing';

/** What is to be done about goods for which no parcel is suggested. */
export const unboxedWords: { readonly [Reason in UnboxedReason]: string } = {
  'weight-unknown': 'Its weight is not known. Describe the item with its weightGrams.',
  'size-unknown': 'Its size is not known. Describe the item with its dimensions.',
  'no-boxes': 'The location has no boxes. Say which it has.',
  'no-padded-box': 'It is fragile, and no box of the location is padded.',
  'too-heavy': 'With it any box of the location is too heavy.',
  'too-large': 'It fits into no box of the location. Describe it as sent in its own packing, or name a larger box.',
  'too-many': 'These are more units than are suggested for. Name the parcels.',
};

/** A shipment is packed as suggested only where something was suggested for all of it. */
export const requireBoxed = (unboxed: Suggestion['unboxed']): void => {
  const errors = unboxed.map(({ lineId, sku, quantity, reason }) => ({
    field: 'parcels',
    code: reason.replaceAll('-', '_').toUpperCase(),
    message: `Line ${lineId}, ${quantity} of ${sku}: ${unboxedWords[reason]}`,
  }));
  if (errors[0]) throw new Refused('PACKING_NOT_SUGGESTED', `Name its parcels: ${errors[0].message}`, 'invalid', errors);
};

/** A suggested parcel as a packer would tell it. */
export const asSuggested = ({ box, weightGrams, size, lines }: SuggestedParcel): PackedParcel => ({
  ...(box ? { box: box.code } : {}),
  weightGrams,
  ...size,
  lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
});
