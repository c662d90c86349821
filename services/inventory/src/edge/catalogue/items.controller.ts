import { type Meta } from '@cartage/eventsourcing';
import {
  answered,
  Answers,
  commandHeaders,
  Headers,
  IfMatch,
  limitOf,
  type Page,
  pageOf,
  readCursor,
  RequestMeta,
  Shared,
} from '@cartage/service-kit';
import { Body, Controller, Get, Inject, Param, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Items, ListedItem } from '../../app/catalogue/items';
import type { Item } from '../../domain/catalogue/item';
import { SkuDto } from '../stock.dto';
import { item as itemAnswer, itemPage } from './items.answers';
import { ItemDto, ItemListQuery, profileOf } from './items.dto';

export const ITEMS = Symbol('Items');

@ApiTags('items')
@Controller('inventory/items')
export class ItemsController {
  constructor(@Inject(ITEMS) private readonly items: Items) {}

  @Put(':sku')
  @ApiOperation({ summary: 'Describes what is sold under a SKU, or describes it anew: what is left out is not so any more.' })
  @Answers(200, itemAnswer, {
    headers: commandHeaders,
    refuses: { conflict: ['BARCODE_TAKEN'], invalid: ['BARCODE_INVALID', 'KIT_INVALID'] },
  })
  async put(
    @Param() { sku }: SkuDto,
    @Body() body: ItemDto,
    @RequestMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Item> {
    const handled = await this.items.describe(sku, profileOf(body), meta, ifVersion);
    answered(reply, handled);
    return handled.state;
  }

  @Get()
  @Shared()
  @ApiOperation({ summary: 'Lists items by SKU: those that somebody looks for by SKU, title or barcode, or that filters have.' })
  @Answers(200, itemPage)
  async list(@Query() query: ItemListQuery): Promise<Page<ListedItem>> {
    const { q, barcode, sku: skus, category, status, substitutionGroup, part } = query;
    const rows = await this.items.list({
      q,
      barcode,
      skus,
      category,
      status,
      substitutionGroup,
      part,
      after: readCursor(query.cursor, 'text')?.[0],
      limit: limitOf(query) + 1,
    });
    return pageOf(rows, query, ({ sku }) => [sku]);
  }

  @Get(':sku')
  @Shared()
  @ApiOperation({ summary: 'Shows an item.' })
  @Answers(200, itemAnswer, { headers: [Headers.etag], refuses: { unknown: ['ITEM_UNKNOWN'] } })
  async get(@Param() { sku }: SkuDto, @Res({ passthrough: true }) reply: FastifyReply): Promise<Item> {
    const item = await this.items.get(sku);
    answered(reply, { version: item.revision, position: '', repeated: false });
    return item;
  }
}
