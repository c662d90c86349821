import type { Meta } from '@cartage/eventsourcing';
import {
  Answers,
  answered,
  commandHeaders,
  CommandMeta,
  etagOf,
  Headers,
  IdParam,
  limitOf,
  pageOf,
  readCursor,
  Within,
  type Page,
} from '@cartage/service-kit';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { shownGoods, type GoodsFound, type ShownGoods, type UnknownGoodsDesk } from '../app/unknown-goods';
import type { ListUnknownGoods, UnknownGoodsRow } from '../app/unknown-goods-list';
import { shownGoodsAnswer, unknownGoodsPage } from './unknown-goods.answers';
import { DisposeUnknownGoodsDto, MatchUnknownGoodsDto, ReceiveUnknownGoodsDto, UnknownGoodsQueryDto } from './unknown-goods.dto';

export const UNKNOWN_GOODS = Symbol('goods that name no order');
export const LIST_UNKNOWN_GOODS = Symbol('list of goods that name no order');

const unknown = ['UNKNOWN_GOODS_UNKNOWN'];

@ApiTags('returns')
@Controller('returns/unknown-goods')
export class UnknownGoodsController {
  constructor(
    @Inject(UNKNOWN_GOODS) private readonly desk: UnknownGoodsDesk,
    @Inject(LIST_UNKNOWN_GOODS) private readonly listGoods: ListUnknownGoods,
  ) {}

  @Post()
  @Within('body.location')
  @ApiOperation({ summary: 'Goods came to a dock that name no order: they are kept until somebody knows what they are.' })
  @Answers(201, shownGoodsAnswer, { headers: [...commandHeaders, Headers.location], refuses: { invalid: ['LOCATION_UNKNOWN'] } })
  async receive(
    @Body() { photos = [], ...arrival }: ReceiveUnknownGoodsDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownGoods> {
    const found = await this.desk.receive({ ...arrival, photos }, meta);
    reply.header('Location', `/returns/unknown-goods/${found.goods.received.receiptId}`);
    return this.answer(reply, found);
  }

  @Get()
  @Within('query.location')
  @ApiOperation({ summary: 'Goods that name no order; what has lain longest comes first.' })
  @Answers(200, unknownGoodsPage)
  async list(@Query() query: UnknownGoodsQueryDto): Promise<Page<UnknownGoodsRow>> {
    const rows = await this.listGoods(query, readCursor(query.cursor, 'instant', 'uuid'), limitOf(query) + 1);
    return pageOf(rows, query, ({ receivedAt, receiptId }) => [receivedAt, receiptId]);
  }

  @Get(':receiptId')
  @ApiOperation({ summary: 'Goods that name no order, as they stand.' })
  @Answers(200, shownGoodsAnswer, { headers: [Headers.etag], refuses: { unknown, invalid: ['ID_INVALID'] } })
  async get(@Param('receiptId', IdParam) receiptId: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<ShownGoods> {
    const found = await this.desk.get(receiptId);
    reply.header(Headers.etag, etagOf(found.version));
    return shownGoods(found);
  }

  @Post(':receiptId/match')
  @HttpCode(200)
  @ApiOperation({ summary: 'It is known of which order they are: they are received as a return of it, where they are.' })
  @Answers(200, shownGoodsAnswer, {
    headers: commandHeaders,
    refuses: {
      unknown: [...unknown, 'ORDER_UNKNOWN'],
      conflict: ['GOODS_SETTLED', 'RETURN_POLICY_UNKNOWN'],
      invalid: ['ID_INVALID'],
    },
  })
  async match(
    @Param('receiptId', IdParam) receiptId: string,
    @Body() match: MatchUnknownGoodsDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownGoods> {
    return this.answer(reply, await this.desk.match(receiptId, match, meta));
  }

  @Post(':receiptId/disposal')
  @HttpCode(200)
  @ApiOperation({ summary: 'Nobody found out what they are: they are given up.' })
  @Answers(200, shownGoodsAnswer, {
    headers: commandHeaders,
    refuses: { unknown, conflict: ['GOODS_SETTLED'], invalid: ['ID_INVALID'] },
  })
  async dispose(
    @Param('receiptId', IdParam) receiptId: string,
    @Body() disposal: DisposeUnknownGoodsDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownGoods> {
    return this.answer(reply, await this.desk.dispose(receiptId, disposal, meta));
  }

  private answer(reply: FastifyReply, found: GoodsFound): ShownGoods {
    answered(reply, found);
    return shownGoods(found);
  }
}
