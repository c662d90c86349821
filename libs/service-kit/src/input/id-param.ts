import { Refused } from '@cartage/eventsourcing';
import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { validate } from 'uuid';

/** Pipe of a path parameter that is an id: `@Param('orderId', IdParam)`. What is no UUID is refused by the parameter's name. */
export class IdParam implements PipeTransform<string, string> {
  transform(value: string, { data: field = 'id' }: ArgumentMetadata): string {
    if (validate(value)) return value.toLowerCase();
    const message = 'must be a UUID';
    throw new Refused('ID_INVALID', `Path ${field}: ${message}`, 'invalid', [{ field, code: 'ID_INVALID', message }]);
  }
}
