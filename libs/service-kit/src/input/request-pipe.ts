import { identifierOf, limits, normalised, textFault } from '@cartage/contracts';
import { Refused, type FieldError } from '@cartage/eventsourcing';
import type { ArgumentMetadata, PipeTransform, Type as Class } from '@nestjs/common';
import { cardRefused, refuseCards } from './card-data';
import { isDto, validatorOf, type Validator } from './compiled';

/** More would help nobody and cost much: a body of 10,000 wrong lines. */
const MOST_TOLD = 100;

const invalid = (errors: readonly FieldError[]): Refused => {
  const told = errors.slice(0, MOST_TOLD);
  const first = told[0];
  const detail = first ? `${first.field}: ${first.message}` : 'The request does not have the right form.';
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return new Refused('REQUEST_INVALID', `${detail}${more}`, 'invalid', told);
};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

const objectIn = (value: unknown = {}): object => {
  if (isObject(value)) return value;
  throw new Refused('BODY_NOT_AN_OBJECT', 'The body must be a JSON object.', 'invalid');
};

const pathValue = identifierOf(limits.externalId);

/** A parameter of a path always names a thing, and is spelt as that is in a body. */
const nameIn = (value: string, field: string): string => {
  const name = normalised(value);
  const fault = textFault(pathValue, name);
  if (!fault) return name;
  throw invalid([{ field, ...fault }]);
};

/**
 * Makes of what a request brings what a handler's parameter is: a DTO, checked by the validator that its decorators make; a name in a path, in its
 * one spelling; anything else as it came, without card data. Unknown fields are refused, not dropped: a misspelt one would be lost.
 */
export class RequestPipe implements PipeTransform {
  private readonly validators = new Map<unknown, Validator | undefined>();

  transform(value: unknown, { type, metatype, data }: ArgumentMetadata): unknown {
    const validate = this.validatorFor(metatype);
    if (validate && data === undefined) return checked(validate, value, type);
    if (type === 'param' && typeof value === 'string') return nameIn(value, data ?? 'path');
    if (type === 'body' || type === 'query') refuseCards(type, value);
    return value;
  }

  private validatorFor(metatype: Class | undefined): Validator | undefined {
    if (!this.validators.has(metatype)) this.validators.set(metatype, isDto(metatype) ? validatorOf(metatype) : undefined);
    return this.validators.get(metatype);
  }
}

const checked = (validate: Validator, value: unknown, part: string): object => {
  const { value: kept, faults, cardAt } = validate(objectIn(value));
  if (cardAt !== undefined) throw cardRefused(part, cardAt);
  if (faults.length > 0) throw invalid(faults);
  return kept;
};
