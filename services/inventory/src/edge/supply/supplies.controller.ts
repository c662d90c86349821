import { Answers, limitOf, pageOf, readCursor, type Page } from '@cartage/service-kit';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Supplies, SupplyRow } from '../../app/supply/supplies';
import { supplyPage } from './purchase-orders.answers';
import { SupplyQueryDto } from './purchase-orders.dto';

export const SUPPLIES = Symbol('Supplies');

@ApiTags('supply')
@Controller('inventory/supply')
export class SuppliesController {
  constructor(@Inject(SUPPLIES) private readonly supplies: Supplies) {}

  @Get()
  @ApiOperation({ summary: 'What is on order or on its way, by document and line; also only what is overdue.' })
  @Answers(200, supplyPage)
  async list(@Query() query: SupplyQueryDto): Promise<Page<SupplyRow>> {
    const { sku: skus, location, overdue } = query;
    const rows = await this.supplies.list({
      skus,
      location,
      overdue,
      after: readCursor(query.cursor, 'text', 'text', 'text'),
      limit: limitOf(query) + 1,
    });
    return pageOf(rows, query, ({ source, reference, lineId }) => [source, reference, lineId]);
  }
}
