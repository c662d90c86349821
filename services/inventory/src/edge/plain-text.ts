import { applyDecorators } from '@nestjs/common';
import { IsString, Matches } from 'class-validator';

/** Text on one line. Control characters have no business in names and reasons, and Postgres cannot keep all of them. */
export const PlainText = (maxLength: number, { each = false } = {}): PropertyDecorator =>
  applyDecorators(
    IsString({ each }),
    Matches(new RegExp(`^[^\\p{Cc}]{1,${maxLength}}$`, 'u'), {
      each,
      message: `must be 1 to ${maxLength} characters without control characters`,
    }),
  );
