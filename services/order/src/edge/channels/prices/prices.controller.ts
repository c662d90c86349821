import { currency, list, money, nullable, object, oneOf, text, time, truth } from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';
import { answerOf, Answers, CommandMeta, limitOf, NoPreview, pageAnswer, pageOf, readCursor, type Page } from '@cartage/service-kit';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ChannelPrices } from '../../../app/channels/channel-prices';
import type { ShownPrice } from '../../../app/channels/price-shelf';
import { stockStatuses } from '../../../app/channels/stock-shelf';
import { ChannelPath } from '../../order-queries.dto';
import { ChannelPricesQueryDto, ResubmitPriceDto } from './prices.dto';

export const CHANNEL_PRICES = Symbol('what channels are told to ask');

const price = answerOf<ShownPrice>()(
  'ChannelPrice',
  object({
    channel: text(),
    sku: text(),
    unitPrice: money('Of one unit, minor units.'),
    currency: currency(),
    taxIncluded: truth('Whether tax is in it.'),
    list: text('The price list that it is of.'),
    status: oneOf(stockStatuses, '`refused`: until it changes, or is sent again.'),
    code: nullable(text('The refusal’s stable code.')),
    faults: list(
      object({ field: text('By the channel’s own names.'), code: text(), message: text('In its own words.') }),
      'What the channel says is wrong.',
    ),
    asOf: time('It is so since then.'),
    toldAt: nullable(time('When the channel took a price last.')),
  }),
);

@ApiTags('channels')
@Controller('channels')
export class ChannelPricesController {
  constructor(@Inject(CHANNEL_PRICES) private readonly prices: ChannelPrices) {}

  @Get(':channel/prices')
  @ApiOperation({ summary: 'What a connected channel was told to ask for each SKU, or is to be told' })
  @Answers(200, pageAnswer(price))
  async list(@Param() { channel }: ChannelPath, @Query() { status, ...query }: ChannelPricesQueryDto): Promise<Page<ShownPrice>> {
    const after = readCursor(query.cursor, 'text')?.[0];
    const rows = await this.prices.list({ channel, status, limit: limitOf(query) + 1, after });
    return pageOf(rows, query, ({ sku }) => [sku]);
  }

  @Post(':channel/prices/resubmit')
  @HttpCode(200)
  @NoPreview()
  @ApiOperation({ summary: 'Tells the channel again what it is to ask for a SKU' })
  @Answers(200, price, { refuses: { unknown: ['SKU_UNKNOWN'] } })
  resubmit(@Param() { channel }: ChannelPath, @Body() { sku }: ResubmitPriceDto, @CommandMeta() _meta: Meta): Promise<ShownPrice> {
    return this.prices.resubmit(channel, sku);
  }
}
