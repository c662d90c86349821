import { Answers, limitOf, pageOf, readCursor, type Page } from '@cartage/service-kit';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Analysis, StockAge, StockTurnover } from '../../app/analysis/analysis';
import { agePage, bestSellers, turnoverPage, type BestSellers } from './analysis.answers';
import { AnalysisQuery, BestSellersQuery, periodOf, TurnoverQuery } from './analysis.dto';

export const ANALYSIS = Symbol('Analysis');
export const ANALYSIS_NOW = Symbol('AnalysisNow');

@ApiTags('stock analysis')
@Controller('inventory/analysis')
export class AnalysisController {
  constructor(
    @Inject(ANALYSIS) private readonly analysis: Analysis,
    @Inject(ANALYSIS_NOW) private readonly now: () => Date,
  ) {}

  @Get('best-sellers')
  @ApiOperation({ summary: 'Lists what was sold most in a period, by SKU and channel, less what came back.' })
  @Answers(200, bestSellers)
  async sales(@Query() { limit = 50, sku, location, channel, ...said }: BestSellersQuery): Promise<BestSellers> {
    const period = periodOf(said, this.now());
    return { ...period, items: await this.analysis.sales({ ...period, sku, location, channel, limit }) };
  }

  @Get('ages')
  @ApiOperation({
    summary: 'Lists how long what is on hand has been there, by SKU and location: what came first is taken to have left first.',
  })
  @Answers(200, agePage)
  async ages(@Query() { sku, location, ...query }: AnalysisQuery): Promise<Page<StockAge>> {
    const after = readCursor(query.cursor, 'text', 'text');
    const rows = await this.analysis.ages({ at: this.now().toISOString(), sku, location, after, limit: limitOf(query) + 1 });
    return pageOf(rows, query, (row) => [row.sku, row.location]);
  }

  @Get('turnover')
  @ApiOperation({ summary: 'Lists how often stock is turned, and for how long it lasts, by SKU and location.' })
  @Answers(200, turnoverPage)
  async turnover(@Query() { sku, location, from, to, ...query }: TurnoverQuery): Promise<Page<StockTurnover>> {
    const period = periodOf({ ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }, this.now());
    const after = readCursor(query.cursor, 'text', 'text');
    const rows = await this.analysis.turnover({ ...period, sku, location, after, limit: limitOf(query) + 1 });
    return pageOf(rows, query, (row) => [row.sku, row.location]);
  }
}
