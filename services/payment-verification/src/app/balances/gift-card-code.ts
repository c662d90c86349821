/** Crockford’s alphabet: no letter that is read as a digit. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** A hundred bits: whoever guesses a thousand a second finds none in the life of the universe, which is what limits guessing. */
const LENGTH = 20;
const GROUP = 4;

/** A code, made of what is as good as random. */
export const codeFrom = (hash: string): string => {
  const letters = [...Buffer.from(hash, 'base64url')].slice(0, LENGTH).map((byte) => ALPHABET[byte % ALPHABET.length] ?? '');
  return Array.from({ length: LENGTH / GROUP }, (_, i) => letters.slice(i * GROUP, (i + 1) * GROUP).join('')).join('-');
};

/** As people write them: small letters, blanks and dashes do not count, and what is read as a digit is one. */
export const spelt = (code: string): string =>
  code
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');

export const lastOf = (code: string): string => spelt(code).slice(-4);
