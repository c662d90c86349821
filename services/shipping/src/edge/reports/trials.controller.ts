import { currency, decimal, integer, list, money, nullable, object, oneOf, optional, text, time, uuid } from '@cartage/contracts';
import { answerOf, Answers, AsNumber, IsInstant } from '@cartage/service-kit';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsNumber, IsOptional, Max, Min } from 'class-validator';
import { PolicyTrials, type PolicyTrial } from '../../app/policy-trials';
import { performanceBases } from '../../domain/lane-performance';
import { choiceOrders, type ChoiceOrder } from '../../domain/rates';
import { weighed } from '../../domain/scores';

const offered = object({
  carrier: text(),
  service: text('The carrier’s own.'),
  currency: currency(),
  cost: money('Of the label.'),
  days: optional(integer('As the carrier said.')),
  performance: optional(
    object({
      share: integer('Of its parcels, how many are expected to come whole and in time on this lane: parts of ten thousand.'),
      parcels: integer('From how many outcomes of the lane that is known.'),
      basis: oneOf(performanceBases),
    }),
  ),
});
const totals = object({
  cost: money('Of all labels.'),
  days: nullable(decimal('Mean of what carriers said.')),
  onTimePercent: nullable(decimal('Mean of what is expected on their lanes, by what is known now.')),
});

const trial = answerOf<PolicyTrial>()(
  'CarrierPolicyTrial',
  object({
    from: time(),
    to: time(),
    choice: oneOf(choiceOrders),
    labels: integer('Labels for which there was something to choose, the newest 10,000 at most.'),
    changed: integer('Of those, how many would go with another carrier or service.'),
    totals: list(object({ currency: currency(), labels: integer(), changed: integer(), was: totals, would: totals }), 'By currency.'),
    examples: list(object({ labelId: uuid(), was: offered, would: offered }), 'The newest that would go with another, 50 at most.'),
  }),
);

const Weight = (): PropertyDecorator => (target, name) => {
  const about = {
    minimum: 0,
    maximum: 1_000,
    default: 0,
    description: 'Its weight, where `choice` is `weighted`; as set up, if none is given.',
  };
  for (const rule of [ApiPropertyOptional(about), IsOptional(), AsNumber(), IsNumber(), Min(0), Max(1_000)]) rule(target, name);
};

export class PolicyTrialQuery {
  @ApiProperty({ enum: choiceOrders, description: 'What is to count first.' })
  @IsIn(choiceOrders)
  readonly choice!: ChoiceOrder;

  @Weight()
  readonly cost?: number;

  @Weight()
  readonly speed?: number;

  @Weight()
  readonly preference?: number;

  @Weight()
  readonly performance?: number;

  @ApiPropertyOptional({ format: 'date-time', description: 'Labels that were quoted from then on; 30 days before `to`, if absent.' })
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
export class PolicyTrialsController {
  constructor(@Inject(PolicyTrials) private readonly trials: PolicyTrials) {}

  @Get('carrier-choice')
  @ApiOperation({
    summary: 'What another choice between carriers would have made of past labels.',
    description: 'By the offers that were recorded. Nobody is asked, and nothing changes. What was asked for by hand, or sold, stays so.',
  })
  @Answers(200, trial)
  try(@Query() { choice, from, to, ...weights }: PolicyTrialQuery): Promise<PolicyTrial> {
    const isWeighed = weighed.some((name) => (weights[name] ?? 0) > 0);
    const given = { cost: 0, speed: 0, preference: 0, performance: 0, ...weights };
    return this.trials.try({ choice, ...(isWeighed ? { weights: given } : {}), ...(from ? { from } : {}), ...(to ? { to } : {}) });
  }
}
