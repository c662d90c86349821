import { Refused, type FieldError } from '@cartage/eventsourcing';
import { ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';

/** Codes of class-validator's rules whose own names would say less. */
const codes: Readonly<Record<string, string>> = {
  whitelistValidation: 'UNKNOWN_FIELD',
  isDefined: 'REQUIRED',
  isNotEmpty: 'REQUIRED',
  nestedValidation: 'NOT_AN_OBJECT',
  arrayMinSize: 'TOO_FEW',
  arrayMaxSize: 'TOO_MANY',
  arrayUnique: 'NOT_UNIQUE',
  min: 'TOO_SMALL',
  max: 'TOO_LARGE',
  minLength: 'TOO_SHORT',
  maxLength: 'TOO_LONG',
};

/** `isInt` → `NOT_AN_INT` would need grammar; `IS_INT` names the rule that does not hold, and is as stable as the rule. */
const codeOf = (rule: string): string => codes[rule] ?? rule.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

const pathOf = (above: string, property: string, inList: boolean): string => {
  if (inList) return `${above}[${property}]`;
  return above === '' ? property : `${above}.${property}`;
};

const errorsAt = ({ value, constraints = {} }: ValidationError, field: string): readonly FieldError[] => {
  // Null is what JSON writes for nothing.
  if ((value === undefined || value === null) && !('whitelistValidation' in constraints) && Object.keys(constraints).length > 0)
    return [{ field, code: 'REQUIRED', message: 'is required' }];
  return Object.entries(constraints).map(([rule, message]) => ({
    field,
    code: codeOf(rule),
    message: rule === 'whitelistValidation' ? 'is not a field of this request' : message,
  }));
};

/** All that is wrong, depth first, each with the JSON path of its field. */
export const fieldErrorsOf = (errors: readonly ValidationError[], above = '', inList = false): readonly FieldError[] =>
  errors.flatMap((error) => {
    const field = pathOf(above, error.property, inList);
    return [...errorsAt(error, field), ...fieldErrorsOf(error.children ?? [], field, Array.isArray(error.value))];
  });

/** More would help nobody and cost much: a body of 10,000 wrong lines. */
const MOST_TOLD = 100;

const invalid = (errors: readonly FieldError[]): Refused => {
  const told = errors.slice(0, MOST_TOLD);
  const first = told[0];
  const detail = first ? `${first.field}: ${first.message}` : 'The request does not have the right form.';
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return new Refused('REQUEST_INVALID', `${detail}${more}`, 'invalid', told);
};

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Checks DTOs with class-validator and turns them into their classes. Unknown fields are refused, not dropped: a misspelt one would be lost. */
export class RequestPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      validationError: { target: false },
      exceptionFactory: (errors) => invalid(fieldErrorsOf(errors)),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    // class-transformer would let a list or a bare value pass for an object without any field.
    if (metadata.type === 'body' && this.toValidate(metadata) && value !== undefined && !isObject(value))
      throw new Refused('BODY_NOT_AN_OBJECT', 'The body must be a JSON object.', 'invalid');
    return super.transform(value, metadata) as Promise<unknown>;
  }
}
