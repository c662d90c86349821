import { Answers } from '@cartage/service-kit';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { PolicyTrials, type AskedPeriod, type PolicyTrial } from '../../app/policy-trials';
import { weighed } from '../../domain/scores';
import { policyTrial } from './trials.answers';
import { PolicyTrialQuery } from './trials.dto';

type Given<Query> = { readonly [Field in keyof Query]: Query[Field] | undefined };

const periodOf = ({ from, to, limit }: Given<AskedPeriod>): AskedPeriod => ({
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
  ...(limit === undefined ? {} : { limit }),
});

@ApiTags('shipping')
@Controller('shipping/reports')
export class PolicyTrialsController {
  constructor(@Inject(PolicyTrials) private readonly trials: PolicyTrials) {}

  @Get('carrier-choice')
  @ApiOperation({
    summary:
      'What another choice between carriers would have made of past labels: the policy in force, with something else that counts first.',
    description: 'By the offers that were recorded. Nobody is asked, and nothing changes. What was asked for by hand, or sold, stays so.',
  })
  @Answers(200, policyTrial)
  try(@Query() { choice, from, to, limit, ...weights }: PolicyTrialQuery): Promise<PolicyTrial> {
    const isWeighed = weighed.some((name) => (weights[name] ?? 0) > 0);
    const given = { cost: 0, speed: 0, preference: 0, performance: 0, ...weights };
    return this.trials.try({ choice, ...(isWeighed ? { weights: given } : {}), ...periodOf({ from, to, limit }) });
  }
}
