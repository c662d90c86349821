const LONGEST = 200;

/** A text in an address that anybody may have written; the router takes digits for a number, and `true` for a truth. What is empty, or longer than anybody looks for, is as if it were not there. */
export const textIn = (value: unknown, longest = LONGEST): string | undefined => {
  const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  return typeof text === 'string' && text.trim() !== '' && text.length <= longest ? text : undefined;
};
