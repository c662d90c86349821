import { Readable } from 'node:stream';
import type { Reason } from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';
import {
  answered,
  Answers,
  bytes,
  commandHeaders,
  CommandMeta,
  IdParam,
  limitOf,
  NoPreview,
  pageOf,
  readCursor,
  type Page,
} from '@cartage/service-kit';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { HandledBill } from '../../app/carrier-invoices/carrier-bills';
import type { FindingDesk } from '../../app/carrier-invoices/finding-desk';
import type { FindingRow } from '../../app/carrier-invoices/invoice-reports';
import { findingAnswer, findingPage } from './carrier-invoices.answers';
import { FindingCreditDto, FindingReasonDto, FindingsQuery } from './carrier-invoices.dto';
import { findingsCsv } from './findings-csv';

export const FINDINGS = Symbol('audit-findings');

const reasonOf = ({ reasonCode, detail }: FindingReasonDto, by: string, { actor }: Meta): Reason => ({
  ...{ code: reasonCode, by, actor },
  ...(detail === undefined ? {} : { detail }),
});

const unknown = ['FINDING_UNKNOWN'];
const invalid = ['ID_INVALID'];
const deciding = { headers: commandHeaders, refuses: { unknown, conflict: ['FINDING_SETTLED'], invalid } };
const answering = { headers: commandHeaders, refuses: { unknown, conflict: ['FINDING_SETTLED', 'FINDING_NOT_DISPUTED'], invalid } };

@ApiTags('carrier invoices')
@Controller('shipping')
export class FindingsController {
  constructor(@Inject(FINDINGS) private readonly findings: FindingDesk) {}

  @Get('audit-findings')
  @ApiOperation({ summary: 'What of carriers’ invoices is not as the labels say, found last first' })
  @Answers(200, findingPage)
  async list(@Query() query: FindingsQuery): Promise<Page<FindingRow>> {
    const slice = { limit: limitOf(query) + 1, after: readCursor(query.cursor, 'instant', 'uuid') };
    const rows = await this.findings.list(query, slice, query.minPosition);
    return pageOf(rows, query, ({ foundAt, findingId }) => [foundAt, findingId]);
  }

  @Get('audit-findings.csv')
  @ApiProduces('text/csv')
  @ApiOperation({ summary: 'The same as a file, all of it; amounts in major units.' })
  @Answers(200, bytes)
  async csv(@Query() query: FindingsQuery, @Res() reply: FastifyReply): Promise<void> {
    void reply
      .header('Content-Type', 'text/csv; charset=utf-8')
      .header('Content-Disposition', 'attachment; filename="audit-findings.csv"')
      .send(Readable.from(findingsCsv(this.findings.every(query))));
  }

  @Get('audit-findings/:findingId')
  @ApiOperation({ summary: 'A finding as it stands' })
  @Answers(200, findingAnswer, { refuses: { unknown, invalid } })
  get(@Param('findingId', IdParam) findingId: string): Promise<FindingRow> {
    return this.findings.get(findingId);
  }

  @Post('audit-findings/:findingId/acceptance')
  @NoPreview()
  @HttpCode(200)
  @ApiOperation({ summary: 'The carrier is right, or it is not worth asking: it is paid' })
  @Answers(200, findingAnswer, deciding)
  async accept(
    @Param('findingId', IdParam) findingId: string,
    @Body() body: FindingReasonDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FindingRow> {
    return this.told(reply, await this.findings.bills.accept(findingId, reasonOf(body, 'operator', meta), meta));
  }

  @Post('audit-findings/:findingId/dispute')
  @NoPreview()
  @HttpCode(200)
  @ApiOperation({ summary: 'The carrier is asked to give it back' })
  @Answers(200, findingAnswer, deciding)
  async dispute(
    @Param('findingId', IdParam) findingId: string,
    @Body() body: FindingReasonDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FindingRow> {
    return this.told(reply, await this.findings.bills.dispute(findingId, reasonOf(body, 'operator', meta), meta));
  }

  @Post('audit-findings/:findingId/credit')
  @NoPreview()
  @HttpCode(200)
  @ApiOperation({
    summary: 'The carrier answers that it gives it back, or a part of it. A credit of its invoices for it is the same money.',
  })
  @Answers(200, findingAnswer, { ...answering, refuses: { ...answering.refuses, invalid: [...invalid, 'CREDIT_EXCEEDED'] } })
  async credit(
    @Param('findingId', IdParam) findingId: string,
    @Body() { amount }: FindingCreditDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FindingRow> {
    return this.told(reply, await this.findings.bills.credit(findingId, amount, meta));
  }

  @Post('audit-findings/:findingId/refusal')
  @NoPreview()
  @HttpCode(200)
  @ApiOperation({ summary: 'The carrier refuses. It can be accepted, closed, or disputed again.' })
  @Answers(200, findingAnswer, answering)
  async refuse(
    @Param('findingId', IdParam) findingId: string,
    @Body() body: FindingReasonDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FindingRow> {
    return this.told(reply, await this.findings.bills.refuse(findingId, reasonOf(body, 'carrier', meta), meta));
  }

  @Post('audit-findings/:findingId/closure')
  @NoPreview()
  @HttpCode(200)
  @ApiOperation({ summary: 'It is none, or is dealt with elsewhere' })
  @Answers(200, findingAnswer, deciding)
  async close(
    @Param('findingId', IdParam) findingId: string,
    @Body() body: FindingReasonDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FindingRow> {
    return this.told(reply, await this.findings.bills.close(findingId, reasonOf(body, 'operator', meta), meta));
  }

  private told(reply: FastifyReply, handled: HandledBill): FindingRow {
    answered(reply, handled);
    return this.findings.shown(handled.finding);
  }
}
