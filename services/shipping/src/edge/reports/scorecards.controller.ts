import { Readable } from 'node:stream';
import { Answers, bytes, IsCode, IsInstant } from '@cartage/service-kit';
import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { FastifyReply } from 'fastify';
import {
  scorecardGroups,
  scorecardPeriods,
  type ScorecardGroup,
  type ScorecardPeriod,
  type ScorecardReport,
  type Scorecards,
} from '../../app/scorecards';
import { LaneQuery } from './lane-query.dto';
import { scorecardCsv } from './scorecard-csv';
import { scorecardReport } from './scorecards.answers';

export const SCORECARDS = Symbol('scorecards');

export class ScorecardQuery extends LaneQuery {
  @ApiPropertyOptional({ format: 'date-time', description: 'Parcels that the carrier got from then on; 90 days before `to`, if absent.' })
  @IsOptional()
  @IsInstant()
  readonly from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'And before then; now, if absent.' })
  @IsOptional()
  @IsInstant()
  readonly to?: string;

  @ApiPropertyOptional({
    enum: scorecardGroups,
    default: 'lane',
    description:
      '`lane`: carrier, service, location, country of the destination. `countries`: by the country of the location instead. `area`: by the postal area of the destination, too.',
  })
  @IsOptional()
  @IsIn(scorecardGroups)
  readonly by?: ScorecardGroup;

  @ApiPropertyOptional({
    enum: scorecardPeriods,
    default: 'whole',
    description: 'One scorecard for the whole of it, for each week or each month.',
  })
  @IsOptional()
  @IsIn(scorecardPeriods)
  readonly each?: ScorecardPeriod;

  @ApiPropertyOptional({ description: 'The carrier’s own.' })
  @IsOptional()
  @IsCode()
  readonly service?: string;
}

@ApiTags('shipping')
@Controller('shipping/reports')
export class ScorecardsController {
  constructor(@Inject(SCORECARDS) private readonly scorecards: Scorecards) {}

  @Get('carriers')
  @ApiOperation({
    summary: 'How carriers did with the parcels that they got.',
    description: 'By carrier, service and lane: in time, how long, how often not at all, and for how much.',
  })
  @Answers(200, scorecardReport)
  report(@Query() asked: ScorecardQuery): Promise<ScorecardReport> {
    return this.scorecards.report(asked);
  }

  @Get('carriers.csv')
  @ApiProduces('text/csv')
  @ApiOperation({ summary: 'The same as a file, a row for each scorecard and currency; amounts in major units.' })
  @Answers(200, bytes)
  async csv(@Query() asked: ScorecardQuery, @Res() reply: FastifyReply): Promise<void> {
    const { items } = await this.scorecards.whole(asked);
    void reply
      .header('Content-Type', 'text/csv; charset=utf-8')
      .header('Content-Disposition', 'attachment; filename="carriers.csv"')
      .send(Readable.from(scorecardCsv(items)));
  }
}
