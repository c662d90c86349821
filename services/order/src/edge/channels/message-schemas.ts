import 'reflect-metadata';
import type { JsonSchema } from '@cartage/contracts';
import { outgoingSchemas } from '../../app/channels/outgoing-message';
import { RefundMessageDto, ReturnMessageDto } from './webhook/after-sale.dto';
import { OrderMessageDto } from './webhook/message.dto';

/** Under these names @nestjs/swagger keeps what a class says of its fields. */
const NAMES = 'swagger/apiModelPropertiesArray';
const FIELDS = 'swagger/apiModelProperties';

type Class = abstract new (...args: never[]) => object;
type Definitions = Map<string, JsonSchema>;

interface Field {
  readonly type?: unknown;
  readonly required?: boolean;
  readonly isArray?: boolean;
  readonly [keyword: string]: unknown;
}

const plain = new Map<unknown, JsonSchema>([
  [String, { type: 'string' }],
  [Number, { type: 'number' }],
  [Boolean, { type: 'boolean' }],
  [Object, {}],
  [Array, { type: 'array' }],
]);

/** A class stands in the definitions, once; a function without a prototype of its own answers with it. */
const schemaOfType = (type: unknown, definitions: Definitions): JsonSchema => {
  if (typeof type === 'string') return { type };
  const simple = plain.get(type);
  if (simple || typeof type !== 'function') return simple ?? {};
  const dto = (Reflect.hasMetadata(NAMES, (type.prototype ?? {}) as object) ? type : (type as () => unknown)()) as Class;
  define(dto, definitions);
  return { $ref: `#/$defs/${dto.name}` };
};

/** What may be absent may be null, which is the same. */
const schemaOf = (
  { type, required, isArray, minItems, maxItems, enumName: _, ...keywords }: Field,
  definitions: Definitions,
): JsonSchema => {
  const own = schemaOfType(type, definitions);
  const list = {
    type: 'array',
    items: own,
    ...(minItems === undefined ? {} : { minItems }),
    ...(maxItems === undefined ? {} : { maxItems }),
  };
  const schema = { ...(isArray === true && own['type'] !== 'array' ? list : own), ...keywords };
  return required === false ? { anyOf: [schema, { type: 'null' }] } : schema;
};

const define = (dto: Class, definitions: Definitions): void => {
  if (definitions.has(dto.name)) return;
  definitions.set(dto.name, {});
  const prototype = dto.prototype as object;
  const names = ((Reflect.getMetadata(NAMES, prototype) ?? []) as readonly string[]).map((name) => name.slice(1));
  const fields = names.map((name) => [name, (Reflect.getMetadata(FIELDS, prototype, name) ?? {}) as Field] as const);
  definitions.set(dto.name, {
    type: 'object',
    properties: Object.fromEntries(fields.map(([name, field]) => [name, schemaOf(field, definitions)])),
    required: fields.filter(([, { required }]) => required !== false).map(([name]) => name),
    additionalProperties: false,
  });
};

const incoming = [OrderMessageDto, RefundMessageDto, ReturnMessageDto] as const;

/** JSON Schema (2020-12) of every message that a channel of our own form sends (`$defs/in`) and is told (`$defs/out`): by the definitions that its messages are judged by. */
export const messageSchemas = (): JsonSchema => {
  const definitions: Definitions = new Map();
  for (const dto of incoming) define(dto, definitions);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Messages of channels that speak our own form',
    $defs: {
      ...Object.fromEntries(definitions),
      in: { oneOf: incoming.map(({ name }) => ({ $ref: `#/$defs/${name}` })) },
      out: { oneOf: Object.values(outgoingSchemas) },
    },
  };
};
