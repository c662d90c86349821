import type { JsonSchema } from './schema';

type Properties = Readonly<Record<string, JsonSchema>>;

const propertiesOf = (schema: JsonSchema): Properties => (schema['properties'] ?? {}) as Properties;
const requiredOf = (schema: JsonSchema): readonly string[] => (schema['required'] ?? []) as readonly string[];
const listed = (schema: JsonSchema): readonly unknown[] | undefined => schema['enum'] as readonly unknown[] | undefined;

/** Keywords that say what a value looks like: any change of them may surprise a reader. */
const fixed = ['type', 'format', 'pattern', 'minimum'] as const;

/**
 * Every way in which events of the new schema could surprise a reader of the released one: a field gone, no longer certain to be there, of
 * another shape, or with a value never heard of. Adding fields is no break, because readers let unknown ones pass. Descriptions do not count.
 */
export const breaksOf = (released: JsonSchema, current: JsonSchema, path = 'data'): readonly string[] => [
  ...fixed
    .filter((keyword) => released[keyword] !== current[keyword])
    .map((keyword) => `${path}: ${keyword} was ${String(released[keyword])}, is ${String(current[keyword])}`),
  ...newValues(released, current).map((value) => `${path}: may now be ${JSON.stringify(value)}, which readers do not know`),
  ...Object.entries(propertiesOf(released)).flatMap(([field, schema]) => breaksOfField(schema, current, field, path)),
  ...nested(released, current, 'items', `${path}[]`),
  ...nested(released, current, 'additionalProperties', `${path}.*`),
  ...requiredOf(released)
    .filter((field) => field in propertiesOf(current) && !requiredOf(current).includes(field))
    .map((field) => `${path}.${field}: was always there, is optional now`),
];

/** Every field of the new schema that the released one does not know, as readers find it. */
export const additionsOf = (released: JsonSchema, current: JsonSchema, path = 'data'): readonly string[] => [
  ...Object.entries(propertiesOf(current)).flatMap(([field, schema]) => {
    const was = propertiesOf(released)[field];
    if (was) return additionsOf(was, schema, `${path}.${field}`);
    return [`${path}.${field}: new${requiredOf(current).includes(field) ? '' : ', optional'}`];
  }),
  ...['items', 'additionalProperties'].flatMap((keyword) => {
    const [was, is] = [released[keyword], current[keyword]] as readonly (JsonSchema | undefined)[];
    return was && is ? additionsOf(was, is, keyword === 'items' ? `${path}[]` : `${path}.*`) : [];
  }),
];

const newValues = (released: JsonSchema, current: JsonSchema): readonly unknown[] => {
  const known = listed(released);
  if (!known) return [];
  return (listed(current) ?? ['anything']).filter((value) => !known.includes(value));
};

const breaksOfField = (schema: JsonSchema, current: JsonSchema, field: string, path: string): readonly string[] => {
  const now = propertiesOf(current)[field];
  return now ? breaksOf(schema, now, `${path}.${field}`) : [`${path}.${field}: is gone`];
};

const nested = (released: JsonSchema, current: JsonSchema, keyword: 'items' | 'additionalProperties', path: string): readonly string[] => {
  const was = released[keyword] as JsonSchema | undefined;
  const is = current[keyword] as JsonSchema | undefined;
  return was ? (is ? breaksOf(was, is, path) : [`${path}: is gone`]) : [];
};
