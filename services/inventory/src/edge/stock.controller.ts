import type { Meta } from '@cartage/eventsourcing';
import { Answers, CommandMeta, Headers, Needs, RequestMeta, Shared, Within } from '@cartage/service-kit';
import { Body, Controller, Get, Inject, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Availabilities, AvailabilityAt, PromiseCheck } from '../app/availability';
import type { Stocks } from '../app/stock';
import type { Booked } from '../app/stock-orders';
import { availability, booked as bookedAnswer, promiseCheck } from './stock.answers';
import { AdjustmentDto, AvailabilityQuery, DisposalDto, PromiseCheckDto, ReceiptDto, SafetyStockDto, SkuAtDto } from './stock.dto';
import { reasonBy } from './supply/purchase-orders.dto';

/** A receipt spans many streams, so its answer carries no ETag. */
const bookedHeaders = [Headers.position, Headers.repeated] as const;

export const STOCKS = Symbol('Stocks');
export const AVAILABILITIES = Symbol('Availabilities');

@ApiTags('stock')
@Controller('inventory')
export class StockController {
  constructor(
    @Inject(STOCKS) private readonly stocks: Stocks,
    @Inject(AVAILABILITIES) private readonly availabilities: Availabilities,
  ) {}

  @Post('receipts')
  @Within('body.location')
  @ApiOperation({ summary: 'Books goods that came in: every line, or none.' })
  @Answers(201, bookedAnswer, { headers: bookedHeaders, refuses: { invalid: ['LOCATION_UNKNOWN', 'STOCK_TOO_LARGE', 'KIT_HAS_NO_STOCK'] } })
  async receive(
    @Body() body: ReceiptDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Booked['answer']> {
    return booked(reply, await this.stocks.receive(body, meta));
  }

  @Post('adjustments')
  @Within('body.location')
  @ApiOperation({ summary: 'Books a count or a loss, also of what is promised: then who ordered last waits again.' })
  @Answers(201, bookedAnswer, {
    headers: bookedHeaders,
    refuses: { conflict: ['STOCK_INSUFFICIENT'], invalid: ['LOCATION_UNKNOWN', 'STOCK_TOO_LARGE'] },
  })
  async adjust(
    @Body() body: AdjustmentDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Booked['answer']> {
    return booked(reply, await this.stocks.adjust(body, meta));
  }

  @Post('disposals')
  @ApiOperation({
    summary:
      'Says what becomes of goods that are not fit to be sold: they are fit again, and go to those who wait, or they leave the books.',
  })
  @Answers(201, bookedAnswer, {
    headers: bookedHeaders,
    refuses: { conflict: ['STOCK_INSUFFICIENT'], invalid: ['LOCATION_UNKNOWN', 'KIT_HAS_NO_STOCK', 'STOCK_TOO_LARGE'] },
  })
  async dispose(
    @Body() { reason, detail, ...disposal }: DisposalDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Booked['answer']> {
    return booked(reply, await this.stocks.dispose({ ...disposal, reason: reasonBy(meta.actor, reason, detail) }, meta));
  }

  @Put('items/:sku/safety-stock/:location')
  @ApiOperation({ summary: 'Says how many units of a SKU a location holds back.' })
  @Answers(200, bookedAnswer, { headers: bookedHeaders, refuses: { unknown: ['LOCATION_UNKNOWN'], invalid: ['KIT_HAS_NO_STOCK'] } })
  async holdBack(
    @Param() { sku, location }: SkuAtDto,
    @Body() { safetyStock }: SafetyStockDto,
    @RequestMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Booked['answer']> {
    return booked(reply, await this.stocks.holdBack({ sku, location, safetyStock }, meta));
  }

  @Get('availability')
  @Shared()
  @ApiOperation({ summary: 'Available to promise, with its parts, by SKU and location.' })
  @Answers(200, availability)
  availability(@Query() { sku, location }: AvailabilityQuery): Promise<AvailabilityAt> {
    return this.availabilities.of(sku, location);
  }

  @Post('availability/check')
  @Needs('stock:read')
  @Shared()
  @ApiOperation({ summary: 'Whether an order of these lines could be promised now. Writes nothing.' })
  @Answers(200, promiseCheck)
  check(@Body() { lines, channel }: PromiseCheckDto): Promise<PromiseCheck> {
    return this.availabilities.check(lines, channel);
  }
}

const booked = (reply: FastifyReply, { answer, position, repeated }: Booked): Booked['answer'] => {
  if (position !== '') reply.header(Headers.position, position);
  if (repeated) reply.header(Headers.repeated, 'true');
  return answer;
};
