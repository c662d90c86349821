import { keywords, type Files } from './java';
import { modelOf, type Document, type JsonSchema } from './operations';

/** By this name Nest has whatever it knows no type of. */
const NO_TYPE = 'Object';

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const formats: Readonly<Record<string, string>> = { uuid: 'UUID', 'date-time': 'Instant', date: 'LocalDate' };
const plain: Readonly<Record<string, string>> = { integer: 'Long', number: 'Double', boolean: 'Boolean' };

const isName = (name: string): boolean => /^[A-Za-z_]\w*$/.test(name) && !keywords.has(name);
const nameOf = (name: string): string => (isName(name) ? name : `${name.replace(/\W/g, '_')}_`);

/** `null` is what is not there, and a description beside another schema changes nothing. */
const bare = (schema: JsonSchema): JsonSchema => {
  const some = (schema.allOf ?? schema.anyOf ?? []).filter(({ type }) => type !== 'null');
  return some.length === 1 && some[0] ? some[0] : schema;
};

const typeNamed = ({ type }: JsonSchema): string | undefined => {
  const types = [type ?? []].flat().filter((each) => each !== 'null');
  return types.length === 1 ? types[0] : undefined;
};

const commentOf = ({ description }: JsonSchema, margin: string): string =>
  typeof description === 'string' ? `${margin}/** ${description.replaceAll('*/', '* /').replaceAll('\\u', '\\ u')} */\n` : '';

const constantOf = (value: string): string => {
  const name = value
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/\W+/g, '_')
    .toUpperCase();
  return /^\d/.test(name) || name === '' ? `_${name}` : name;
};

/** What came to be known later than these classes is `UNLISTED`. */
const enumOf = (name: string, values: readonly string[]): string => {
  const constants = values.map((value) => `@JsonProperty(${JSON.stringify(value)}) ${constantOf(value)}`);
  return `  public enum ${name} { ${[...constants, '@JsonEnumDefaultValue UNLISTED'].join(', ')} }\n`;
};

/** Signs, such as `;`, have no name. */
const areNames = (values: readonly string[]): boolean => values.every((value) => /[A-Za-z\d]/.test(value));

/** The class of one model, with those of the objects that stand in it, by where they stand. */
class Model {
  private readonly within: string[] = [];

  constructor(
    private readonly name: string,
    private readonly schema: JsonSchema,
    private readonly models: ReadonlySet<string>,
  ) {}

  text(): string {
    const fields = this.fieldsOf(this.name, this.schema);
    return `${commentOf(this.schema, '')}public final class ${this.name} {\n${fields}${this.within.join('')}}\n`;
  }

  private typeOf(described: JsonSchema, name: string): string {
    const schema = bare(described);
    const model = modelOf(schema);
    if (model !== undefined) return model;
    const type = typeNamed(schema);
    if (type === 'array') return `List<${this.typeOf(schema.items ?? {}, name)}>`;
    if (type === 'object') return this.objectOf(schema, name);
    return type === 'string' ? this.textOf(schema, name) : (plain[type ?? ''] ?? 'Object');
  }

  private textOf({ enum: values, format }: JsonSchema, name: string): string {
    if (values === undefined) return formats[String(format)] ?? 'String';
    const texts = values.filter((value) => value !== null).map(String);
    if (!areNames(texts)) return 'String';
    this.within.push(enumOf(name, texts));
    return name;
  }

  private objectOf(schema: JsonSchema, name: string): string {
    const { properties, additionalProperties } = schema;
    if (properties === undefined)
      return `Map<String, ${typeof additionalProperties === 'object' ? this.typeOf(additionalProperties as JsonSchema, name) : 'Object'}>`;
    this.within.push(`  public static final class ${name} {\n${this.fieldsOf(name, schema)}  }\n`);
    return name;
  }

  /** That of a model would hide it. */
  private nameWithin(name: string): string {
    return this.models.has(name) ? `${name}Part` : name;
  }

  private fieldsOf(owner: string, { properties = {} }: JsonSchema): string {
    return Object.entries(properties)
      .map(([field, schema]) => this.fieldOf(owner, field, schema))
      .join('');
  }

  private fieldOf(owner: string, field: string, schema: JsonSchema): string {
    const [type, name] = [this.typeOf(schema, this.nameWithin(`${owner}${capital(nameOf(field))}`)), nameOf(field)];
    const called = name === field ? '' : `  @JsonProperty(${JSON.stringify(field)})\n`;
    const setter = `  public ${owner} ${name}(${type} value) { this.${name} = value; return this; }\n`;
    return `${commentOf(schema, '  ')}${called}  public ${type} ${name};\n${setter}`;
  }
}

const HEAD = `// Made of the OpenAPI document.
package io.cartage.api;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;

`;

/** A class for each model of an OpenAPI document: its fields, and beside each what sets it and goes on. */
export const javaModelsOf = ({ components }: Document): Files => {
  const models = Object.entries(components.schemas).filter(([name]) => name !== NO_TYPE);
  const names = new Set(models.map(([name]) => name));
  return Object.fromEntries(models.map(([name, schema]) => [`${name}.java`, HEAD + new Model(name, schema, names).text()]));
};
