import { Answers, limitOf, pageOf, readCursor, type Page } from '@cartage/service-kit';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Outstanding, ReturnReports, SkuReturns } from '../app/reports';
import { outstandingPage, skuReturnsPage } from './reports.answers';
import { OutstandingReturnsQuery, SkuReturnsQuery } from './reports.dto';

export const RETURN_REPORTS = Symbol('reports on returns');

@ApiTags('returns')
@Controller('returns')
export class ReturnReportsController {
  constructor(@Inject(RETURN_REPORTS) private readonly reports: ReturnReports) {}

  @Get('outstanding')
  @ApiOperation({
    summary: 'What did not come back, or is not paid: units that are waited for, and how; what is waited for longest first.',
  })
  @Answers(200, outstandingPage)
  async outstanding(@Query() query: OutstandingReturnsQuery): Promise<Page<Outstanding>> {
    const after = readCursor(query.cursor, 'instant', 'uuid', 'count', 'text');
    const rows = await this.reports.outstanding(query, after, limitOf(query) + 1);
    return pageOf(rows, query, ({ since, returnId, lineNo, what }) => [since, returnId, lineNo, what]);
  }

  @Get('skus')
  @ApiOperation({ summary: 'What was sent back of each SKU: how much of what was delivered, why, in which condition, and what it cost.' })
  @Answers(200, skuReturnsPage)
  async bySku(@Query() query: SkuReturnsQuery): Promise<Page<SkuReturns>> {
    const [after] = readCursor(query.cursor, 'text') ?? [];
    return pageOf(await this.reports.bySku(query, after, limitOf(query) + 1), query, ({ sku }) => [sku]);
  }
}
