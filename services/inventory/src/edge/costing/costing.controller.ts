import type { Meta } from '@cartage/eventsourcing';
import {
  Answers,
  answered,
  commandHeaders,
  CommandMeta,
  ImportQuery,
  limitOf,
  pageOf,
  readCursor,
  RequestMeta,
  TakesUpload,
  Uploaded,
  type Page,
  type Upload,
} from '@cartage/service-kit';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { StockValue, StockValues } from '../../app/costing/stock-values';
import { periodOf } from '../analysis/analysis.dto';
import { SkuDto } from '../stock.dto';
import * as answers from './costing.answers';
import { statedCostOf, StockValuesQueryDto, StockValueTotalsQuery, UnitCostDto, ValueMovementsQueryDto } from './costing.dto';
import { importUnitCosts } from './unit-cost-import';

export const STOCK_VALUES = Symbol('StockValues');
export const COSTING_NOW = Symbol('CostingNow');

@ApiTags('stock values')
@Controller('inventory')
export class CostingController {
  constructor(
    @Inject(STOCK_VALUES) private readonly stock: StockValues,
    @Inject(COSTING_NOW) private readonly now: () => Date,
  ) {}

  @Put('items/:sku/unit-cost')
  @ApiOperation({
    summary: 'Says what units of a SKU cost: what is there is worth so much from now on. What comes later costs what is said then.',
  })
  @Answers(200, answers.unitCostAnswer, { headers: commandHeaders, refuses: { invalid: ['AMOUNT_TOO_LARGE', 'KIT_HAS_NO_STOCK'] } })
  async state(
    @Param() { sku }: SkuDto,
    @Body() body: UnitCostDto,
    @RequestMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<answers.ShownUnitCost> {
    const { location = null, amount, currency, per = 1 } = body;
    answered(reply, await this.stock.state(statedCostOf(sku, body, meta.actor), meta));
    return { sku, location, amount, currency, per };
  }

  @Post('unit-costs/import')
  @HttpCode(200)
  @TakesUpload(
    'A cost on each line (`application/x-ndjson`), or a row for each (`text/csv`): `sku`, `amount`, `currency`, `per`, `location`, `reason`, `detail`.',
  )
  @ApiOperation({
    summary:
      'Says what SKUs cost by a file of any size, line by line; such as opening costs. Sent again under its key, it states none twice.',
  })
  @Answers(200, answers.unitCostImport)
  import(@Uploaded() upload: Upload, @Query() { fromLine }: ImportQuery, @CommandMeta() meta: Meta): Promise<answers.UnitCostImportReport> {
    return importUnitCosts(this.stock, upload, fromLine ?? 1, meta);
  }

  @Get('stock-values')
  @ApiOperation({ summary: 'Lists what stock cost, by SKU and location, now or as of any instant.' })
  @Answers(200, answers.stockValuePage)
  async values(@Query() { sku, location, asOf, minPosition, ...query }: StockValuesQueryDto): Promise<Page<StockValue>> {
    const after = readCursor(query.cursor, 'text', 'text');
    const rows = await this.stock.values({ sku, location, asOf, minPosition, after, limit: limitOf(query) + 1 });
    return pageOf(rows, query, (row) => [row.sku, row.location ?? '']);
  }

  @Get('stock-values/totals')
  @ApiOperation({ summary: 'Says what the stock of each location cost, now or as of any instant.' })
  @Answers(200, answers.stockValueTotals)
  async totals(@Query() { location, asOf }: StockValueTotalsQuery): Promise<answers.StockValueTotals> {
    return { items: await this.stock.totals({ location, asOf }) };
  }

  @Get('stock-values/movements')
  @ApiOperation({ summary: 'Says what came and went in a period, in units and at cost: received, sold, written off, and why.' })
  @Answers(200, answers.valueMovements)
  async movements(@Query() { sku, location, from, to }: ValueMovementsQueryDto): Promise<answers.ValueMovements> {
    const period = periodOf({ ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }, this.now());
    return { ...period, items: await this.stock.movements({ ...period, sku, location }) };
  }
}
