/** A one-dimensional array as Postgres takes it in binary: cheaper on both sides than text, which would have every quote in JSON escaped. */
const HEADER_BYTES = 20;
/** An empty array has no dimension, and ends before it. */
const NO_DIMENSION_BYTES = 12;
const LENGTH_BYTES = 4;
const ABSENT = -1;

const header = (into: Buffer, elementType: number, { length }: readonly unknown[], nulls: boolean): void => {
  into.writeInt32BE(length > 0 ? 1 : 0, 0);
  into.writeInt32BE(nulls ? 1 : 0, 4);
  into.writeInt32BE(elementType, 8);
  into.writeInt32BE(length, 12);
  into.writeInt32BE(1, 16);
};

const finished = (buffer: Buffer, { length }: readonly unknown[]): Buffer => (length > 0 ? buffer : buffer.subarray(0, NO_DIMENSION_BYTES));

const TEXT = 25;

/** For a parameter of type `text[]`. */
export const textArray = (values: readonly (string | null)[]): Buffer => {
  const lengths = values.map((value) => (value === null ? ABSENT : Buffer.byteLength(value)));
  const buffer = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + LENGTH_BYTES + Math.max(length, 0), HEADER_BYTES));
  header(buffer, TEXT, values, lengths.includes(ABSENT));
  let at = HEADER_BYTES;
  values.forEach((value, i) => {
    at = buffer.writeInt32BE(lengths[i] ?? ABSENT, at);
    if (value !== null) at += buffer.write(value, at);
  });
  return finished(buffer, values);
};

const INTEGER = 23;

/** For a parameter of type `integer[]`. */
export const integerArray = (values: readonly (number | null)[]): Buffer => {
  const nulls = values.filter((value) => value === null).length;
  const buffer = Buffer.allocUnsafe(HEADER_BYTES + values.length * 2 * LENGTH_BYTES - nulls * LENGTH_BYTES);
  header(buffer, INTEGER, values, nulls > 0);
  let at = HEADER_BYTES;
  for (const value of values) {
    at = buffer.writeInt32BE(value === null ? ABSENT : LENGTH_BYTES, at);
    if (value !== null) at = buffer.writeInt32BE(value, at);
  }
  return finished(buffer, values);
};
