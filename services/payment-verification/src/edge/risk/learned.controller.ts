import { decimal, integer, list, object, oneOf, text, time } from '@cartage/contracts';
import { answerOf, Answers, IsInstant, modelCardAnswer, type ModelCard } from '@cartage/service-kit';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import type { RiskReport, RiskReports } from '../../app/risk/risk-reports';

export const RISK_REPORTS = Symbol('what was learned of the risk of orders');

const riskReport = answerOf<RiskReport>()(
  'LearnedRiskReport',
  object({
    from: time(),
    to: time(),
    items: list(
      object({
        by: oneOf(['all', 'country', 'method', 'channel']),
        value: text('Which; empty for all, and where nobody knows it.'),
        orders: integer('Judged, with something foretold of them.'),
        foretold: decimal('So many of them were foretold to go wrong.'),
        flagged: integer('Of them, at which a person would look, or that would be declined, by what was learned.'),
        flaggedByRules: integer('Of them, that were not accepted at once.'),
        known: integer('Of them, old enough, and their money was promised: the rest is of these.'),
        wentWrong: integer(),
        foretoldOfKnown: decimal('So many were foretold to go wrong.'),
        flaggedOfWrong: integer('Flagged, of those that went wrong.'),
        flaggedOfGood: integer('Flagged, of those that went well.'),
      }),
      'All orders, and by country, method and channel: those with the most orders.',
    ),
  }),
);

export class RiskReportQuery {
  @ApiPropertyOptional({ format: 'date-time', description: 'Orders that were judged from then on; 180 days before `to`, if absent.' })
  @IsOptional()
  @IsInstant()
  readonly from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'And before then; now, if absent.' })
  @IsOptional()
  @IsInstant()
  readonly to?: string;
}

@ApiTags('payments')
@Controller('payments')
export class LearnedRiskController {
  constructor(@Inject(RISK_REPORTS) private readonly reports: RiskReports) {}

  @Get('models/risk')
  @ApiOperation({
    summary: 'What was learned of the risk of orders: from what, how well it foretells, how it drifts, and what it must not be used for.',
  })
  @Answers(200, modelCardAnswer)
  card(): Promise<ModelCard> {
    return this.reports.card();
  }

  @Get('reports/learned-risk')
  @ApiOperation({
    summary: 'Whom what was learned flags, and whether rightly: of all orders, and by country, method and channel.',
    description: 'Beside what the rules did. Country, method and channel are no features: they are shown so that nobody is wronged unseen.',
  })
  @Answers(200, riskReport)
  slices(@Query() { from, to }: RiskReportQuery): Promise<RiskReport> {
    return this.reports.slices({ from, to });
  }
}
