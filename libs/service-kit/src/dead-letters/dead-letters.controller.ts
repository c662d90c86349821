import { deadLetterStates, type DeadLetterDesk, type DeadLetterState } from '@cartage/messaging';
import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional, ApiTags, ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { Answers } from '../http/answers';
import { limitOf, PageQuery, pageOf, readCursor, type Page } from '../http/page';
import { IsIdentifier, IsNote, IsPlainText } from '../input/fields';
import { requireService, unknownService } from '../operations';
import {
  deadLetter,
  deadLetterPage,
  shownLetter,
  wholeDeadLetter,
  wholeLetter,
  type ShownLetter,
  type WholeLetter,
} from './dead-letters.answers';

export const DEAD_LETTER_DESKS = Symbol('dead letter desks');

/** The dead letters of each service of this process, by the service's name. */
export type DeadLetterDesks = ReadonlyMap<string, DeadLetterDesk>;

export class DeadLetterQueryDto extends PageQuery {
  @ApiPropertyOptional({ description: 'Only those of this listening group.' })
  @IsOptional()
  @IsPlainText(200)
  @IsIdentifier()
  group?: string;

  @ApiPropertyOptional({ enum: deadLetterStates })
  @IsOptional()
  @IsIn(deadLetterStates)
  state?: DeadLetterState;
}

export class DropLetterDto {
  @ApiProperty({ description: 'Why it is not to be taken. It is kept.' })
  @IsNote(1_000)
  reason!: string;
}

const unknownLetter = { unknown: ['SERVICE_UNKNOWN', 'DEAD_LETTER_UNKNOWN'] };

/** What listeners could not take, for people: look, send again, drop. */
@ApiTags('operations')
@Controller('operations/:service/dead-letters')
export class DeadLettersController {
  constructor(@Inject(DEAD_LETTER_DESKS) private readonly desks: DeadLetterDesks) {}

  @Get()
  @ApiOperation({ summary: 'What the listeners of a service could not take, and what waits behind it, oldest first.' })
  @Answers(200, deadLetterPage, { refuses: unknownService })
  async list(@Param('service') service: string, @Query() query: DeadLetterQueryDto): Promise<Page<ShownLetter>> {
    const after = readCursor(query.cursor, 'digits')?.[0];
    const { group, state } = query;
    const letters = await this.desk(service).list({ group, state, after, limit: limitOf(query) + 1 });
    return pageOf(letters, query, ({ id }) => [id]);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One of them, with all that came and the error’s stack.' })
  @Answers(200, wholeDeadLetter, { refuses: unknownLetter })
  async show(@Param('service') service: string, @Param('id') id: string): Promise<WholeLetter> {
    return wholeLetter(await this.desk(service).find(id));
  }

  @Post(':id/send')
  @ApiOperation({ summary: 'Have it taken again soon, and after it those that wait behind it, in order. Saying so twice changes nothing.' })
  @Answers(202, deadLetter, { refuses: { ...unknownLetter, conflict: ['DEAD_LETTER_WAITING', 'DEAD_LETTER_DROPPED'] } })
  async send(@Param('service') service: string, @Param('id') id: string): Promise<ShownLetter> {
    return shownLetter(await this.desk(service).send(id));
  }

  @Post(':id/drop')
  @ApiOperation({ summary: 'Never take it, and let those that wait behind it go on. The reason is kept.' })
  @Answers(200, deadLetter, { refuses: { ...unknownLetter, conflict: ['DEAD_LETTER_DROPPED'] } })
  async drop(@Param('service') service: string, @Param('id') id: string, @Body() { reason }: DropLetterDto): Promise<ShownLetter> {
    return shownLetter(await this.desk(service).drop(id, reason));
  }

  private desk(service: string): DeadLetterDesk {
    return requireService(this.desks, service);
  }
}
