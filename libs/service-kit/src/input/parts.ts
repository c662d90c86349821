import { applyDecorators, type Type as Class } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { IsArray, IsDefined, IsOptional, ValidateBy, ValidateNested } from 'class-validator';
import { Trait } from './traits';

/*
 * A part of a DTO that is a DTO itself. class-validator's own `@ValidateNested` passes over a part that is missing, and takes a list for an object:
 * a handler that trusts its type then breaks. Use these instead; lint refuses the other.
 */

type Dto = () => Class;

const notAnObject = { message: 'must be an object' };

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

// A bare value is told by class-validator's own rule.
const NoList = (): PropertyDecorator =>
  ValidateBy({ name: 'notAnObject', validator: { validate: (value) => !isList(value), defaultMessage: () => notAnObject.message } });

const NoListInList = (): PropertyDecorator =>
  ValidateBy({
    name: 'notAnObject',
    validator: { validate: (value) => !isList(value) || !value.some(isList), defaultMessage: () => 'must be a list of objects' },
  });

const part = (dto: Dto): PropertyDecorator => applyDecorators(NoList(), ValidateNested(notAnObject), Trait({ part: dto }));

/** A part that must be there. Documented by itself; more may be said with the options of `@ApiProperty`. */
export const Nested = (dto: Dto, about: ApiPropertyOptions = {}): PropertyDecorator =>
  applyDecorators(ApiProperty(documented(dto, about)), IsDefined(), part(dto));

/** A part that may be absent, or null, which is the same. */
export const OptionalNested = (dto: Dto, about: ApiPropertyOptions = {}): PropertyDecorator =>
  applyDecorators(ApiPropertyOptional(documented(dto, about)), IsOptional(), part(dto));

export interface ListSize {
  readonly min?: number;
  readonly max: number;
}

const Size = (name: string, isRight: (length: number) => boolean, message: string): PropertyDecorator =>
  ValidateBy({ name, validator: { validate: (value) => !isList(value) || isRight(value.length), defaultMessage: () => message } });

/** How many items a list may have. What is no list is another rule's to say. */
export const ListOf = ({ min = 1, max }: ListSize): PropertyDecorator =>
  applyDecorators(
    IsArray({ message: 'must be a list' }),
    Size('arrayMinSize', (length) => length >= min, `must have at least ${min} items`),
    Size('arrayMaxSize', (length) => length <= max, `must have at most ${max} items`),
  );

const parts = (dto: Dto, size: ListSize): PropertyDecorator =>
  applyDecorators(ListOf(size), NoListInList(), ValidateNested({ each: true, ...notAnObject }), Trait({ part: dto }));

// The name of the function `type` is what tells OpenAPI to call it later.
const documented = (dto: Dto, about: object): ApiPropertyOptions => ({ type: () => dto(), ...about }) as ApiPropertyOptions;

const documentedList = (dto: Dto, { min = 1, max }: ListSize, about: object): ApiPropertyOptions =>
  documented(dto, { isArray: true, minItems: min, maxItems: max, ...about });

/** A list of parts: at least one unless `min` says otherwise. */
export const NestedList = (dto: Dto, size: ListSize, about: ApiPropertyOptions = {}): PropertyDecorator =>
  applyDecorators(ApiProperty(documentedList(dto, size, about)), parts(dto, size));

/** A list of parts that may be absent, or null. */
export const OptionalNestedList = (dto: Dto, size: ListSize, about: ApiPropertyOptions = {}): PropertyDecorator =>
  applyDecorators(ApiPropertyOptional(documentedList(dto, size, about)), IsOptional(), parts(dto, size));
