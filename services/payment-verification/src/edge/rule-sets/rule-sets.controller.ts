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
import type { VerificationRules } from '../../app/verification-rules';
import type { BackTest } from '../../domain/back-test';
import { requireVersion, type RuleSets } from '../../domain/rule-sets';
import type { RuleSet } from '../../domain/verification';
import { backTest, rulesPage, verificationRules } from './rule-sets.answers';
import { DraftDto, WhyDto } from './rule-sets.dto';
import { TrialQuery } from './trial.dto';

export const RULES = Symbol('verification rules');

const unknown = { unknown: ['RULES_UNKNOWN'] };

const shown = (sets: RuleSets, version: string): ShownRules<RuleSet> => shownRules(requireVersion(sets, version), sets);

@ApiTags('verification rules')
@Controller('payments/verification-rules')
export class RuleSetsController {
  constructor(@Inject(RULES) private readonly rules: VerificationRules) {}

  @Get()
  @ApiOperation({ summary: 'All versions of the rules, newest first: who drafted and activated them, when and why' })
  @Answers(200, rulesPage)
  async list(@Query() query: PageQuery): Promise<Page<ListedRules>> {
    return pageOfRules(await this.rules.all(), query);
  }

  @Get(':version')
  @ApiOperation({ summary: 'One version of the rules' })
  @Answers(200, verificationRules, { refuses: unknown })
  async get(@Param('version') version: string): Promise<ShownRules<RuleSet>> {
    return shown(await this.rules.all(), version);
  }

  @Get(':version/trial')
  @ApiOperation({
    summary: 'What these rules would have said to past orders: which verdicts would change, how many, and what they came to',
  })
  @Answers(200, backTest, { refuses: unknown })
  trial(@Param('version') version: string, @Query() { from, to, limit = 2_000 }: TrialQuery): Promise<BackTest> {
    return this.rules.trial(version, { from, to, limit });
  }

  @Post()
  @Needs('rules:write')
  @ApiOperation({ summary: 'Draft rules: they are not in force before they are activated' })
  @Answers(201, verificationRules, { headers: commandHeaders, refuses: { invalid: ['RULES_INVALID'] } })
  async draft(
    @Body() body: DraftDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownRules<RuleSet>> {
    const handled = await this.rules.draft(body, meta);
    answered(reply, handled);
    return shown(handled.state, String(handled.state.versions.size));
  }

  @Post(':version/activation')
  @Needs('rules:write')
  @ApiOperation({ summary: 'Put a version in force: orders are judged by it within a second' })
  @Answers(200, verificationRules, { headers: commandHeaders, refuses: unknown })
  async activate(
    @Param('version') version: string,
    @Body() { note }: WhyDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownRules<RuleSet>> {
    return this.inForce(await this.rules.activate({ version, note }, meta), reply);
  }

  @Post('rollback')
  @Needs('rules:write')
  @ApiOperation({ summary: 'Put the version in force again that was so before' })
  @Answers(200, verificationRules, { headers: commandHeaders, refuses: { conflict: ['RULES_NOT_REPLACED'] } })
  async rollBack(
    @Body() { note }: WhyDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownRules<RuleSet>> {
    return this.inForce(await this.rules.rollBack(note, meta), reply);
  }

  private inForce(handled: HandledRules<RuleSet>, reply: FastifyReply): ShownRules<RuleSet> {
    answered(reply, handled);
    return shown(handled.state, activeVersion(handled.state) ?? '');
  }
}
