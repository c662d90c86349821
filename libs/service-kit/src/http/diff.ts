import { anything, integer, list, object, optional, text } from '@cartage/contracts';
import type { Instant } from '@cartage/eventsourcing';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import { isFields, type Fields } from '../fields';
import { instantOf } from '../input/instant';
import { answerOf } from './answer';

/** A field that is another at one instant than at the other. */
export interface FieldChange {
  /** Such as `status` or `lines[lineId=2].progress.shipped`. */
  readonly field: string;
  /** Absent where it was not there. */
  readonly before?: unknown;
  readonly after?: unknown;
}

const areAllFields = (values: readonly unknown[]): values is readonly Fields[] => values.every(isFields);

/** By which field the items of a list are the same things at both instants: the first id that all of them have, each another. */
const idOf = (before: readonly Fields[], after: readonly Fields[]): string | undefined => {
  const [first] = [...before, ...after];
  const isId = (field: string): boolean =>
    [before, after].every((items) => new Set(items.map((item) => item[field])).size === items.length) &&
    [...before, ...after].every((item) => typeof item[field] === 'string');
  return Object.keys(first ?? {}).find((field) => field.endsWith('Id') && isId(field));
};

type Items = ReadonlyMap<string, unknown>;

/** The items of a list by their names within it. */
const itemsOf = (values: readonly unknown[], id: string | undefined): Items =>
  new Map(values.map((value, i) => [id !== undefined && isFields(value) ? `[${id}=${String(value[id])}]` : `[${i}]`, value]));

const listsOf = (before: readonly unknown[], after: readonly unknown[]): readonly [Items, Items] => {
  const id = areAllFields(before) && areAllFields(after) ? idOf(before, after) : undefined;
  return [itemsOf(before, id), itemsOf(after, id)];
};

const fieldsOf = (value: Fields): Items => new Map(Object.entries(value).map(([field, part]) => [`.${field}`, part]));

const partsOf = (before: unknown, after: unknown): readonly [Items, Items] | undefined => {
  if (Array.isArray(before) && Array.isArray(after)) return listsOf(before, after);
  return isFields(before) && isFields(after) ? [fieldsOf(before), fieldsOf(after)] : undefined;
};

/** Field by field, in the order of the later one; what was there only before comes last. Both as JSON has them. */
export const changesBetween = (before: unknown, after: unknown, field = ''): readonly FieldChange[] => {
  const parts = partsOf(before, after);
  if (parts) {
    const [earlier, later] = parts;
    const names = new Set([...later.keys(), ...earlier.keys()]);
    return [...names].flatMap((name) => changesBetween(earlier.get(name), later.get(name), `${field}${name}`));
  }
  if (before === after) return [];
  return [{ field: field.replace(/^\./, ''), ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
};

/** The query of every comparison of two instants. */
export class DiffQuery {
  @ApiProperty({ description: 'A version, or an ISO 8601 time: as it stood then.', example: '1' })
  @IsString()
  from!: string;

  @ApiPropertyOptional({ description: 'The same; absent: as it stands now.', example: '2026-11-23T10:00:00Z' })
  @IsOptional()
  @IsString()
  to?: string;
}

export interface Diff {
  readonly from: number;
  readonly to: number;
  readonly changes: readonly FieldChange[];
}

/** What is shown of a thing at an instant, and its version then. */
export type ReadAt = (instant?: Instant) => Promise<{ readonly version: number; readonly shown: object }>;

const asJson = (value: object): unknown => JSON.parse(JSON.stringify(value)) as unknown;

export const diffOf = async (readAt: ReadAt, { from, to }: DiffQuery): Promise<Diff> => {
  // Both are understood before either is read: nobody would wait for a read that was begun beside a refusal, and what it throws would end the process.
  const instants = [instantOf(from, 'from'), instantOf(to, 'to')] as const;
  const [before, after] = await Promise.all([readAt(instants[0]), readAt(instants[1])]);
  return { from: before.version, to: after.version, changes: changesBetween(asJson(before.shown), asJson(after.shown)) };
};

export const diff = answerOf<Diff>()(
  'Diff',
  object({
    from: integer('The version at the first instant.'),
    to: integer('The version at the second.'),
    changes: list(
      object({
        field: text('Such as `status` or `lines[lineId=2].progress.shipped`.'),
        before: optional(anything('Absent where it was not there.')),
        after: optional(anything('Absent where it is no more.')),
      }),
      'What is another, field by field; empty where nothing is.',
    ),
  }),
);
