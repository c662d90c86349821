import type { Meta } from '@cartage/eventsourcing';
import { Answers, answered, commandHeaders, CommandMeta, limitOf, pageOf, PageQuery, readCursor, type Page } from '@cartage/service-kit';
import { Body, Controller, Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { HandledRules, RuleBook } from '../app/routing-rules';
import type { RoutingTrial } from '../domain/back-test';
import type { RoutingPolicy } from '../domain/policy';
import { activeVersion, requireVersion, type RuleSets, type RuleSetVersion } from '../domain/rule-sets';
import {
  routingRulesPage,
  routingTrial,
  settingsRules,
  shownRoutingRules,
  type ListedRoutingRules,
  type ShownRoutingRules,
} from './rules.answers';
import { RoutingDraftDto, RoutingWhyDto } from './rules.dto';
import { RoutingTrialQuery } from './rules-trial.dto';

export const ROUTING_RULES = Symbol('RoutingRules');

const unknown = { unknown: ['RULES_UNKNOWN'] };

const listed = ({ rules: _, ...version }: RuleSetVersion, sets: RuleSets): ListedRoutingRules => ({
  ...version,
  inForce: activeVersion(sets) === version.version,
});

const shown = (sets: RuleSets, version: string): ShownRoutingRules => {
  const found = requireVersion(sets, version);
  return { ...listed(found, sets), rules: found.rules };
};

@ApiTags('routing rules')
@Controller('fulfillment/rules')
export class RoutingRulesController {
  constructor(@Inject(ROUTING_RULES) private readonly rules: RuleBook) {}

  @Get()
  @ApiOperation({ summary: 'All versions of the routing rules, newest first: who drafted and activated them, when and why' })
  @Answers(200, routingRulesPage)
  async list(@Query() query: PageQuery): Promise<Page<ListedRoutingRules>> {
    const sets = await this.rules.all();
    const [before = Infinity] = readCursor(query.cursor, 'count') ?? [];
    const versions = [...sets.versions.values()].toReversed().filter(({ version }) => Number(version) < before);
    const rows = versions.slice(0, limitOf(query) + 1).map((version) => listed(version, sets));
    return pageOf(rows, query, ({ version }) => [Number(version)]);
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
  async get(@Param('version') version: string): Promise<ShownRoutingRules> {
    return shown(await this.rules.all(), version);
  }

  @Get(':version/trial')
  @ApiOperation({ summary: 'What these rules would have decided of past orders: costs, splits, distance, promise against what was' })
  @Answers(200, routingTrial, { refuses: unknown })
  trial(@Param('version') version: string, @Query() { from, to, limit = 1_000 }: RoutingTrialQuery): Promise<RoutingTrial> {
    return this.rules.trial(version, { from, to, limit });
  }

  @Post()
  @ApiOperation({ summary: 'Draft rules: they are not in force before they are activated' })
  @Answers(201, shownRoutingRules, { headers: commandHeaders })
  async draft(
    @Body() { rules, note }: RoutingDraftDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownRoutingRules> {
    const handled = await this.rules.draft({ rules, note }, meta);
    answered(reply, handled);
    return shown(handled.state, String(handled.state.versions.size));
  }

  @Post(':version/activation')
  @ApiOperation({ summary: 'Put a version in force: orders are routed by it within a second' })
  @Answers(200, shownRoutingRules, { headers: commandHeaders, refuses: unknown })
  async activate(
    @Param('version') version: string,
    @Body() { note }: RoutingWhyDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownRoutingRules> {
    return this.inForce(await this.rules.activate({ version, note }, meta), reply);
  }

  @Post('rollback')
  @ApiOperation({ summary: 'Put the version in force again that was so before' })
  @Answers(200, shownRoutingRules, { headers: commandHeaders, refuses: { conflict: ['RULES_NOT_REPLACED'] } })
  async rollBack(
    @Body() { note }: RoutingWhyDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownRoutingRules> {
    return this.inForce(await this.rules.rollBack(note, meta), reply);
  }

  private inForce(handled: HandledRules, reply: FastifyReply): ShownRoutingRules {
    answered(reply, handled);
    return shown(handled.state, activeVersion(handled.state) ?? '');
  }
}
