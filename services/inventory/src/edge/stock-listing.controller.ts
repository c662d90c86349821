import { integer, list, nullable, object, text, truth } from '@cartage/contracts';
import {
  Answers,
  answerOf,
  IsCode,
  IsPlainText,
  limitOf,
  pageAnswer,
  pageOf,
  PageQuery,
  readCursor,
  Within,
  type Page,
} from '@cartage/service-kit';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { stockConcerns, type ListedStock, type StockConcern, type StockListing } from '../app/stock-listing';

export const STOCK_LISTING = Symbol('StockListing');

export class StockListingQuery extends PageQuery {
  @ApiPropertyOptional({
    example: 'mug blue',
    description:
      'How the SKU begins, as it is written or in capitals, or words as they begin in title and SKU: all of them, in any order, whatever their case and accents.',
  })
  @IsOptional()
  @IsPlainText(100)
  readonly q?: string;

  @ApiPropertyOptional({ example: 'LDN-1', description: 'Only what is at this location.' })
  @IsOptional()
  @IsCode()
  readonly location?: string;

  @ApiPropertyOptional({
    enum: stockConcerns,
    description:
      'Only where nothing can be promised (`out`), where units are not fit to be sold, or of which an alert of this kind stands.',
  })
  @IsOptional()
  @IsIn(stockConcerns)
  readonly concern?: StockConcern;
}

const listed = answerOf<ListedStock>()(
  'ListedStock',
  object({
    sku: text(),
    title: nullable(text('Null: nobody has described it.')),
    location: text('Location code.'),
    active: truth('Whether its stock can be promised and shipped.'),
    onHand: integer('Units physically there and fit to be sold.'),
    allocated: integer('Units that orders have a claim on at this location.'),
    safetyStock: integer('Units held back.'),
    unavailable: integer('Units there, but not fit to be sold.'),
    atp: integer('Available to promise there; nothing where it is closed.'),
    alerts: list(text('`low`, `negative`, `reorder`, `drift`.'), 'Kinds of alerts that stand, of the SKU there or over the network.'),
  }),
);

@ApiTags('stock')
@Controller('inventory')
export class StockListingController {
  constructor(@Inject(STOCK_LISTING) private readonly listing: StockListing) {}

  @Get('stock')
  @Within('query.location')
  @ApiOperation({ summary: 'Lists what is where: by SKU and location, also only what a person should look at.' })
  @Answers(200, pageAnswer(listed))
  async list(@Query() { q, location, concern, ...query }: StockListingQuery): Promise<Page<ListedStock>> {
    const after = readCursor(query.cursor, 'text', 'text');
    const rows = await this.listing({ q, location, concern, after, limit: limitOf(query) + 1 });
    return pageOf(rows, query, (row) => [row.sku, row.location]);
  }
}
