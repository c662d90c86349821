import { createHash } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** Crockford’s base 32: no I, L, O or U, which people misread. */
const base32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Check character of ISO 7064 MOD 37,36: finds every single wrong character and every swap of neighbours. */
export const checkCharacter = (text: string): string => {
  let product = 36;
  for (const character of text) {
    const sum = (product + alphabet.indexOf(character)) % 36 || 36;
    product = (sum * 2) % 37;
  }
  return alphabet[(37 - product) % 36] ?? '';
};

/** 80 bits that follow from the shipment, so that nothing has to be remembered; letters in front keep it from looking like a card number. */
export const trackingNumberOf = (prefix: string, shipmentId: string): string => {
  const digest = createHash('sha256').update(shipmentId).digest();
  const body = Array.from(digest.subarray(0, 16), (byte) => base32[byte % 32]).join('');
  return `${prefix}${body}${checkCharacter(prefix + body)}`;
};

export const isTrackingNumber = (text: string): boolean => /^[0-9A-Z]{2,}$/.test(text) && checkCharacter(text.slice(0, -1)) === text.at(-1);
