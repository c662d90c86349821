/**
 * Where an event stands in a store's log. Opaque to whoever follows; two promises only: the empty string is the beginning, and of two events
 * of the same store the later one has the greater position when compared as strings.
 */
export type Position = string;

/** The beginning of every log. */
export const START: Position = '';

const DIGITS = 16;
const SHAPE = /^\d{16}$/;

/** The position with this number, for stores: of fixed width, so that positions compare as strings the way their numbers compare. */
export const positionOf = (number: number): Position => {
  if (Number.isSafeInteger(number) && number >= 0) return String(number).padStart(DIGITS, '0');
  throw new RangeError(`${number} is no number of a position.`);
};

/** Whether some text could be the position of an event: what no store ever gave compares with none. */
export const isPosition = (text: string): boolean => SHAPE.test(text);

/** The number of a position; 0 for the beginning. */
export const numberOf = (position: Position): number => {
  if (position === START) return 0;
  if (SHAPE.test(position)) return Number(position);
  throw new RangeError(`'${position}' is no position of an event store.`);
};
