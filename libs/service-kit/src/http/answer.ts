import { list, nullable, object, text, type Schema } from '@cartage/contracts';
import type { Page } from './page';

/** What an operation answers with: a schema that stands in the OpenAPI document by its own name. */
export interface Answer<Value> extends Schema<Value> {
  readonly name: string;
}

type Plain = string | number | boolean | bigint | null | undefined;

/** The paths of all fields that a value may have, such as `lines.sku`; those of every branch of a union. */
type Paths<Value> = Value extends Plain
  ? never
  : Value extends readonly (infer Item)[]
    ? Paths<Item>
    : Value extends object
      ? { [Field in keyof Value & string]-?: Named<Field> | `${Named<Field>}.${Paths<Value[Field]>}` }[keyof Value & string]
      : never;

/** `*` where any name may stand. */
type Named<Field extends string> = string extends Field ? '*' : Field;

/** Nothing to object to, or what the schema and the type say differently: it stands in the compiler's message. */
type Agreeing<Value, Described> = [Value] extends [Described]
  ? [Exclude<Paths<Value>, Paths<Described>>] extends [never]
    ? [Exclude<Paths<Described>, Paths<Value>>] extends [never]
      ? unknown
      : { readonly notInTheType: Exclude<Paths<Described>, Paths<Value>> }
    : { readonly notInTheSchema: Exclude<Paths<Value>, Paths<Described>> }
  : { readonly notAsTheSchemaSays: Value };

const named = <Value>(name: string, { json }: Schema<Value>): Answer<Value> => ({ name, json: { title: name, ...json } });

/**
 * Describes what a handler returns: `answerOf<ShownOrder>()('Order', object({ … }))`. Does not compile when the schema lacks a field that the
 * type has, has one that the type lacks, or says another type of it.
 */
export const answerOf =
  <Value>() =>
  <Described>(name: string, schema: Schema<Described> & Agreeing<Value, Described>): Answer<Value> =>
    named<Value>(name, { json: schema.json });

/** A page of such items. */
export const pageAnswer = <Item>(item: Answer<Item>): Answer<Page<Item>> => {
  const page: Schema<Page<Item>> = object({ items: list(item), next: nullable(text('The `cursor` of the next page; null on the last.')) });
  return named(`${item.name}Page`, page);
};

/** Bytes, sent by the handler itself. */
export const bytes: Answer<void> = { name: '', json: { type: 'string', format: 'binary' } };
