import { Refused, type Position } from '@cartage/eventsourcing';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, isUUID, Max, Min } from 'class-validator';
import { AsNumber, IsIdentifier, IsPlainText, IsPosition } from '../input/fields';
import { isInstant } from '../input/instant';

const DEFAULT_LIMIT = 50;

/** The query of every list; extend it with the list's own filters. */
export class PageQuery {
  @ApiPropertyOptional({ minimum: 1, maximum: 200, default: DEFAULT_LIMIT, description: 'At most this many items.' })
  @IsOptional()
  @AsNumber()
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number = DEFAULT_LIMIT;

  @ApiPropertyOptional({ description: '`next` of the page before; absent for the first page.' })
  @IsOptional()
  @IsPlainText(2_000)
  @IsIdentifier()
  cursor?: string;

  @ApiPropertyOptional({ description: '`Cartage-Position` of a command’s answer: waits until the list shows it.' })
  @IsOptional()
  @IsPosition()
  minPosition?: Position;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** The `cursor` of the next page; null on the last. */
  readonly next: string | null;
}

/** What a list is ordered by: the values of one row's sort key. */
export type CursorValue = string | number;

export const limitOf = ({ limit }: { readonly limit?: number | undefined }): number => limit ?? DEFAULT_LIMIT;

/** Where a page ended, opaque to callers. */
export const cursorOf = (values: readonly CursorValue[]): string => Buffer.from(JSON.stringify(values)).toString('base64url');

/** What a list is ordered by, and whether a value could be so. Times are UTC, as lists tell them. */
const kinds = {
  text: (value: unknown) => typeof value === 'string' && !/\p{Cc}/u.test(value),
  instant: (value: unknown) => isInstant(value) && /^(?!0000).*Z$/.test(String(value)),
  digits: (value: unknown) => typeof value === 'string' && /^\d{1,18}$/.test(value),
  uuid: (value: unknown) => isUUID(value),
  count: (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0,
};
export type CursorKind = keyof typeof kinds;
type CursorValues<Kinds extends readonly CursorKind[]> = {
  readonly [Place in keyof Kinds]: Kinds[Place] extends 'count' ? number : string;
};

const decoded = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
};

/** What no page ever answered with. A cursor is opaque, but it comes from outside. */
const cursorInvalid = (): Refused => {
  const message = 'It must be the `next` of an earlier page of this list. Leave it out to begin anew.';
  return new Refused('CURSOR_INVALID', `Query cursor: ${message}`, 'invalid', [{ field: 'cursor', code: 'CURSOR_INVALID', message }]);
};

/** The values that `cursorOf` was given, each of its kind; nothing without a cursor. Refuses what no page ever answered with, before it gets anywhere. */
export const readCursor = <const Kinds extends readonly CursorKind[]>(
  cursor: string | undefined,
  ...wanted: Kinds
): CursorValues<Kinds> | undefined => {
  if (cursor === undefined) return undefined;
  const values = decoded(cursor);
  if (!Array.isArray(values) || values.length !== wanted.length || !wanted.every((kind, i) => kinds[kind](values[i])))
    throw cursorInvalid();
  return values as CursorValues<Kinds>;
};

/** Makes a page of rows that were read with a limit of one more than asked (`limitOf(query) + 1`): the extra row tells that more follow. */
export const pageOf = <Item>(
  rows: readonly Item[],
  query: { readonly limit?: number | undefined },
  keyOf: (item: Item) => readonly CursorValue[],
): Page<Item> => {
  const limit = limitOf(query);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? cursorOf(keyOf(last)) : null };
};
