import type { Meta } from '@cartage/eventsourcing';
import {
  answered,
  Answers,
  commandHeaders,
  CommandMeta,
  etagOf,
  Headers,
  IdParam,
  IfMatch,
  limitOf,
  type Page,
  pageOf,
  readCursor,
  Within,
} from '@cartage/service-kit';
import { Body, Controller, Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Eligible } from '../app/asking';
import type { ListReturns, ReturnRow } from '../app/return-list';
import type { ReturnFound, Returns } from '../app/returns';
import { shownReturn, type ShownReturn } from '../app/shown-return';
import { eligibleLines, returnPage, rma } from './returns.answers';
import { DecideReturnDto, GradeItemDto, ReceiveReturnDto, ReceiveUnannouncedDto, RequestReturnDto, ReturnQueryDto } from './returns.dto';

export const RETURNS = Symbol('returns');
export const LIST_RETURNS = Symbol('list of returns');

@ApiTags('returns')
@Controller('returns')
export class ReturnsController {
  constructor(
    @Inject(RETURNS) private readonly returns: Returns,
    @Inject(LIST_RETURNS) private readonly listReturns: ListReturns,
  ) {}

  @Post()
  @Within('body.orderId')
  @ApiOperation({ summary: 'Ask to send something back. The policy that the order was sold under decides at once, or a person does.' })
  @Answers(201, rma, {
    headers: [...commandHeaders, Headers.location],
    refuses: { unknown: ['ORDER_UNKNOWN'], conflict: ['RETURN_POLICY_UNKNOWN'], invalid: ['RETURN_EMPTY', 'LINE_NOT_ELIGIBLE'] },
  })
  async request(
    @Body() request: RequestReturnDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownReturn> {
    const made = await this.returns.request(request, meta);
    reply.header('Location', `/returns/${made.rma.returnId}`);
    return this.answer(reply, made);
  }

  @Get()
  @Within('query.channel', 'query.location')
  @ApiOperation({ summary: 'Returns, newest first.' })
  @Answers(200, returnPage)
  async list(@Query() query: ReturnQueryDto): Promise<Page<ReturnRow>> {
    const after = readCursor(query.cursor, 'instant', 'uuid');
    const rows = await this.listReturns(query, after, limitOf(query) + 1);
    return pageOf(rows, query, ({ requestedAt, returnId }) => [requestedAt, returnId]);
  }

  @Get('orders/:orderId/eligible-lines')
  @ApiOperation({ summary: 'What of an order can be sent back now; for the rest, the reason why not.' })
  @Answers(200, eligibleLines, {
    refuses: { unknown: ['ORDER_UNKNOWN'], conflict: ['RETURN_POLICY_UNKNOWN'], invalid: ['ID_INVALID'] },
  })
  eligible(@Param('orderId', IdParam) orderId: string): Promise<Eligible> {
    return this.returns.eligible(orderId);
  }

  @Post('receipts')
  @Within('body.location')
  @ApiOperation({
    summary: 'A parcel of an order came in that names no return: the one that waits for these goods receives it, or a new one.',
  })
  @Answers(201, rma, {
    headers: [...commandHeaders, Headers.location],
    refuses: { unknown: ['ORDER_UNKNOWN'], conflict: ['RETURN_POLICY_UNKNOWN'], invalid: ['LOCATION_UNKNOWN', 'RECEIPT_INVALID'] },
  })
  async receiveUnannounced(
    @Body() { orderId, ...received }: ReceiveUnannouncedDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownReturn> {
    const made = await this.returns.receiveUnannounced(orderId, received, meta);
    reply.header('Location', `/returns/${made.rma.returnId}`);
    return this.answer(reply, made);
  }

  @Get(':returnId')
  @ApiOperation({ summary: 'One return as it stands.' })
  @Answers(200, rma, { headers: [Headers.etag], refuses: { unknown: ['RETURN_UNKNOWN'], invalid: ['ID_INVALID'] } })
  async get(@Param('returnId', IdParam) returnId: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<ShownReturn> {
    const found = await this.returns.get(returnId);
    reply.header(Headers.etag, etagOf(found.version));
    return shownReturn(found);
  }

  @Post(':returnId/decision')
  @ApiOperation({ summary: 'A person decides the lines of a return that are under review, all of them or those that are named.' })
  @Answers(200, rma, {
    headers: commandHeaders,
    refuses: { unknown: ['RETURN_UNKNOWN'], conflict: ['RETURN_STATUS'], invalid: ['ID_INVALID', 'LINE_NOT_UNDER_REVIEW'] },
  })
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
  @Within('body.location')
  @ApiOperation({ summary: 'Goods came in at a location: what was announced, in parts or whole, and what was not.' })
  @Answers(200, rma, {
    headers: commandHeaders,
    refuses: {
      unknown: ['RETURN_UNKNOWN'],
      conflict: ['RETURN_POLICY_UNKNOWN'],
      invalid: ['LOCATION_UNKNOWN', 'RECEIPT_INVALID', 'ID_INVALID'],
    },
  })
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
  @ApiOperation({ summary: 'Units were inspected: stock and refund follow.' })
  @Answers(200, rma, {
    headers: commandHeaders,
    refuses: {
      unknown: ['RETURN_UNKNOWN'],
      invalid: ['QUANTITY_TOO_HIGH', 'RECEIPT_UNKNOWN', 'GRADE_OF_MISSING', 'GRADE_MISSING', 'ID_INVALID'],
    },
  })
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
  @ApiOperation({ summary: 'Stop waiting for units that never came; what came is settled.' })
  @Answers(200, rma, {
    headers: commandHeaders,
    refuses: {
      unknown: ['RETURN_UNKNOWN'],
      conflict: ['RETURN_STATUS', 'RETURN_NOT_GRADED', 'RETURN_NOT_REFUNDED'],
      invalid: ['ID_INVALID'],
    },
  })
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
    return shownReturn(found);
  }
}
