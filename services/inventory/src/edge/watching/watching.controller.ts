import type { Meta } from '@cartage/eventsourcing';
import { Answers, answered, commandHeaders, limitOf, pageOf, readCursor, RequestMeta, type Page } from '@cartage/service-kit';
import { Body, Controller, Get, Inject, Param, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Forecasts, ShownForecast } from '../../app/watching/forecasts';
import type { ShownAlert, Suggestion, Watching } from '../../app/watching/watching';
import { SkuAtDto, SkuDto } from '../stock.dto';
import {
  alertPage,
  alertThreshold,
  forecast,
  reorderPoint,
  suggestionPage,
  type ShownPoint,
  type ShownThreshold,
} from './watching.answers';
import { AlertThresholdDto, ReorderPointDto, ReorderSuggestionsQuery, StockAlertsQuery } from './watching.dto';

export const WATCHING = Symbol('Watching');
export const FORECASTS = Symbol('Forecasts');

@ApiTags('stock alerts')
@Controller('inventory')
export class WatchingController {
  constructor(
    @Inject(WATCHING) private readonly watching: Watching,
    @Inject(FORECASTS) private readonly forecasts: Forecasts,
  ) {}

  @Put('items/:sku/reorder-point/:location')
  @ApiOperation({ summary: 'Says from where on more of a SKU is to be ordered for a location, and up to where.' })
  @Answers(200, reorderPoint, { headers: commandHeaders, refuses: { unknown: ['LOCATION_UNKNOWN'], invalid: ['REORDER_POINT_INVALID'] } })
  async setReorderPoint(
    @Param() { sku, location }: SkuAtDto,
    @Body() body: ReorderPointDto,
    @RequestMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownPoint> {
    const handled = await this.watching.setReorderPoint({ sku, location, ...body }, meta);
    answered(reply, handled);
    const { reorderPoint: from = null, orderUpTo: to = null, ...more } = handled.state.reorderPoints.get(location) ?? {};
    return { sku, location, reorderPoint: from, orderUpTo: to, ...more };
  }

  @Get('items/:sku/forecast/:location')
  @ApiOperation({
    summary: 'What is expected to be asked for of a SKU at a location, from where on more should be ordered by that, and why.',
    description: 'Of SKUs whose reorder point there is learned, whether that decides or not. Made at night, and when the terms change.',
  })
  @Answers(200, forecast, { refuses: { unknown: ['FORECAST_UNKNOWN'] } })
  forecast(@Param() { sku, location }: SkuAtDto): Promise<ShownForecast> {
    return this.forecasts.of({ sku, location });
  }

  @Put('items/:sku/alert-threshold')
  @ApiOperation({ summary: 'Says of how many units that can be promised fewer raise an alert, over the network or in a channel.' })
  @Answers(200, alertThreshold, { headers: commandHeaders })
  async setThreshold(
    @Param() { sku }: SkuDto,
    @Body() body: AlertThresholdDto,
    @RequestMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownThreshold> {
    const handled = await this.watching.setThreshold({ sku, ...body }, meta);
    answered(reply, handled);
    return { sku, channel: body.channel ?? null, atpBelow: handled.state.atpBelow.get(body.channel ?? '') ?? null };
  }

  @Get('alerts')
  @ApiOperation({ summary: 'Lists what a person should look at, the last first. Each ends by itself.' })
  @Answers(200, alertPage)
  async alerts(@Query() { kind, sku, standing, ...query }: StockAlertsQuery): Promise<Page<ShownAlert>> {
    const after = readCursor(query.cursor, 'instant', 'uuid');
    const rows = await this.watching.alerts({ kind, sku, standing, after, limit: limitOf(query) + 1 });
    return pageOf(rows, query, ({ raisedAt, alertId }) => [raisedAt, alertId]);
  }

  @Get('reorder-suggestions')
  @ApiOperation({ summary: 'Lists what should be ordered now, by SKU and location.' })
  @Answers(200, suggestionPage)
  async suggestions(@Query() { location, ...query }: ReorderSuggestionsQuery): Promise<Page<Suggestion>> {
    const rows = await this.watching.suggestions({ location, after: readCursor(query.cursor, 'text', 'text'), limit: limitOf(query) + 1 });
    return pageOf(rows, query, (row) => [row.sku, row.location]);
  }
}
