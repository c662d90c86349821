import { dataSchemaOf } from './envelope';
import type { AnyEventContract } from './event';
import type { JsonSchema } from './schema';

/** Such as `OrderPlaced.v1`. */
export const nameOf = ({ type, version }: Pick<AnyEventContract, 'type' | 'version'>): string => `${type}.v${version}`;

/** The JSON Schema document of a contract's `data`, as it is committed, published and served. */
export const schemaOf = ({ type, version, about, data }: AnyEventContract): JsonSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: dataSchemaOf(type, version),
  title: type,
  ...data.json,
  description: about,
});
