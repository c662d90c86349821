import { Answers, limitOf, pageOf, readCursor, type Page } from '@cartage/service-kit';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Outstanding, ReturnReports, SkuReturns } from '../app/reports';
import type { ReturnRates } from '../app/return-rates';
import type { ReturnRate } from '../domain/return-rates';
import { outstandingPage, returnRatesPage, skuReturnsPage } from './reports.answers';
import { OutstandingReturnsQuery, ReturnRatesQuery, SkuReturnsQuery } from './reports.dto';

export const RETURN_REPORTS = Symbol('reports on returns');
export const RETURN_RATES = Symbol('expected return rates');

@ApiTags('returns')
@Controller('returns')
export class ReturnReportsController {
  constructor(
    @Inject(RETURN_REPORTS) private readonly reports: ReturnReports,
    @Inject(RETURN_RATES) private readonly rates: ReturnRates,
  ) {}

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

  @Get('rates')
  @ApiOperation({
    summary: 'How much of what is delivered of each SKU is expected back, why, from what that is known, and whether it is unusual.',
    description: 'A SKU of which little was delivered leans on its category. At most the 50,000 SKUs of which most was delivered.',
  })
  @Answers(200, returnRatesPage)
  async expected(@Query() query: ReturnRatesQuery): Promise<Page<ReturnRate>> {
    const [after] = readCursor(query.cursor, 'text') ?? [];
    return pageOf(await this.rates(query, after, limitOf(query) + 1), query, ({ sku }) => [sku]);
  }
}
