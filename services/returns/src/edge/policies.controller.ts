import type { Meta } from '@cartage/eventsourcing';
import {
  answered,
  Answers,
  commandHeaders,
  CommandMeta,
  limitOf,
  Needs,
  type Page,
  pageOf,
  PageQuery,
  readCursor,
} from '@cartage/service-kit';
import { Body, Controller, Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { HandledPolicies, Policies } from '../app/policies';
import { currentVersion, requireVersion, type PolicyBook, type PolicyVersion } from '../domain/policy-book';
import type { TrialResult } from '../domain/policy-trial';
import { policyPage, policyTrial, shownPolicy, type ListedPolicy, type ShownPolicy } from './policies.answers';
import { PolicyDraftDto, PolicyNoteDto, PolicyTrialQuery } from './policies.dto';

export const POLICIES = Symbol('return policies');

const unknown = { unknown: ['POLICY_UNKNOWN'] };

const listed = ({ policy: { version }, ...use }: PolicyVersion, book: PolicyBook): ListedPolicy => ({
  version,
  inForce: currentVersion(book) === version,
  ...use,
});

const shown = (book: PolicyBook, version: string): ShownPolicy => {
  const found = requireVersion(book, version);
  return { ...listed(found, book), policy: found.policy };
};

@ApiTags('return policies')
@Controller('returns/policies')
export class PoliciesController {
  constructor(@Inject(POLICIES) private readonly policies: Policies) {}

  @Get()
  @ApiOperation({ summary: 'All versions of the return policy, newest first: who drafted and activated them, when and why.' })
  @Answers(200, policyPage)
  async list(@Query() query: PageQuery): Promise<Page<ListedPolicy>> {
    const book = await this.policies.book();
    const versions = [...book.versions.values()].map((version, at) => ({ at, row: listed(version, book) })).toReversed();
    const [before = Infinity] = readCursor(query.cursor, 'count') ?? [];
    const rows = versions.filter(({ at }) => at < before).slice(0, limitOf(query) + 1);
    const page = pageOf(rows, query, ({ at }) => [at]);
    return { ...page, items: page.items.map(({ row }) => row) };
  }

  @Get(':version')
  @ApiOperation({ summary: 'One version of the return policy.' })
  @Answers(200, shownPolicy, { refuses: unknown })
  async get(@Param('version') version: string): Promise<ShownPolicy> {
    return shown(await this.policies.book(), version);
  }

  @Get(':version/trial')
  @ApiOperation({
    summary: 'What this policy would have said to past returns: which lines it would decide otherwise, and what refunds would come to.',
  })
  @Answers(200, policyTrial, { refuses: unknown })
  trial(@Param('version') version: string, @Query() { from, to, limit = 2_000 }: PolicyTrialQuery): Promise<TrialResult> {
    return this.policies.trial(version, { from, to, limit });
  }

  @Post()
  @Needs('rules:write')
  @ApiOperation({ summary: 'Draft a version: nothing is sold under it before it is activated.' })
  @Answers(201, shownPolicy, { headers: commandHeaders, refuses: { conflict: ['POLICY_EXISTS'], invalid: ['POLICY_INVALID'] } })
  async draft(
    @Body() { version, note, ...draft }: PolicyDraftDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownPolicy> {
    return this.answer(await this.policies.draft({ version, note, draft }, meta), version, reply);
  }

  @Post(':version/activation')
  @Needs('rules:write')
  @ApiOperation({ summary: 'Put a version in force: orders that are placed from now on are sold under it, those before keep theirs.' })
  @Answers(200, shownPolicy, { headers: commandHeaders, refuses: unknown })
  async activate(
    @Param('version') version: string,
    @Body() { note }: PolicyNoteDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownPolicy> {
    return this.answer(await this.policies.activate(version, note, meta), version, reply);
  }

  private answer(handled: HandledPolicies, version: string, reply: FastifyReply): ShownPolicy {
    answered(reply, handled);
    return shown(handled.state, version);
  }
}
