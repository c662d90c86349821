import { integer, list, nullable, object, oneOf, text, time, decimal } from '@cartage/contracts';
import { answerOf, Answers, IsInstant } from '@cartage/service-kit';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { promiseGroups, type PromiseGroup, type PromiseReport, type Reports } from '../../app/reports';
import { LaneQuery } from './lane-query.dto';

export const REPORTS = Symbol('reports');

const report = answerOf<PromiseReport>()(
  'PromiseReport',
  object({
    from: time(),
    to: time(),
    by: oneOf(promiseGroups),
    items: list(
      object({
        location: nullable(text('Location code; null where it is not looked at by that.')),
        country: nullable(text('Of the destination.')),
        carrier: nullable(text()),
        service: nullable(text('The carrier’s own.')),
        week: nullable(text('Monday of the week in which it was due, UTC.')),
        promised: integer('Shipments of which the promised delivery was due.'),
        early: integer('Delivered more than a day before.'),
        onTime: integer('Delivered until then, within a day.'),
        late: integer(),
        missed: integer('Due, and not delivered.'),
        keptPercent: decimal('Early and on time, of all that were due.'),
        lateByDays: object(
          { one: integer(), two: integer(), three: integer(), fourOrMore: integer() },
          'How many came late by so many days begun.',
        ),
        medianDaysLate: nullable(decimal('Of those that came late.')),
      }),
      'Most promises first, 1,000 at most.',
    ),
  }),
);

export class PromiseReportQuery extends LaneQuery {
  @ApiPropertyOptional({ format: 'date-time', description: 'Promises that were due from then on; 90 days before `to`, if absent.' })
  @IsOptional()
  @IsInstant()
  readonly from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'And before then; now, if absent.' })
  @IsOptional()
  @IsInstant()
  readonly to?: string;

  @ApiPropertyOptional({ enum: promiseGroups, default: 'lane', description: 'A lane is from where, to which country, by whom, how.' })
  @IsOptional()
  @IsIn(promiseGroups)
  readonly by?: PromiseGroup;
}

@ApiTags('shipping')
@Controller('shipping/reports')
export class ReportsController {
  constructor(@Inject(REPORTS) private readonly reports: Reports) {}

  @Get('promises')
  @ApiOperation({
    summary: 'Delivery dates that were promised, against the days on which parcels came.',
    description:
      'By the promise that the customer was given when the shipment was planned. Cancelled shipments, and those that customers fetch, are left out.',
  })
  @Answers(200, report)
  promises(@Query() asked: PromiseReportQuery): Promise<PromiseReport> {
    return this.reports.promises(asked);
  }
}
