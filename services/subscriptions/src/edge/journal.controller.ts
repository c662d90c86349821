import type { CloudEvent } from '@cartage/contracts';
import { answerOf, Answers, IdParam, limitOf, Needs, pageAnswer, pageOf, PageQuery, readCursor, type Page } from '@cartage/service-kit';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Journals } from '../app/journals';
import { entry } from './entry.answer';

export const JOURNALS = Symbol('journals');

const entryAnswer = answerOf<CloudEvent>()('OrderJournalEntry', entry);

@ApiTags('subscriptions')
@Controller('subscriptions')
export class JournalController {
  constructor(@Inject(JOURNALS) private readonly journals: Journals) {}

  @Get('journals/:orderId')
  @Needs('events:read')
  @ApiOperation({ summary: 'Everything that happened to an order, over all services, in one sequence without gaps.' })
  @Answers(200, pageAnswer(entryAnswer), { refuses: { unknown: ['ORDER_UNKNOWN'], invalid: ['ID_INVALID'] } })
  async entries(@Param('orderId', IdParam) orderId: string, @Query() query: PageQuery): Promise<Page<CloudEvent>> {
    const [after] = readCursor(query.cursor, 'count') ?? [0];
    return pageOf(await this.journals.entries(orderId, after, limitOf(query) + 1), query, ({ sequence = 0 }) => [sequence]);
  }
}
