import { deadlineStates, type DeadlineQueue, type DeadlineState } from '@cartage/eventsourcing';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { Answers } from '../http/answers';
import { limitOf, PageQuery, pageOf, readCursor, type Page } from '../http/page';
import { IsIdentifier, IsPlainText } from '../input/fields';
import { requireService, unknownService } from '../operations';
import { deadlinePage, shownDeadline, type ShownDeadline } from './deadlines.answers';

export const DEADLINES = Symbol('deadlines');

/** What each service of this process waits for, by the service's name, and what time it is. */
export interface DeadlinesOfServices {
  readonly queues: ReadonlyMap<string, Pick<DeadlineQueue, 'list'>>;
  readonly now: () => Date;
}

export class DeadlinesQueryDto extends PageQuery {
  @ApiPropertyOptional({ enum: deadlineStates })
  @IsOptional()
  @IsIn(deadlineStates)
  state?: DeadlineState;

  @ApiPropertyOptional({ example: 'AuthorizationOverdue', description: 'Only those that tell this.' })
  @IsOptional()
  @IsPlainText(200)
  @IsIdentifier()
  name?: string;

  @ApiPropertyOptional({ description: 'Only those that tell this stream, such as `order-<id>`.' })
  @IsOptional()
  @IsPlainText(200)
  @IsIdentifier()
  stream?: string;
}

/** What services wait for, for people. */
@ApiTags('operations')
@Controller('operations/:service/deadlines')
export class DeadlinesController {
  constructor(@Inject(DEADLINES) private readonly deadlines: DeadlinesOfServices) {}

  @Get()
  @ApiOperation({ summary: 'What a service waits for: what is due and not told yet, and what is not due, the earliest first.' })
  @Answers(200, deadlinePage, { refuses: unknownService })
  async list(@Param('service') service: string, @Query() query: DeadlinesQueryDto): Promise<Page<ShownDeadline>> {
    const { queues, now: clock } = this.deadlines;
    const [now, after] = [clock(), readCursor(query.cursor, 'instant', 'text')];
    const { state, name, stream } = query;
    const found = await requireService(queues, service).list({ now, state, name, stream, after, limit: limitOf(query) + 1 });
    return pageOf(
      found.map((deadline) => shownDeadline(deadline, now)),
      query,
      ({ dueAt, id }) => [dueAt, id],
    );
  }
}
