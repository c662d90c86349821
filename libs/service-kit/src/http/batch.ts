import { integer, list, object, optional, text } from '@cartage/contracts';
import { canonicalJson, Refused, type Meta } from '@cartage/eventsourcing';
import type { Type as Class } from '@nestjs/common';
import { idFor } from '../ids';
import { digestOf } from './digest';
import { RequestPipe } from '../input/request-pipe';

const pipe = new RequestPipe();

/** Each item of a batch as the DTO, or what is wrong with it: exactly as if it had come alone, so that none keeps the others out. */
export const shapedEach = <Dto extends object>(dto: Class<Dto>, items: readonly unknown[]): readonly (Dto | Refused)[] =>
  items.map((item) => {
    try {
      return pipe.transform(item, { type: 'body', metatype: dto }) as Dto;
    } catch (error) {
      if (error instanceof Refused) return error;
      throw error;
    }
  });

/** The name of an item as it was sent, right or wrong in all else; null where it has none. */
export const nameOfItem = (item: unknown, field: string): string | null => {
  const name: unknown = typeof item === 'object' && item !== null ? Reflect.get(item, field) : null;
  return typeof name === 'string' ? name : null;
};

/** Meta of one item: under its name in the batch it is the same command, however often the batch is sent. */
export const metaOfItem = (meta: Meta, name: string, item: unknown): Meta => ({
  ...meta,
  commandId: idFor('item', meta.commandId, name),
  fingerprint: digestOf(canonicalJson(item)),
});

/** A problem within an answer: what the item would have been answered, had it come alone. */
export const problemSchema = object(
  {
    type: text('`urn:cartage:problem:<code>`'),
    title: text(),
    status: integer('As of HTTP.'),
    code: text('Stable.'),
    detail: text('For a person.'),
    correlationId: text(),
    errors: optional(list(object({ field: text('JSON path.'), code: text(), message: text() }))),
  },
  'Why it was not done.',
);
