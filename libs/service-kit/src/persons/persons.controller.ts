import { anything, list, nullable, object, text, time } from '@cartage/contracts';
import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { answerOf } from '../http/answer';
import { Needs } from '../auth/access';
import { Answers } from '../http/answers';
import { IsExternalId } from '../input/fields';
import { ListOf } from '../input/parts';
import { NoPreview } from '../preview/answering';
import type { KnownItem, PersonAsked, Persons } from './persons';

export const PERSONS = Symbol('persons');

export const knownItem = object({
  service: text('Who knows it.'),
  stream: nullable(text('Of its log; null for what it keeps beside the log.')),
  at: nullable(time('When it was recorded.')),
  what: text('The event, or what else it is.'),
  content: anything('All of it, with what is personal in clear as long as the key is there.'),
});

const known = answerOf<{ readonly items: readonly KnownItem[] }>()(
  'KnownOfPersonHere',
  object({ items: list(knownItem, 'Oldest first.') }),
);

/** Of whom: as the order service names them. */
export class PersonLookupDto implements PersonAsked {
  @ApiProperty({ type: [String], format: 'uuid', description: 'Order ids.' })
  @ListOf({ min: 0, max: 10_000 })
  @IsUUID('all', { each: true })
  readonly orders!: string[];

  @ApiProperty({ type: [String], description: 'Customer ids.' })
  @ListOf({ min: 0, max: 10_000 })
  @IsExternalId({ each: true })
  readonly customers!: string[];

  @ApiProperty({ type: [String], description: 'Names of data keys: nothing else is opened.' })
  @ListOf({ min: 0, max: 10_000 })
  @IsExternalId({ each: true })
  readonly keys!: string[];

  @ApiProperty({ type: [String], description: 'Of the requests by which events are found.' })
  @ListOf({ min: 0, max: 10_000 })
  @IsExternalId({ each: true })
  readonly correlations!: string[];
}

/** What a service knows of a person: for the export of all of it (`POST /customers/export`). */
@ApiTags('operations')
@Controller('operations/:service')
export class PersonsController {
  constructor(@Inject(PERSONS) private readonly persons: Persons) {}

  @Post('person')
  @Needs('orders:personal')
  @HttpCode(200)
  @NoPreview()
  @ApiOperation({ summary: 'What one service knows of a person. Changes nothing.' })
  @Answers(200, known, { refuses: { unknown: ['SERVICE_UNKNOWN'], conflict: ['LOG_NOT_SEARCHABLE'] } })
  async find(@Param('service') service: string, @Body() asked: PersonLookupDto): Promise<{ readonly items: readonly KnownItem[] }> {
    return { items: await this.persons.known(service, asked) };
  }
}
