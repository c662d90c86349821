import type { FormKind } from './form-kind';
import drafts from './drafts.json';

/** As much of a schema of OpenAPI as forms are made of. */
export interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** What can be filled in, and how: what the schema does not say is written as JSON. */
export type Shape =
  | { readonly kind: 'text'; readonly longest: number }
  | { readonly kind: 'number'; readonly isWhole: boolean; readonly least?: number; readonly most?: number }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  | { readonly kind: 'flag' }
  | { readonly kind: 'list'; readonly of: Shape; readonly least: number; readonly most: number }
  | { readonly kind: 'names'; readonly of: Shape }
  | { readonly kind: 'group'; readonly fields: readonly Field[] }
  | { readonly kind: 'json' };

export interface Field {
  readonly name: string;
  readonly isRequired: boolean;
  readonly shape: Shape;
}

type Schemas = Readonly<Record<string, Schema>>;

const LONGEST = 500;
const MOST_ITEMS = 10_000;

const REF = '#/components/schemas/';

/** The schema that another one names, by itself or as all that it is of. */
const resolved = (schema: Schema, schemas: Schemas): Schema => {
  const name = (schema.$ref ?? schema.allOf?.[0]?.$ref)?.slice(REF.length);
  return name === undefined ? schema : (schemas[name] ?? {});
};

const numberOf = ({ type, minimum, maximum }: Schema): Shape => ({
  ...{ kind: 'number', isWhole: type === 'integer' },
  ...(minimum === undefined ? {} : { least: minimum }),
  ...(maximum === undefined ? {} : { most: maximum }),
});

const listOf = ({ items, minItems = 0, maxItems = MOST_ITEMS }: Schema, schemas: Schemas): Shape => ({
  ...{ kind: 'list', least: minItems, most: maxItems },
  of: items ? shapeIn(items, schemas) : { kind: 'json' },
});

const objectOf = (schema: Schema, schemas: Schemas): Shape => {
  const { properties, required = [], additionalProperties } = schema;
  if (properties)
    return {
      kind: 'group',
      fields: Object.entries(properties).map(([name, part]) => ({
        ...{ name, isRequired: required.includes(name) },
        shape: shapeIn(part, schemas),
      })),
    };
  return typeof additionalProperties === 'object' ? { kind: 'names', of: shapeIn(additionalProperties, schemas) } : { kind: 'json' };
};

const shapes: Readonly<Record<string, (schema: Schema, schemas: Schemas) => Shape>> = {
  string: ({ maxLength = LONGEST }) => ({ kind: 'text', longest: maxLength }),
  number: numberOf,
  integer: numberOf,
  boolean: () => ({ kind: 'flag' }),
  array: listOf,
  object: objectOf,
};

/** What a schema lets somebody fill in. */
export const shapeIn = (schema: Schema, schemas: Schemas): Shape => {
  const whole = resolved(schema, schemas);
  if (whole.enum) return { kind: 'choice', options: whole.enum.map(String) };
  return shapes[whole.type ?? '']?.(whole, schemas) ?? { kind: 'json' };
};

/** What is asked for beside the draft: its name, and why it was written. */
const besides: Readonly<Partial<Record<FormKind, readonly string[]>>> = {
  returns: ['version', 'note'],
  fork: ['from', 'to', 'rules', 'note'],
};

const roots: Readonly<Record<FormKind, Schema>> = drafts.roots;
const schemas: Schemas = drafts.schemas;

/** Every field of a draft of one kind, in the order in which the service has them. */
export const draftShape = (kind: FormKind): readonly Field[] => {
  const shape = shapeIn(roots[kind], schemas);
  return shape.kind === 'group' ? shape.fields.filter(({ name }) => !besides[kind]?.includes(name)) : [];
};

/** A value of a new item, or of what is set for the first time: what has to be there, empty. */
export const blankOf = (shape: Shape): unknown => {
  if (shape.kind === 'group') {
    const needed = shape.fields.filter((field) => field.isRequired);
    return Object.fromEntries(needed.flatMap(({ name, shape: part }) => (blankOf(part) === undefined ? [] : [[name, blankOf(part)]])));
  }
  if (shape.kind === 'list') return shape.least > 0 ? [blankOf(shape.of) ?? ''] : [];
  if (shape.kind === 'choice') return shape.options[0];
  if (shape.kind === 'flag') return false;
  return shape.kind === 'names' ? {} : undefined;
};

/** One value, and not something with parts. */
export const isWhole = ({ kind }: Shape): boolean => kind !== 'group' && kind !== 'list' && kind !== 'names';

/** Where nothing has to be said and more than a few things can be, only what is said is shown. */
const MOST_SHOWN_EMPTY = 3;

/** The fields of a group that are not shown until somebody wants to say something of them. */
export const offeredOf = (fields: readonly Field[], value: unknown): readonly Field[] => {
  const isThere = (name: string): boolean => typeof value === 'object' && value !== null && name in value;
  const isSparse = fields.length > MOST_SHOWN_EMPTY && fields.every(({ isRequired }) => !isRequired);
  return fields.filter(({ name, isRequired, shape }) => !isRequired && !isThere(name) && (isSparse || !isWhole(shape)));
};
