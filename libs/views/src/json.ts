// Postgres keeps no NUL and no half of a surrogate pair in a text. A customer's name must not stop a view.
const unkeepable = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
const maybeUnkeepable = /\\u(?:0000|d[89a-f])/i;

const plain = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);
const cleaned = (key: string, value: unknown): unknown =>
  typeof value === 'string' ? value.replace(unkeepable, '\uFFFD') : plain(key, value);

/** JSON that Postgres can read into texts and numbers. */
export const asJson = (value: unknown): string => {
  const json = JSON.stringify(value, plain);
  return maybeUnkeepable.test(json) ? JSON.stringify(value, cleaned) : json;
};
