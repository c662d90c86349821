import { currency, integer, list, money, object, optional, text, time, truth } from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';
import {
  answerOf,
  Answers,
  answered,
  commandHeaders,
  Headers,
  IfMatch,
  limitOf,
  pageAnswer,
  pageOf,
  readCursor,
  PageQuery,
  RequestMeta,
  type Page,
} from '@cartage/service-kit';
import { Body, Controller, Get, Inject, Param, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { PriceListHead, PriceLists, PricesAt } from '../../app/catalogue/price-lists';
import type { PriceList } from '../../domain/catalogue/price-list';
import { ListCodeDto, PriceListDto, PricesQueryDto, termsOf } from './price-lists.dto';

export const PRICE_LISTS = Symbol('PriceLists');

const head = {
  list: text('Code; stable.'),
  currency: currency(),
  taxIncluded: truth('Whether its prices include tax.'),
  channel: optional(text('Only there; absent: on all channels.')),
  country: optional(text('Only for goods that go there; absent: everywhere.')),
  validFrom: time(),
  validTo: optional(time('From then on it holds no more; absent: for ever.')),
  revision: integer('Grows with every change; also in `ETag`.'),
};
const unitPrice = money('Of one unit, minor units.');
const listAnswer = answerOf<PriceList>()('PriceList', object({ ...head, prices: list(object({ sku: text(), unitPrice })) }));
const listsPage = pageAnswer(answerOf<PriceListHead>()('PriceListHead', object(head)));

const pricesAnswer = answerOf<PricesAt>()(
  'Prices',
  object({ at: time(), prices: list(object({ ...head, sku: text(), unitPrice }), 'One for each SKU that has a price there.') }),
);

@ApiTags('prices')
@Controller('inventory')
export class PriceListsController {
  constructor(@Inject(PRICE_LISTS) private readonly lists: PriceLists) {}

  @Put('price-lists/:list')
  @ApiOperation({ summary: 'Makes or changes a price list: these are all its prices.' })
  @Answers(200, listAnswer, { headers: commandHeaders, refuses: { invalid: ['PRICE_LIST_INVALID'] } })
  async put(
    @Param() { list: code }: ListCodeDto,
    @Body() body: PriceListDto,
    @RequestMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PriceList> {
    const handled = await this.lists.change(code, termsOf(body), meta, ifVersion);
    answered(reply, handled);
    return handled.state;
  }

  @Get('price-lists')
  @ApiOperation({ summary: 'Lists price lists by code, without their prices.' })
  @Answers(200, listsPage)
  async list(@Query() query: PageQuery): Promise<Page<PriceListHead>> {
    const rows = await this.lists.list({ after: readCursor(query.cursor, 'text')?.[0], limit: limitOf(query) + 1 });
    return pageOf(rows, query, (each) => [each.list]);
  }

  @Get('price-lists/:list')
  @ApiOperation({ summary: 'Shows a price list.' })
  @Answers(200, listAnswer, { headers: [Headers.etag], refuses: { unknown: ['PRICE_LIST_UNKNOWN'] } })
  async get(@Param() { list: code }: ListCodeDto, @Res({ passthrough: true }) reply: FastifyReply): Promise<PriceList> {
    const found = await this.lists.get(code);
    answered(reply, { version: found.revision, position: '', repeated: false });
    return found;
  }

  @Get('prices')
  @ApiOperation({ summary: 'The price that applies, and its list: for the channel, else for the country, else the newest.' })
  @Answers(200, pricesAnswer)
  prices(@Query() { sku, channel, country, currency, at }: PricesQueryDto): Promise<PricesAt> {
    return this.lists.prices({ skus: sku, channel, country, currency, at });
  }
}
