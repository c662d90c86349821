/** A JSON Schema (draft 2020-12), as plain data. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** A schema that knows its TypeScript type: one definition gives both. */
export interface Schema<Type> {
  readonly json: JsonSchema;
  /** Never there at run time; carries the type. */
  readonly type?: Type;
}

export interface OptionalSchema<Type> extends Schema<Type> {
  readonly optional: true;
}

/** The TypeScript type that a schema describes. */
export type Static<S> = S extends Schema<infer Type> ? Type : never;

type Shape = { readonly [field: string]: Schema<unknown> };
type OptionalFields<S extends Shape> = { [Field in keyof S]: S[Field] extends OptionalSchema<unknown> ? Field : never }[keyof S];
/** `shape` lets another object have the same fields: `object({ ...orderLine.shape, status })`. */
export interface ObjectSchema<S extends Shape> extends Schema<ObjectOf<S>> {
  readonly shape: S;
}
type Flat<Type> = { [Field in keyof Type]: Type[Field] };
type ObjectOf<S extends Shape> = Flat<
  { readonly [Field in Exclude<keyof S, OptionalFields<S>>]: Static<S[Field]> } & {
    readonly [Field in OptionalFields<S>]?: Static<S[Field]>;
  }
>;

const said = (about: string | undefined): JsonSchema => (about === undefined ? {} : { description: about });

/** `about` says units and meaning; it stands in the published schema and in the events reference. */
export const text = (about?: string): Schema<string> => ({ json: { type: 'string', ...said(about) } });
export const uuid = (about?: string): Schema<string> => ({ json: { type: 'string', format: 'uuid', ...said(about) } });
/** ISO 8601, UTC. */
export const time = (about?: string): Schema<string> => ({ json: { type: 'string', format: 'date-time', ...said(about) } });
export const truth = (about?: string): Schema<boolean> => ({ json: { type: 'boolean', ...said(about) } });
export const decimal = (about?: string): Schema<number> => ({ json: { type: 'number', ...said(about) } });
export const integer = (about?: string): Schema<number> => ({ json: { type: 'integer', ...said(about) } });
/** A whole number of units, at least 1. */
export const count = (about?: string): Schema<number> => ({ json: { type: 'integer', minimum: 1, ...said(about) } });
/** Integer minor units (cents, pence) of the currency that stands beside it. */
export const money = (about?: string): Schema<number> => ({ json: { type: 'integer', ...said(about ?? 'Minor units of the currency.') } });
/** ISO 4217. */
export const currency = (): Schema<string> => ({ json: { type: 'string', pattern: '^[A-Z]{3}$', description: 'ISO 4217 code.' } });
/** ISO 3166-1 alpha-2. */
export const country = (): Schema<string> => ({ json: { type: 'string', pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2 code.' } });

export const oneOf = <const Values extends readonly string[]>(values: Values, about?: string): Schema<Values[number]> => ({
  json: { type: 'string', enum: [...values], ...said(about) },
});

/**
 * A word of an open vocabulary: the list grows, and a reader who meets a word that it does not know does as `otherwise` says. Never a closed list in an event: events
 * are for ever, vocabularies are not.
 */
export const word = (known: readonly string[], otherwise: string, about?: string): Schema<string> => ({
  json: {
    type: 'string',
    minLength: 1,
    examples: [...known],
    description: `${about === undefined ? '' : `${about} `}Known words: ${known.map((each) => `\`${each}\``).join(', ')}; another one: ${otherwise}.`,
  },
});

export const list = <Item>(item: Schema<Item>, about?: string): Schema<readonly Item[]> => ({
  json: { type: 'array', items: item.json, ...said(about) },
});

/** Any names, each with a value of this shape. */
export const named = <Value>(value: Schema<Value>, about?: string): Schema<{ readonly [name: string]: Value }> => ({
  json: { type: 'object', additionalProperties: value.json, ...said(about) },
});

/** The value, or an explicit null. */
export const nullable = <Type>({ json }: Schema<Type>): Schema<Type | null> => ({
  json: {
    ...json,
    type: [json['type'], 'null'],
    ...(Array.isArray(json['enum']) ? { enum: [...(json['enum'] as readonly unknown[]), null] } : {}),
  },
});

/** Whatever JSON there is. */
export const anything = (about: string): Schema<unknown> => ({ json: { description: about } });

export const optional = <Type>(schema: Schema<Type>): OptionalSchema<Type> => ({ json: schema.json, optional: true });

/** An open object: readers must let fields pass that they do not know, so that adding one breaks nobody. */
export const object = <S extends Shape>(shape: S, about?: string): ObjectSchema<S> => ({
  shape,
  json: {
    type: 'object',
    properties: Object.fromEntries(Object.entries(shape).map(([field, schema]) => [field, schema.json])),
    required: Object.keys(shape).filter((field) => !('optional' in (shape[field] as object))),
    ...said(about),
  },
});
