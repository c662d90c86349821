import { Answers, limitOf, pageOf, readCursor, type Page } from '@cartage/service-kit';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Explanation, Explanations, SaidMovement, StockClaim, StockDifference } from '../app/explanation';
import { claimPage, explanation, movementPage, stockDifference } from './explanation.answers';
import { ClaimsQuery, ExplanationQuery, MovementsPageQuery, StockDiffQuery, stockInstantOf } from './explanation.dto';
import { SkuDto } from './stock.dto';

export const EXPLANATIONS = Symbol('Explanations');

@ApiTags('stock')
@Controller('inventory/items')
export class ExplanationController {
  constructor(@Inject(EXPLANATIONS) private readonly explanations: Explanations) {}

  @Get(':sku/explanation')
  @ApiOperation({ summary: 'Why is ATP what it is? Every unit by what brought it, what claims it and where it is held back, now or then.' })
  @Answers(200, explanation, { refuses: { unknown: ['LOCATION_UNKNOWN'], invalid: ['AS_OF_INVALID'] } })
  explanation(@Param() { sku }: SkuDto, @Query() { location, asOf }: ExplanationQuery): Promise<Explanation> {
    return this.explanations.of({ sku, location, asOf: stockInstantOf(asOf) });
  }

  @Get(':sku/explanation/diff')
  @ApiOperation({ summary: 'What happened to the stock of a SKU between two instants: the movements add up to the difference.' })
  @Answers(200, stockDifference, { refuses: { unknown: ['LOCATION_UNKNOWN'], invalid: ['AS_OF_INVALID'] } })
  difference(@Param() { sku }: SkuDto, @Query() { location, from, to }: StockDiffQuery): Promise<StockDifference> {
    return this.explanations.between({ sku, location, from: stockInstantOf(from, 'from'), to: stockInstantOf(to, 'to') });
  }

  @Get(':sku/claims')
  @ApiOperation({ summary: 'Which orders have a claim on a SKU, now or then; by order id. They add up to `reserved` and `allocated`.' })
  @Answers(200, claimPage, { refuses: { invalid: ['AS_OF_INVALID'] } })
  async claims(@Param() { sku }: SkuDto, @Query() query: ClaimsQuery): Promise<Page<StockClaim>> {
    const after = readCursor(query.cursor, 'uuid')?.[0];
    const asOf = stockInstantOf(query.asOf);
    const rows = await this.explanations.claims({ sku, location: query.location, asOf, after, limit: limitOf(query) + 1 });
    return pageOf(rows, query, ({ orderId }) => [orderId]);
  }

  @Get(':sku/movements')
  @ApiOperation({ summary: 'Every change of a SKU’s stock with its cause, newest first; also between two instants.' })
  @Answers(200, movementPage, { refuses: { invalid: ['AS_OF_INVALID'] } })
  async movements(@Param() { sku }: SkuDto, @Query() query: MovementsPageQuery): Promise<Page<SaidMovement>> {
    const after = readCursor(query.cursor, 'digits')?.[0];
    const [from, asOf] = [stockInstantOf(query.from, 'from'), stockInstantOf(query.asOf)];
    const { location } = query;
    const rows = await this.explanations.movements({ sku, location, from, asOf, after, limit: limitOf(query) + 1 });
    return pageOf(rows, query, ({ id }) => [id]);
  }
}
