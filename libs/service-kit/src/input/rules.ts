import type { Type as Class } from '@nestjs/common';
import { getMetadataStorage, ValidationTypes, type ValidationArguments } from 'class-validator';

/** What must hold of a field's value, and the code of the refusal if it does not. */
export interface Rule {
  readonly code: string;
  readonly holds: (value: unknown) => boolean;
  /** Readable after the field's name. */
  readonly message: (value: unknown) => string;
}

/** The rules of a field as class-validator's decorators say them. */
export interface FieldRules {
  readonly name: string;
  readonly isOptional: boolean;
  readonly isPart: boolean;
  readonly rules: readonly Rule[];
  /** class-validator's names of the rules. */
  readonly ruleNames: readonly string[];
}

type Metadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

/** Codes of class-validator's rules whose own names would say less. */
const codes: Readonly<Record<string, string>> = {
  isDefined: 'REQUIRED',
  isNotEmpty: 'REQUIRED',
  nestedValidation: 'NOT_AN_OBJECT',
  whitelistValidation: 'UNKNOWN_FIELD',
  arrayMinSize: 'TOO_FEW',
  arrayMaxSize: 'TOO_MANY',
  arrayUnique: 'NOT_UNIQUE',
  min: 'TOO_SMALL',
  max: 'TOO_LARGE',
  minLength: 'TOO_SHORT',
  maxLength: 'TOO_LONG',
};

/** `isInt` → `NOT_AN_INT` would need grammar; `IS_INT` names the rule that does not hold, and is as stable as the rule. */
export const codeOfRule = (rule: string): string => codes[rule] ?? rule.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

const filled = (message: string, { constraints, property }: ValidationArguments): string =>
  constraints
    .reduce<string>((text, each, i) => text.replaceAll(`$constraint${i + 1}`, String(each)), message)
    .replaceAll('$property', property);

const messageOf = (
  { message }: Metadata,
  preset: ((args: ValidationArguments) => string) | undefined,
  args: ValidationArguments,
): string => {
  const said = message || preset || '';
  return filled(typeof said === 'string' ? said : said(args), args);
};

const everyItem = (holds: (value: unknown) => boolean) => (value: unknown) => (Array.isArray(value) ? value.every(holds) : holds(value));

const ruleOf = (metadata: Metadata): { readonly name: string; readonly rule: Rule } => {
  const { propertyName: property, constraints = [], each, constraintCls } = metadata;
  const [constraint] = getMetadataStorage().getTargetValidatorConstraints(constraintCls);
  if (!constraint || constraint.async) throw new Error(`The rule of ${property} is not one that answers at once.`);
  const { instance, name } = constraint;
  const args: ValidationArguments = { value: undefined, constraints, targetName: '', object: {}, property };
  const holds = (value: unknown): boolean => instance.validate(value, args) === true;
  const preset = instance.defaultMessage?.bind(instance);
  return {
    name,
    rule: {
      code: codeOfRule(name),
      holds: each ? everyItem(holds) : holds,
      message: (value) => messageOf(metadata, preset, { ...args, value }),
    },
  };
};

const understood: ReadonlySet<string> = new Set([
  ValidationTypes.CUSTOM_VALIDATION,
  ValidationTypes.IS_DEFINED,
  ValidationTypes.NESTED_VALIDATION,
  ValidationTypes.WHITELIST,
  ValidationTypes.CONDITIONAL_VALIDATION,
]);

const requireUnderstood = ({ type, name, propertyName, groups, validateIf }: Metadata): void => {
  const isOtherCondition = type === ValidationTypes.CONDITIONAL_VALIDATION && name !== 'isOptional';
  if (!understood.has(type) || isOtherCondition || groups?.length > 0 || validateIf)
    throw new Error(`The rule ${name ?? type} of ${propertyName} is not among those that a DTO may use.`);
};

const isOf =
  (...types: readonly string[]) =>
  ({ type }: Metadata): boolean =>
    types.includes(type);

const fieldOf = (name: string, metadata: readonly Metadata[]): FieldRules => {
  metadata.forEach(requireUnderstood);
  const rules = metadata.filter(isOf(ValidationTypes.CUSTOM_VALIDATION, ValidationTypes.IS_DEFINED)).map(ruleOf);
  return {
    name,
    isOptional: metadata.some(isOf(ValidationTypes.CONDITIONAL_VALIDATION)),
    isPart: metadata.some(isOf(ValidationTypes.NESTED_VALIDATION)),
    rules: rules.map(({ rule }) => rule),
    ruleNames: rules.map((each) => each.name),
  };
};

/** What the decorators of a DTO and of what it extends say of each of its fields. */
export const rulesOf = (dto: Class): readonly FieldRules[] => {
  const byName = new Map<string, Metadata[]>();
  for (const metadata of getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false))
    byName.set(metadata.propertyName, [...(byName.get(metadata.propertyName) ?? []), metadata]);
  return [...byName].map(([name, metadata]) => fieldOf(name, metadata));
};
