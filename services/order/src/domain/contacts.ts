/** A way to reach a person, in the one spelling in which it is compared. */
export interface Contact {
  readonly kind: 'email' | 'phone';
  readonly value: string;
}

/** Case and blanks around do not count. What stands before the @ is the provider's affair and is not touched: a dot may make another person of it. */
export const emailOf = (written: string): Contact | undefined => {
  const value = written.normalize('NFKC').trim().toLowerCase();
  return value === '' ? undefined : { kind: 'email', value };
};

/**
 * With its country's prefix (`+` or `00`) a number means the same everywhere. One without is told apart by the country it was written in: the same
 * person's number written in both ways is two contacts.
 */
export const phoneOf = (written: string, country: string): Contact | undefined => {
  const text = written.normalize('NFKC').trim();
  const digits = text.replace(/\D/g, '');
  if (digits === '') return undefined;
  if (text.startsWith('+')) return { kind: 'phone', value: `+${digits}` };
  if (digits.startsWith('00')) return { kind: 'phone', value: `+${digits.slice(2)}` };
  return { kind: 'phone', value: `${country}:${digits.replace(/^0+/, '')}` };
};
