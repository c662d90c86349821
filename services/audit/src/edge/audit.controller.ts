import type { Meta } from '@cartage/eventsourcing';
import { Answers, IdParam, limitOf, NoPreview, pageOf, readCursor, RequestMeta, type Page } from '@cartage/service-kit';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Findings, ShownOrder } from '../app/findings';
import type { ShownFinding } from '../app/shelf';
import { audited, finding, findingPage } from './audit.answers';
import { CloseFindingDto, FindingQueryDto } from './audit.dto';

export const FINDINGS = Symbol('findings');

@ApiTags('audit')
@Controller('audit')
export class AuditController {
  constructor(@Inject(FINDINGS) private readonly findings: Findings) {}

  @Get('findings')
  @ApiOperation({
    summary:
      'What did not follow in time, has no cause, is there twice or was never heard, oldest first. `?open=true` is what somebody should look at.',
  })
  @Answers(200, findingPage)
  async list(@Query() query: FindingQueryDto): Promise<Page<ShownFinding>> {
    const after = readCursor(query.cursor, 'instant', 'uuid');
    const rows = await this.findings.list(query, after, limitOf(query) + 1);
    return pageOf(rows, query, ({ since, findingId }) => [since, findingId]);
  }

  @Get('findings/:findingId')
  @ApiOperation({ summary: 'One finding, and how it ended.' })
  @Answers(200, finding, { refuses: { unknown: ['FINDING_UNKNOWN'], invalid: ['ID_INVALID'] } })
  get(@Param('findingId', IdParam) findingId: string): Promise<ShownFinding> {
    return this.findings.get(findingId);
  }

  @Post('findings/:findingId/close')
  @HttpCode(200)
  @NoPreview()
  @ApiOperation({ summary: 'Closes a finding for a reason: nothing more has to follow. It is not found again.' })
  @Answers(200, finding, {
    refuses: { unknown: ['FINDING_UNKNOWN'], conflict: ['FINDING_CLOSED'], invalid: ['ID_INVALID'] },
  })
  close(
    @Param('findingId', IdParam) findingId: string,
    @Body() { reason }: CloseFindingDto,
    @RequestMeta() { actor }: Meta,
  ): Promise<ShownFinding> {
    return this.findings.close({ findingId, by: actor, reason });
  }

  @Get('orders/:orderId')
  @ApiOperation({ summary: 'What must follow of an order, from which event, until when, and by which event it did.' })
  @Answers(200, audited, { refuses: { unknown: ['ORDER_UNKNOWN'], invalid: ['ID_INVALID'] } })
  order(@Param('orderId', IdParam) orderId: string): Promise<ShownOrder> {
    return this.findings.order(orderId);
  }
}
