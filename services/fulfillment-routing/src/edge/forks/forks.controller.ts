import type { Meta } from '@cartage/eventsourcing';
import { Answers, CommandMeta, IdParam, limitOf, NoPreview, pageOf, PageQuery, readCursor, type Page } from '@cartage/service-kit';
import { Body, Controller, Delete, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Forks } from '../../app/forks/forks';
import type { DayUse, OrderOutcome } from '../../domain/fork-outcome';
import { forkAnswer, forkDayPage, forkGone, forkOrderPage, forkPage, shownFork, type ShownFork } from './forks.answers';
import { ForkDto, ForkOrdersQuery } from './forks.dto';

export const FORKS = Symbol('Forks');

const unknown = { unknown: ['FORK_UNKNOWN'] };

const mayBeSaid = ({ to, rules, note, hindsightMinutes, learned }: ForkDto) => ({
  ...(to === undefined ? {} : { to }),
  ...(rules === undefined ? {} : { rules }),
  ...(note === undefined ? {} : { note }),
  ...(learned === undefined ? {} : { learned }),
  ...(hindsightMinutes === undefined ? {} : { hindsightMinutes }),
});

@ApiTags('routing rules')
@Controller('fulfillment/forks')
export class ForksController {
  constructor(@Inject(FORKS) private readonly forks: Forks) {}

  @Post()
  @NoPreview()
  @ApiOperation({
    summary: 'Play the past again from an instant on, with other rules, capacity or stock: nothing of it is told or kept in the log',
  })
  @Answers(202, forkAnswer, {
    refuses: {
      unknown: ['RULES_UNKNOWN'],
      invalid: ['FORK_SPAN_INVALID', 'FORK_TOO_LONG', 'FORK_TOO_LARGE', 'FORK_OVERRIDE_TWICE', 'FORK_NEEDS_COSTS', 'FORK_NEEDS_LOOK_AHEAD'],
      conflict: ['FORKS_WAITING'],
    },
  })
  async ask(@Body() body: ForkDto, @CommandMeta() meta: Meta): Promise<ShownFork> {
    const { from, capacity = [], stock = [], opened = [], closed = [] } = body;
    return shownFork(await this.forks.ask({ from, ...mayBeSaid(body), capacity, stock, opened, closed }, meta));
  }

  @Get()
  @ApiOperation({ summary: 'Forks of the past, newest first: how far they are, and what they came to' })
  @Answers(200, forkPage)
  async list(@Query() query: PageQuery): Promise<Page<ShownFork>> {
    const found = await this.forks.list(readCursor(query.cursor, 'instant', 'uuid'), limitOf(query) + 1);
    return pageOf(found.map(shownFork), query, ({ askedAt, forkId }) => [askedAt, forkId]);
  }

  @Get(':forkId')
  @ApiOperation({ summary: 'One fork: its sums, as it was and in the fork, and the difference' })
  @Answers(200, forkAnswer, { refuses: unknown })
  async get(@Param('forkId', IdParam) forkId: string): Promise<ShownFork> {
    return shownFork(await this.forks.find(forkId));
  }

  @Get(':forkId/orders')
  @ApiOperation({ summary: 'Order by order: what became of it, and what becomes of it in the fork' })
  @Answers(200, forkOrderPage, { refuses: unknown })
  async orders(@Param('forkId', IdParam) forkId: string, @Query() query: ForkOrdersQuery): Promise<Page<OrderOutcome>> {
    const [after] = readCursor(query.cursor, 'uuid') ?? [];
    const rows = await this.forks.orders(forkId, { changed: query.changed ?? false, after, limit: limitOf(query) + 1 });
    return pageOf(rows, query, ({ orderId }) => [orderId]);
  }

  @Get(':forkId/capacity')
  @ApiOperation({ summary: 'What each location had to do on each of its days, and has to in the fork' })
  @Answers(200, forkDayPage, { refuses: unknown })
  async days(@Param('forkId', IdParam) forkId: string, @Query() query: PageQuery): Promise<Page<DayUse>> {
    const rows = await this.forks.days(forkId, readCursor(query.cursor, 'text', 'text'), limitOf(query) + 1);
    return pageOf(rows, query, ({ location, day }) => [location, day]);
  }

  @Delete(':forkId')
  @NoPreview()
  @ApiOperation({ summary: 'Stop a fork, or throw away what it came to' })
  @Answers(200, forkGone, { refuses: unknown })
  async drop(@Param('forkId', IdParam) forkId: string): Promise<{ readonly forkId: string }> {
    await this.forks.drop(forkId);
    return { forkId };
  }
}
