import { Refused, type Meta } from '@cartage/eventsourcing';
import { answered, CommandMeta, IdParam, IfMatch, limitOf, type Page, pageOf, readCursor } from '@cartage/service-kit';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { EligibleLine } from '../domain/eligibility';
import { policies, type ReturnPolicy } from '../domain/policy';
import type { ReturnLists, ReturnRow } from '../app/return-list';
import type { ReturnFound, Returns } from '../app/returns';
import { DecideReturnDto, GradeItemDto, ReceiveReturnDto, RequestReturnDto, ReturnQueryDto } from './returns.dto';

export const RETURNS = Symbol('returns');
export const RETURN_LISTS = Symbol('return lists');

const shown = ({ orderId, currency, rma, version }: ReturnFound) => ({ orderId, ...rma, currency, version });
type ShownReturn = ReturnType<typeof shown>;

@ApiTags('returns')
@Controller('returns')
export class ReturnsController {
  constructor(
    @Inject(RETURNS) private readonly returns: Returns,
    @Inject(RETURN_LISTS) private readonly lists: ReturnLists,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Ask to send something back. The policy that the order was sold under decides at once, or a person does.' })
  async request(
    @Body() { orderId, lines }: RequestReturnDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownReturn> {
    const made = await this.returns.request(orderId, lines, meta);
    reply.header('Location', `/returns/${made.rma.returnId}`);
    return this.answer(reply, made);
  }

  @Get()
  @ApiOperation({ summary: 'Returns, newest first.' })
  async list(@Query() query: ReturnQueryDto): Promise<Page<ReturnRow>> {
    const after = readCursor(query.cursor, 2)?.map(String) as [string, string] | undefined;
    const rows = await this.lists.list(query, after, limitOf(query) + 1);
    return pageOf(rows, query, ({ requestedAt, returnId }) => [requestedAt, returnId]);
  }

  @Get('policies')
  @ApiOperation({ summary: 'Every version of the return policy, the current one first.' })
  allPolicies(): readonly ReturnPolicy[] {
    return policies;
  }

  @Get('policies/:version')
  @ApiOperation({ summary: 'One version of the return policy.' })
  policy(@Param('version') version: string): ReturnPolicy {
    const policy = policies.find((each) => each.version === version);
    if (!policy) throw new Refused('POLICY_UNKNOWN', `There is no return policy ${version}. GET /returns/policies lists them.`, 'unknown');
    return policy;
  }

  @Get('orders/:orderId/eligible-lines')
  @ApiOperation({ summary: 'What of an order can be sent back now; for the rest, the reason why not.' })
  async eligible(@Param('orderId', IdParam) orderId: string): Promise<{ readonly lines: readonly EligibleLine[] }> {
    return { lines: await this.returns.eligible(orderId) };
  }

  @Get(':returnId')
  @ApiOperation({ summary: 'One return as it stands.' })
  async get(@Param('returnId', IdParam) returnId: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<ShownReturn> {
    return this.answer(reply, await this.returns.get(returnId));
  }

  @Post(':returnId/decision')
  @HttpCode(200)
  @ApiOperation({ summary: 'A person decides a return under review.' })
  async decide(
    @Param('returnId', IdParam) returnId: string,
    @Body() decision: DecideReturnDto,
    @CommandMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownReturn> {
    return this.answer(reply, await this.returns.decide(returnId, decision, { meta, ifVersion }));
  }

  @Post(':returnId/receive')
  @HttpCode(200)
  @ApiOperation({ summary: 'The goods came in at a location.' })
  async receive(
    @Param('returnId', IdParam) returnId: string,
    @Body() received: ReceiveReturnDto,
    @CommandMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownReturn> {
    return this.answer(reply, await this.returns.receive(returnId, received, { meta, ifVersion }));
  }

  @Post(':returnId/grade')
  @HttpCode(200)
  @ApiOperation({ summary: 'Units were inspected: stock and refund follow.' })
  async grade(
    @Param('returnId', IdParam) returnId: string,
    @Body() inspection: GradeItemDto,
    @CommandMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownReturn> {
    return this.answer(reply, await this.returns.grade(returnId, inspection, { meta, ifVersion }));
  }

  @Post(':returnId/close')
  @HttpCode(200)
  @ApiOperation({ summary: 'Stop waiting for units that never came; what came is settled.' })
  async close(
    @Param('returnId', IdParam) returnId: string,
    @CommandMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownReturn> {
    return this.answer(reply, await this.returns.close(returnId, { meta, ifVersion }));
  }

  private answer(reply: FastifyReply, found: ReturnFound): ShownReturn {
    answered(reply, found);
    return shown(found);
  }
}
