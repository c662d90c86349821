import { START, type Position } from '@cartage/eventsourcing';

/** Where an event stands: the transaction that wrote it, then its number. Both in decimal, as Postgres writes and reads them. */
export interface Cursor {
  readonly tx: string;
  readonly number: string;
}

/** Fixed width, so that positions compare as strings the way (tx, number) compare in Postgres. */
const hex = (decimal: string): string => BigInt(decimal).toString(16).padStart(16, '0');
const decimal = (hexadecimal: string): string => BigInt(`0x${hexadecimal}`).toString();

const SHAPE = /^[0-9a-f]{16}-[0-9a-f]{16}$/;

export const positionOf = ({ tx, number }: Cursor): Position => `${hex(tx)}-${hex(number)}`;

export const cursorOf = (position: Position): Cursor => {
  if (position === START) return { tx: '0', number: '0' };
  if (!SHAPE.test(position)) throw new RangeError(`'${position}' is no position of a Postgres event store.`);
  return { tx: decimal(position.slice(0, 16)), number: decimal(position.slice(17)) };
};
