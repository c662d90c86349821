import { codeOfRule, fieldsOf } from '@cartage/service-kit';
import type { Type } from '@nestjs/common';
import { getMetadataStorage, validateSync, type ValidationError } from 'class-validator';
import { services } from '../services';

/** Every DTO of every service: their modules are loaded with the services, and each class registers itself at class-validator. */
export const everyDto = (): readonly Type[] => {
  if (services.length === 0) return [];
  const registered = Reflect.get(getMetadataStorage(), 'validationMetadatas') as ReadonlyMap<Type, unknown>;
  return [...registered.keys()];
};

type Told = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Told => typeof value === 'object' && value !== null && !Array.isArray(value);

const instanceOf = (dto: Type, value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((item: unknown) => instanceOf(dto, item));
  if (!isObject(value)) return value;
  const instance = new dto() as Record<string, unknown>;
  const fields = new Map(fieldsOf(dto).map((field) => [field.name, field]));
  for (const [name, told] of Object.entries(value)) {
    const { part, spelt } = fields.get(name) ?? { part: undefined, spelt: (same: unknown) => same };
    instance[name] = part ? instanceOf(part, spelt(told)) : spelt(told);
  }
  return instance;
};

const pathOf = (above: string, property: string, inList: boolean): string => {
  if (inList) return `${above}[${property}]`;
  return above === '' ? property : `${above}.${property}`;
};

const atField = ({ value, constraints = {} }: ValidationError, field: string): readonly string[] => {
  const rules = Object.keys(constraints);
  if (rules.length === 0) return [];
  if ((value === undefined || value === null) && !rules.includes('whitelistValidation')) return [`${field} REQUIRED`];
  return rules.map((rule) => `${field} ${codeOfRule(rule)}`);
};

const told = (errors: readonly ValidationError[], above = '', inList = false): readonly string[] =>
  errors.flatMap((error) => {
    const field = pathOf(above, error.property, inList);
    return [...atField(error, field), ...told(error.children ?? [], field, Array.isArray(error.value))];
  });

/** What class-validator's own engine says of the same input: field and code of each fault, sorted. */
export const byClassValidator = (dto: Type, input: Told): readonly string[] => {
  const options = { whitelist: true, forbidNonWhitelisted: true, validationError: { target: false } };
  return [...told(validateSync(instanceOf(dto, input) as object, options))].sort();
};
