import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers } from '../http/answers';
import { limitOf, PageQuery, pageOf, readCursor, type Page } from '../http/page';
import type { Causes } from './causes';
import { causalGraph, localCauses, tracedPage, type CausalGraph, type LocalCauses, type TracedEvent } from './traced-event';

export const CAUSES = Symbol('causes');

const refuses = { unknown: ['SERVICE_UNKNOWN', 'EVENT_UNKNOWN'], conflict: ['LOG_NOT_SEARCHABLE'] };

/** Why an event happened, and what came of it. */
@ApiTags('operations')
@Controller('operations/:service')
export class CausesController {
  constructor(@Inject(CAUSES) private readonly causes: Causes) {}

  @Get('events/:eventId')
  @ApiOperation({ summary: 'One event of a service: what led to it, and what followed from it, in the log of that service.' })
  @Answers(200, localCauses, { refuses })
  event(@Param('service') service: string, @Param('eventId') eventId: string): Promise<LocalCauses> {
    return this.causes.around(service, eventId);
  }

  @Get('events/:eventId/graph')
  @ApiOperation({ summary: 'Everything that followed from the request that an event began with, in all services, and what led to what.' })
  @Answers(200, causalGraph, { refuses })
  graph(@Param('service') service: string, @Param('eventId') eventId: string): Promise<CausalGraph> {
    return this.causes.graphOf(service, eventId);
  }

  @Get('correlations/:correlationId')
  @ApiOperation({ summary: 'What followed from one request in a service, in the order of its log.' })
  @Answers(200, tracedPage, { refuses: { unknown: ['SERVICE_UNKNOWN'], conflict: ['LOG_NOT_SEARCHABLE'] } })
  async correlated(
    @Param('service') service: string,
    @Param('correlationId') correlationId: string,
    @Query() query: PageQuery,
  ): Promise<Page<TracedEvent>> {
    const after = readCursor(query.cursor, 'digits')?.[0];
    const events = await this.causes.page(service, {
      correlationId,
      limit: limitOf(query) + 1,
      ...(after === undefined ? {} : { after }),
    });
    const { items, next } = pageOf(events, query, ({ position }) => [position]);
    return { items: items.map((event) => this.causes.shown(service, event)), next };
  }
}
