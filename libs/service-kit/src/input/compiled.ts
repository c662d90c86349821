import type { FieldError } from '@cartage/eventsourcing';
import type { Type as Class } from '@nestjs/common';
import { cardDataIn, cardDataInMember } from './card-data';
import { rulesOf, type FieldRules, type Rule } from './rules';
import { traitsOf } from './traits';

/** What a value from outside is, once looked at. */
export interface Checked {
  /** A plain object in the DTO's shape, every text in the one spelling that is kept; of use only without faults. */
  readonly value: object;
  readonly faults: readonly FieldError[];
  /** Where card data stands, if it does. */
  readonly cardAt: string | undefined;
}

/** Looks at one value for one DTO. */
export type Validator = (input: object) => Checked;

type Members = Readonly<Record<string, unknown>>;

/** What is found on the way; paths are made only then. */
class Findings {
  readonly faults: FieldError[] = [];
  cardAt: string | undefined;

  add(field: string, code: string, message: string): void {
    this.faults.push({ field, code, message });
  }

  card(at: string, below: string | undefined): void {
    if (below !== undefined) this.cardAt ??= joined(at, below);
  }
}

interface Field {
  readonly name: string;
  readonly isOptional: boolean;
  readonly rules: readonly Rule[];
  readonly spellings: readonly ((value: unknown) => unknown)[];
  readonly part: (() => Part) | undefined;
  readonly mayHoldCard: boolean;
}

interface Part {
  readonly fields: readonly Field[];
  readonly names: ReadonlySet<string>;
  readonly presets: Members;
}

const joined = (at: string, below: string): string =>
  at === '' || below === '' || below.startsWith('[') ? `${at}${below}` : `${at}.${below}`;

/** Rules whose values cannot be a card number, or not one that anybody keeps. */
const numeric: ReadonlySet<string> = new Set([
  'isNumber',
  'isInt',
  'isBoolean',
  'isIn',
  'isUuid',
  'isInstant',
  'quantityInvalid',
  'amountInvalid',
  'countryUnknown',
]);

const isNothing = (value: unknown): value is undefined | null => value === undefined || value === null;
const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);

const judge = ({ name, rules }: Field, value: unknown, at: string, found: Findings): void => {
  for (const { code, holds, message } of rules) if (!holds(value)) found.add(joined(at, name), code, message(value));
};

const requireThere = ({ name, rules, part }: Field, value: unknown, at: string, found: Findings): void => {
  if ((part && value === null) || rules.some(({ holds }) => !holds(value))) found.add(joined(at, name), 'REQUIRED', 'is required');
};

/** An item of a list, or the value itself. A list in a list is told by a rule of the list. */
const partOf = (part: Part, value: unknown, at: string, found: Findings): unknown => {
  if (isObject(value)) return objectOf(part, value, at, found);
  if (isNothing(value)) found.add(at, 'REQUIRED', 'is required');
  else if (!Array.isArray(value)) found.add(at, 'NOT_AN_OBJECT', 'must be an object');
  return value;
};

const partsOf = (part: Part, value: unknown, at: string, found: Findings): unknown =>
  Array.isArray(value) ? value.map((item, i) => partOf(part, item, `${at}[${i}]`, found)) : partOf(part, value, at, found);

/** The value of a field as it is kept; nothing when it is absent. */
const fieldOf = (field: Field, told: unknown, at: string, found: Findings): unknown => {
  let value = told;
  for (const spelling of field.spellings) value = spelling(value);
  if (isNothing(value)) {
    if (!field.isOptional) requireThere(field, value, at, found);
    return undefined;
  }
  judge(field, value, at, found);
  if (field.part) return partsOf(field.part(), value, joined(at, field.name), found);
  if (field.mayHoldCard) found.card(joined(at, field.name), cardDataIn(value));
  return value;
};

const refuseUnknown = ({ names }: Part, input: Members, at: string, found: Findings): void => {
  for (const name of Object.keys(input)) {
    if (names.has(name)) continue;
    found.card(at, cardDataInMember(name, input[name]));
    found.add(joined(at, name), 'UNKNOWN_FIELD', 'is not a field of this request');
  }
};

const objectOf = (part: Part, input: Members, at: string, found: Findings): object => {
  refuseUnknown(part, input, at, found);
  const value: Record<string, unknown> = { ...part.presets };
  for (const field of part.fields) {
    const { name } = field;
    const kept = fieldOf(field, Object.hasOwn(input, name) ? input[name] : undefined, at, found);
    if (kept !== undefined) value[name] = kept;
  }
  return value;
};

/** A number field, a choice, a time: whatever is no card number, or is refused for what it is. */
const mayHoldCard = (isIdentifier: boolean, { isPart, ruleNames }: FieldRules): boolean =>
  !isPart && !isIdentifier && !ruleNames.some((name) => numeric.has(name));

const compileField = (dto: Class, of: FieldRules): Field => {
  const { spellings, part, isIdentifier = false } = traitsOf(dto.prototype as object, of.name);
  if (of.isPart && !part)
    throw new Error(`${dto.name}.${of.name} has @ValidateNested: use @Nested or @NestedList of the kit, which know the class.`);
  return {
    name: of.name,
    isOptional: of.isOptional,
    rules: of.rules,
    spellings,
    part: part && once(() => compiledPart(part())),
    mayHoldCard: mayHoldCard(isIdentifier, of),
  };
};

/** A DTO may name one that is declared below it, or itself. */
const once = (make: () => Part): (() => Part) => {
  let made: Part | undefined;
  return () => (made ??= make());
};

const parts = new WeakMap<Class, Part>();

const compiledPart = (dto: Class): Part => {
  const known = parts.get(dto);
  if (known) return known;
  const fields = rulesOf(dto).map((of) => compileField(dto, of));
  const presets = Object.fromEntries(Object.entries(new dto() as object).filter(([, value]) => value !== undefined));
  const part: Part = { fields, names: new Set(fields.map(({ name }) => name)), presets };
  parts.set(dto, part);
  return part;
};

/** What a DTO says of a field, for tests and documents that follow from it. */
export interface DtoField {
  readonly name: string;
  readonly isOptional: boolean;
  readonly part: Class | undefined;
  /** The value as told in the one spelling that is kept. */
  readonly spelt: (value: unknown) => unknown;
}

export const fieldsOf = (dto: Class): readonly DtoField[] =>
  rulesOf(dto).map(({ name, isOptional }) => {
    const { part, spellings } = traitsOf(dto.prototype as object, name);
    return { name, isOptional, part: part?.(), spelt: (value) => spellings.reduce((text, spelling) => spelling(text), value) };
  });

/** Whether a class has fields with rules at all. */
export const isDto = (type: unknown): type is Class => typeof type === 'function' && rulesOf(type as Class).length > 0;

/**
 * The validator of a DTO, made once from what its decorators say: class-validator's rules by their own functions, the kit's spellings and parts. One
 * walk checks, normalises, looks for card data where it could stand, and makes a plain object; class-validator's own engine would interpret the
 * same rules anew for every request.
 */
export const validatorOf = (dto: Class): Validator => {
  const part = compiledPart(dto);
  return (input) => {
    const found = new Findings();
    const value = objectOf(part, input as Members, '', found);
    return { value, faults: found.faults, cardAt: found.cardAt };
  };
};
