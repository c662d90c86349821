import { integer, list, named, nullable, object, oneOf, text, time, uuid } from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';
import { answerOf, Answers, CommandMeta, limitOf, NoPreview, pageAnswer, pageOf, readCursor, type Page } from '@cartage/service-kit';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { updateKinds, updateStatuses } from '../../app/channels/channel-update';
import type { ChannelUpdates } from '../../app/channels/channel-updates';
import { stockStatuses, type ShownLevel } from '../../app/channels/stock-shelf';
import type { ShownUpdate } from '../../app/channels/update-outbox';
import { ChannelPath } from '../order-queries.dto';
import {
  ChannelStockQueryDto,
  ChannelUpdatePath,
  ChannelUpdatesQueryDto,
  DropUpdateDto,
  ResubmitStockDto,
  ResubmitUpdateDto,
} from './updates.dto';

export const CHANNEL_UPDATES = Symbol('what channels are told');

const faults = list(
  object({ field: text('By the channel’s own names.'), code: text(), message: text('In its own words.') }),
  'What the channel says is wrong.',
);
const code = nullable(text('The refusal’s stable code.'));

const update = answerOf<ShownUpdate>()(
  'ChannelUpdate',
  object({
    updateId: uuid('The same however often it is told.'),
    channel: text(),
    externalOrderId: text('The channel’s own number of the order.'),
    orderId: uuid(),
    kind: oneOf(updateKinds, 'What happened.'),
    status: oneOf(
      updateStatuses,
      '`waiting`: to be told; `told`; `passed-over`: the channel has no word for it; `refused`: mend its cause and send it again, or drop it; `dropped`.',
    ),
    detail: text('What became of it, for people.'),
    code,
    faults,
    attempts: integer('How often it was taken to tell it.'),
    plannedAt: time(),
    endedAt: nullable(time()),
  }),
);

const level = answerOf<ShownLevel>()(
  'ChannelStockLevel',
  object({
    channel: text(),
    sku: text(),
    network: integer('Units that can be promised over the network; below zero the channel is told 0.'),
    locations: named(integer(), 'Likewise by location code.'),
    status: oneOf(stockStatuses, '`refused`: until it changes, or is sent again.'),
    code,
    faults,
    asOf: time('It was so in inventory then.'),
    toldAt: nullable(time('When the channel took a value last.')),
  }),
);

@ApiTags('channels')
@Controller('channels')
export class ChannelUpdatesController {
  constructor(@Inject(CHANNEL_UPDATES) private readonly updates: ChannelUpdates) {}

  @Get(':channel/updates')
  @ApiOperation({ summary: 'What a connected channel is told of its orders, and what became of each, oldest first' })
  @Answers(200, pageAnswer(update))
  async list(@Param() { channel }: ChannelPath, @Query() { status, ...query }: ChannelUpdatesQueryDto): Promise<Page<ShownUpdate>> {
    const rows = await this.updates.list({
      channel,
      status,
      limit: limitOf(query) + 1,
      after: readCursor(query.cursor, 'instant', 'uuid'),
    });
    return pageOf(rows, query, ({ plannedAt, updateId }) => [plannedAt, updateId]);
  }

  @Post(':channel/updates/:updateId/resubmit')
  @HttpCode(200)
  @NoPreview()
  @ApiOperation({
    summary: 'Tells a refused update again, once its cause was mended; or with the names that the channel has for its lines',
  })
  @Answers(200, update, { refuses: { unknown: ['UPDATE_UNKNOWN'] } })
  resubmit(
    @Param() { channel, updateId }: ChannelUpdatePath,
    @Body() { lines }: ResubmitUpdateDto,
    @CommandMeta() _meta: Meta,
  ): Promise<ShownUpdate> {
    return this.updates.resubmit({ channel, updateId }, lines ?? []);
  }

  @Post(':channel/updates/:updateId/drop')
  @HttpCode(200)
  @NoPreview()
  @ApiOperation({ summary: 'A person has dealt with a refused update by other means. Who and why is remembered.' })
  @Answers(200, update, { refuses: { unknown: ['UPDATE_UNKNOWN'] } })
  drop(
    @Param() { channel, updateId }: ChannelUpdatePath,
    @Body() { reason }: DropUpdateDto,
    @CommandMeta() meta: Meta,
  ): Promise<ShownUpdate> {
    return this.updates.drop({ channel, updateId }, reason, meta);
  }

  @Get(':channel/stock')
  @ApiOperation({ summary: 'What a connected channel was told that it may sell of each SKU, or is to be told' })
  @Answers(200, pageAnswer(level))
  async stock(@Param() { channel }: ChannelPath, @Query() { status, ...query }: ChannelStockQueryDto): Promise<Page<ShownLevel>> {
    const after = readCursor(query.cursor, 'text')?.[0];
    const rows = await this.updates.levels({ channel, status, limit: limitOf(query) + 1, after });
    return pageOf(rows, query, ({ sku }) => [sku]);
  }

  @Post(':channel/stock/resubmit')
  @HttpCode(200)
  @NoPreview()
  @ApiOperation({ summary: 'Tells the channel again what it may sell of a SKU' })
  @Answers(200, level, { refuses: { unknown: ['SKU_UNKNOWN'] } })
  resubmitStock(@Param() { channel }: ChannelPath, @Body() { sku }: ResubmitStockDto, @CommandMeta() _meta: Meta): Promise<ShownLevel> {
    return this.updates.resubmitStock(channel, sku);
  }
}
