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
import type { RoutingRuleBook } from '../app/routing-rules';
import type { RoutingTrial } from '../domain/back-test';
import type { RoutingPolicy } from '../domain/policy';
import { requireVersion, type RuleSets } from '../domain/rule-sets';
import { routingRulesPage, routingTrial, settingsRules, shownRoutingRules } from './rules.answers';
import { RoutingDraftDto, RoutingWhyDto } from './rules.dto';
import { RoutingTrialQuery } from './rules-trial.dto';

export const ROUTING_RULES = Symbol('RoutingRules');

const unknown = { unknown: ['RULES_UNKNOWN'] };

const shown = (sets: RuleSets, version: string): ShownRules<RoutingPolicy> => shownRules(requireVersion(sets, version), sets);

@ApiTags('routing rules')
@Controller('fulfillment/rules')
export class RoutingRulesController {
  constructor(@Inject(ROUTING_RULES) private readonly rules: RoutingRuleBook) {}

  @Get()
  @ApiOperation({ summary: 'All versions of the routing rules, newest first: who drafted and activated them, when and why' })
  @Answers(200, routingRulesPage)
  async list(@Query() query: PageQuery): Promise<Page<ListedRules>> {
    return pageOfRules(await this.rules.all(), query);
  }

  @Get('settings')
  @ApiOperation({ summary: 'What the settings say: in force until a version is, and where a draft may begin' })
  @Answers(200, settingsRules)
  settings(): { readonly rules: RoutingPolicy } {
    return { rules: this.rules.settings() };
  }

  @Get(':version')
  @ApiOperation({ summary: 'One version of the routing rules' })
  @Answers(200, shownRoutingRules, { refuses: unknown })
  async get(@Param('version') version: string): Promise<ShownRules<RoutingPolicy>> {
    return shown(await this.rules.all(), version);
  }

  @Get(':version/trial')
  @ApiOperation({ summary: 'What these rules would have decided of past orders: costs, splits, distance, promise against what was' })
  @Answers(200, routingTrial, { refuses: unknown })
  trial(@Param('version') version: string, @Query() { from, to, limit = 1_000 }: RoutingTrialQuery): Promise<RoutingTrial> {
    return this.rules.trial(version, { from, to, limit });
  }

  @Post()
  @Needs('rules:write')
  @ApiOperation({ summary: 'Draft rules: they are not in force before they are activated' })
  @Answers(201, shownRoutingRules, { headers: commandHeaders })
  async draft(
    @Body() { rules, note }: RoutingDraftDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownRules<RoutingPolicy>> {
    const handled = await this.rules.draft({ rules, note }, meta);
    answered(reply, handled);
    return shown(handled.state, String(handled.state.versions.size));
  }

  @Post(':version/activation')
  @Needs('rules:write')
  @ApiOperation({ summary: 'Put a version in force: orders are routed by it within a second' })
  @Answers(200, shownRoutingRules, { headers: commandHeaders, refuses: unknown })
  async activate(
    @Param('version') version: string,
    @Body() { note }: RoutingWhyDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownRules<RoutingPolicy>> {
    return this.inForce(await this.rules.activate({ version, note }, meta), reply);
  }

  @Post('rollback')
  @Needs('rules:write')
  @ApiOperation({ summary: 'Put the version in force again that was so before' })
  @Answers(200, shownRoutingRules, { headers: commandHeaders, refuses: { conflict: ['RULES_NOT_REPLACED'] } })
  async rollBack(
    @Body() { note }: RoutingWhyDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownRules<RoutingPolicy>> {
    return this.inForce(await this.rules.rollBack(note, meta), reply);
  }

  private inForce(handled: HandledRules<RoutingPolicy>, reply: FastifyReply): ShownRules<RoutingPolicy> {
    answered(reply, handled);
    return shown(handled.state, activeVersion(handled.state) ?? '');
  }
}
