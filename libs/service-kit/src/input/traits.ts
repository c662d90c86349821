import type { Type as Class } from '@nestjs/common';

/** What a field's decorators say of it beyond class-validator's rules. */
export interface FieldTraits {
  /** Turns the value as told into the one that is kept; before any rule is asked. */
  readonly spellings: readonly ((value: unknown) => unknown)[];
  /** The DTO that the value, or each item of it, is. */
  readonly part?: () => Class;
  /** It names a thing: no card number is looked for in it. */
  readonly isIdentifier?: true;
}

type Given = Partial<Omit<FieldTraits, 'spellings'>> & { readonly spelling?: (value: unknown) => unknown };

const none: FieldTraits = { spellings: [] };
const known = new Map<object, Map<string, FieldTraits>>();

/** A decorator that says this of a field. */
export const Trait =
  ({ spelling, ...rest }: Given): PropertyDecorator =>
  (prototype, name) => {
    const ofClass = known.get(prototype) ?? new Map<string, FieldTraits>();
    const before = ofClass.get(String(name)) ?? none;
    ofClass.set(String(name), { ...before, ...rest, spellings: [...before.spellings, ...(spelling ? [spelling] : [])] });
    known.set(prototype, ofClass);
  };

/** What is said of a field by its class, or by the nearest that it extends. */
export const traitsOf = (prototype: object | null, name: string): FieldTraits =>
  prototype === null ? none : (known.get(prototype)?.get(name) ?? traitsOf(Object.getPrototypeOf(prototype) as object | null, name));
