import { Refused } from '@cartage/eventsourcing';
import type { ViewHealth, ViewRunner } from '@cartage/views';
import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';
import { Answers } from '../http/answers';
import { requireService, unknownService } from '../operations';
import { viewAnswer, viewsAnswer, type ViewsOfService } from './views.answers';

export const VIEW_RUNNERS = Symbol('view runners');

/** The views of each service of this process, by the service's name. */
export type ViewRunners = ReadonlyMap<string, Pick<ViewRunner, 'health' | 'beginRebuild'>>;

export class RebuildDto {
  @ApiPropertyOptional({
    default: false,
    description:
      'Whether the new table is compared with the one that serves before it takes its place: `rebuiltAlike` says it then. It looks at every row, and the views of the service stand still meanwhile.',
  })
  @IsOptional()
  @IsBoolean()
  compare?: boolean;
}

/** What the views of a service show, and to have one made anew. */
@ApiTags('operations')
@Controller('operations/:service/views')
export class ViewsController {
  constructor(@Inject(VIEW_RUNNERS) private readonly runners: ViewRunners) {}

  @Get()
  @ApiOperation({ summary: 'How the views of a service stand: how fresh they are, what is being made anew, what fails.' })
  @Answers(200, viewsAnswer, { refuses: unknownService })
  async list(@Param('service') service: string): Promise<ViewsOfService> {
    return { items: await requireService(this.runners, service).health() };
  }

  @Post(':view/rebuild')
  @ApiOperation({
    summary:
      'Have a view made anew from the log, beside the table that serves until it is full. Saying so while it is being made changes nothing.',
  })
  @Answers(202, viewAnswer, { refuses: { unknown: ['SERVICE_UNKNOWN', 'VIEW_UNKNOWN'] } })
  async rebuild(@Param('service') service: string, @Param('view') view: string, @Body() { compare }: RebuildDto): Promise<ViewHealth> {
    const runner = requireService(this.runners, service);
    await requireView(runner, service, view);
    await runner.beginRebuild(view, { compares: compare === true });
    return requireView(runner, service, view);
  }
}

const requireView = async (runner: Pick<ViewRunner, 'health'>, service: string, name: string): Promise<ViewHealth> => {
  const views = await runner.health();
  const found = views.find(({ view }) => view === name);
  if (found) return found;
  const there = views.length === 0 ? 'none' : views.map(({ view }) => view).join(', ');
  throw new Refused('VIEW_UNKNOWN', `${service} has no view ${name}. There are ${there}.`, 'unknown');
};
