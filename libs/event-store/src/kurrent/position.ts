import type { Position as KurrentPosition } from '@kurrent/kurrentdb-client';
import type { Position } from '@cartage/eventsourcing';

const hex = (offset: bigint): string => offset.toString(16).padStart(16, '0');

const SHAPE = /^[0-9a-f]{16}-[0-9a-f]{16}$/;

/** Fixed width, so that positions compare as strings the way (commit, prepare) compare in KurrentDB. */
export const positionOf = ({ commit, prepare }: KurrentPosition): Position => `${hex(commit)}-${hex(prepare)}`;

export const kurrentPositionOf = (position: Position): KurrentPosition => {
  if (!SHAPE.test(position)) throw new RangeError(`'${position}' is no position of a KurrentDB event store.`);
  return { commit: BigInt(`0x${position.slice(0, 16)}`), prepare: BigInt(`0x${position.slice(17)}`) };
};
