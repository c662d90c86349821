import { currency, integer, list, money, object, time } from '@cartage/contracts';
import { answerOf, Answers, IsInstant, modelCardAnswer, type ModelCard } from '@cartage/service-kit';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import type { CarrierCard } from '../../app/carrier-card';
import type { CarriersComparedReport, LearnedReports } from '../../app/carriers-compared';

export const CARRIER_CARD = Symbol('what was learned of carriers');
export const LEARNED_REPORTS = Symbol('what became of choices of carriers');

const by = (about: string) =>
  object(
    {
      cost: money('Of what was offered for all of them.'),
      expected: money('What they were expected to cost with lateness and loss, when they were chosen.'),
      ended: integer('Of those that were shipped so: delivered as a whole, lost or coming back.'),
      late: integer('Of those that ended.'),
      lost: integer('Of those that ended: a parcel is lost, or comes back.'),
    },
    about,
  );

const carriersCompared = answerOf<CarriersComparedReport>()(
  'CarriersCompared',
  object({
    from: time(),
    to: time(),
    items: list(
      object({
        currency: currency(),
        labels: integer('Labels for which what was learned was looked at.'),
        decidedByLearned: integer('Of them, chosen by what was learned; the others had it beside them.'),
        agreed: integer('Of them, those for which both choose the same: they count below on both sides.'),
        baseline: by('Had the policy alone chosen all of them.'),
        learned: by('Had what was learned chosen all of them.'),
      }),
      'By currency.',
    ),
  }),
);

export class CarriersComparedQuery {
  @ApiPropertyOptional({ format: 'date-time', description: 'Labels that were chosen from then on; 90 days before `to`, if absent.' })
  @IsOptional()
  @IsInstant()
  readonly from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'And before then; now, if absent.' })
  @IsOptional()
  @IsInstant()
  readonly to?: string;
}

@ApiTags('shipping')
@Controller('shipping/reports')
export class LearnedReportsController {
  constructor(@Inject(LEARNED_REPORTS) private readonly reports: LearnedReports) {}

  @Get('carrier-choice/compared')
  @ApiOperation({
    summary: 'Carriers as the policy chooses them, and as what was learned does: costs, and what became of those that were shipped so.',
    description:
      'Of labels for which both are known. What would have become of a parcel by another carrier nobody knows: lateness and loss are of those that went by it.',
  })
  @Answers(200, carriersCompared)
  compared(@Query() { from, to }: CarriersComparedQuery): Promise<CarriersComparedReport> {
    return this.reports.compared({ ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) });
  }
}

@ApiTags('shipping')
@Controller('shipping/models')
export class ShippingModelsController {
  constructor(@Inject(CARRIER_CARD) private readonly carriers: CarrierCard) {}

  @Get('carriers')
  @ApiOperation({
    summary: 'What was learned of carriers: from what, how choices by it came out, and what it must not be used for.',
  })
  @Answers(200, modelCardAnswer)
  card(): Promise<ModelCard> {
    return this.carriers.card();
  }
}
