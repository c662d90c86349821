import { activeVersion, type HandledRules, type Meta } from '@cartage/eventsourcing';
import {
  answered,
  Answers,
  commandHeaders,
  CommandMeta,
  type ListedRules,
  Needs,
  type Page,
  pageOfRules,
  PageQuery,
  type ShownRules,
  shownRules,
} from '@cartage/service-kit';
import { Body, Controller, Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { CarrierPolicyBook } from '../../app/carrier-policies';
import { PolicyTrials, type PolicyTrial } from '../../app/policy-trials';
import { requireVersion, type CarrierPolicyVersions } from '../../domain/carrier-policies';
import type { CarrierPolicy } from '../../domain/carrier-policy';
import { policyTrial } from '../reports/trials.answers';
import { carrierPolicyPage, settingsPolicy, shownCarrierPolicy } from './policies.answers';
import { CarrierPolicyDraftDto, CarrierPolicyWhyDto } from './policy.dto';
import { TrialPeriodQuery } from '../reports/trials.dto';

export const CARRIER_POLICIES = Symbol('CarrierPolicies');

const unknown = { unknown: ['RULES_UNKNOWN'] };

const shown = (versions: CarrierPolicyVersions, version: string): ShownRules<CarrierPolicy> =>
  shownRules(requireVersion(versions, version), versions);

@ApiTags('carrier policies')
@Controller('shipping/carrier-policies')
export class CarrierPoliciesController {
  constructor(
    @Inject(CARRIER_POLICIES) private readonly policies: CarrierPolicyBook,
    @Inject(PolicyTrials) private readonly trials: PolicyTrials,
  ) {}

  @Get()
  @ApiOperation({ summary: 'All versions of the carrier policy, newest first: who drafted and activated them, when and why' })
  @Answers(200, carrierPolicyPage)
  async list(@Query() query: PageQuery): Promise<Page<ListedRules>> {
    return pageOfRules(await this.policies.all(), query);
  }

  @Get('settings')
  @ApiOperation({ summary: 'What the settings say: in force until a version is, and where a draft may begin' })
  @Answers(200, settingsPolicy)
  settings(): { readonly rules: CarrierPolicy } {
    return { rules: this.policies.settings() };
  }

  @Get(':version')
  @ApiOperation({ summary: 'One version of the carrier policy' })
  @Answers(200, shownCarrierPolicy, { refuses: unknown })
  async get(@Param('version') version: string): Promise<ShownRules<CarrierPolicy>> {
    return shown(await this.policies.all(), version);
  }

  @Get(':version/trial')
  @ApiOperation({
    summary: 'Whom this policy would have chosen for past labels: cost, days and what is expected of lanes, against what was',
    description:
      'By the offers that were recorded; of goods, orders and lanes counts what is known now. Nobody is asked, and nothing changes. What was asked for by hand, or sold, stays so.',
  })
  @Answers(200, policyTrial, { refuses: unknown })
  trial(@Param('version') version: string, @Query() period: TrialPeriodQuery): Promise<PolicyTrial> {
    return this.trials.tryVersion(version, period);
  }

  @Post()
  @Needs('rules:write')
  @ApiOperation({ summary: 'Draft a policy: it is not in force before it is activated' })
  @Answers(201, shownCarrierPolicy, {
    headers: commandHeaders,
    refuses: { invalid: ['CARRIER_UNKNOWN', 'SERVICE_UNKNOWN', 'WEIGHTS_INVALID', 'WEIGHT_INVALID'] },
  })
  async draft(
    @Body() { rules, note }: CarrierPolicyDraftDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownRules<CarrierPolicy>> {
    const handled = await this.policies.draft({ rules, note }, meta);
    answered(reply, handled);
    return shown(handled.state, String(handled.state.versions.size));
  }

  @Post(':version/activation')
  @Needs('rules:write')
  @ApiOperation({ summary: 'Put a version in force: carriers are chosen by it within a second' })
  @Answers(200, shownCarrierPolicy, { headers: commandHeaders, refuses: { ...unknown, conflict: ['CARRIER_NOT_SET_UP'] } })
  async activate(
    @Param('version') version: string,
    @Body() { note }: CarrierPolicyWhyDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownRules<CarrierPolicy>> {
    return this.inForce(await this.policies.activate({ version, note }, meta), reply);
  }

  @Post('rollback')
  @Needs('rules:write')
  @ApiOperation({ summary: 'Put the version in force again that was so before' })
  @Answers(200, shownCarrierPolicy, { headers: commandHeaders, refuses: { conflict: ['RULES_NOT_REPLACED'] } })
  async rollBack(
    @Body() { note }: CarrierPolicyWhyDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownRules<CarrierPolicy>> {
    return this.inForce(await this.policies.rollBack(note, meta), reply);
  }

  private inForce(handled: HandledRules<CarrierPolicy>, reply: FastifyReply): ShownRules<CarrierPolicy> {
    answered(reply, handled);
    return shown(handled.state, activeVersion(handled.state) ?? '');
  }
}
