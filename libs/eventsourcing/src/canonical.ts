/**
 * JSON text with the fields of every object in one order, so that two texts are equal if and only if they say the same: for fingerprints of
 * requests. Lists keep their order; what is left out and what is `undefined` are the same, as in `JSON.stringify`.
 */
export const canonicalJson = (value: unknown): string => JSON.stringify(value, inOneOrder) ?? '';

const inOneOrder = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
