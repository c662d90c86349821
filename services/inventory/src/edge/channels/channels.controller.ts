import type { Meta } from '@cartage/eventsourcing';
import { Answers, answered, commandHeaders, limitOf, pageOf, PageQuery, readCursor, RequestMeta, type Page } from '@cartage/service-kit';
import { Body, Controller, Get, Inject, Param, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { ChannelAvailabilityAt, ChannelHoldBack, ChannelProfile, Channels } from '../../app/channels/channels';
import {
  channelAvailability,
  channelPage,
  channelSafetyStock,
  holdBackPage,
  sellingLocations,
  type ChannelSafetyStock,
  type SellingLocations,
} from './channels.answers';
import {
  ChannelAvailabilityQuery,
  ChannelHoldBacksQuery,
  ChannelSafetyStockDto,
  SalesChannelDto,
  SellingLocationsDto,
  SkuInChannelDto,
  SkuSafetyStockDto,
} from './channels.dto';

export const CHANNELS = Symbol('Channels');

@ApiTags('channels')
@Controller('inventory')
export class ChannelsController {
  constructor(@Inject(CHANNELS) private readonly channels: Channels) {}

  @Put('channels/:channel/locations')
  @ApiOperation({ summary: 'Says which locations sell for a channel: only their units are promised to its orders.' })
  @Answers(200, sellingLocations, { headers: commandHeaders, refuses: { invalid: ['LOCATION_UNKNOWN'] } })
  async sellFrom(
    @Param() { channel }: SalesChannelDto,
    @Body() { locations }: SellingLocationsDto,
    @RequestMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SellingLocations> {
    const handled = await this.channels.sellFrom(channel, locations, meta);
    answered(reply, handled);
    return { channel, locations: handled.state.locations ?? null };
  }

  @Put('channels/:channel/safety-stock')
  @ApiOperation({ summary: 'Says how many units of each SKU are held back from a channel, where nothing is said of the SKU.' })
  @Answers(200, channelSafetyStock, { headers: commandHeaders })
  async holdBack(
    @Param() { channel }: SalesChannelDto,
    @Body() { safetyStock }: ChannelSafetyStockDto,
    @RequestMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChannelSafetyStock> {
    answered(reply, await this.channels.holdBack({ channel, safetyStock }, meta));
    return { channel, sku: null, location: null, safetyStock };
  }

  @Put('channels/:channel/safety-stock/:sku')
  @ApiOperation({ summary: 'Says how many units of a SKU are held back from a channel, over the network or at a location.' })
  @Answers(200, channelSafetyStock, { headers: commandHeaders, refuses: { invalid: ['LOCATION_UNKNOWN', 'KIT_HAS_NO_STOCK'] } })
  async holdBackSku(
    @Param() { channel, sku }: SkuInChannelDto,
    @Body() { safetyStock, location }: SkuSafetyStockDto,
    @RequestMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChannelSafetyStock> {
    const cell = { channel, sku, ...(location === undefined ? {} : { location }) };
    answered(reply, await this.channels.holdBack({ ...cell, safetyStock }, meta));
    return { channel, sku, location: location ?? null, safetyStock };
  }

  @Get('channels')
  @ApiOperation({ summary: 'Lists the channels of which something is said; others may sell all there is.' })
  @Answers(200, channelPage)
  async list(@Query() query: PageQuery): Promise<Page<ChannelProfile>> {
    const rows = await this.channels.list({ after: readCursor(query.cursor, 'text')?.[0], limit: limitOf(query) + 1 });
    return pageOf(rows, query, ({ channel }) => [channel]);
  }

  @Get('channels/:channel/safety-stock')
  @ApiOperation({ summary: 'Lists the SKUs of which something is held back from a channel.' })
  @Answers(200, holdBackPage)
  async holdBacks(@Param() { channel }: SalesChannelDto, @Query() query: ChannelHoldBacksQuery): Promise<Page<ChannelHoldBack>> {
    const rows = await this.channels.holdBacks({ channel, after: readCursor(query.cursor, 'text', 'text'), limit: limitOf(query) + 1 });
    return pageOf(rows, query, ({ sku, location }) => [sku, location ?? '']);
  }

  @Get('channel-availability')
  @ApiOperation({ summary: 'Available to promise by SKU, channel and location, as of one instant.' })
  @Answers(200, channelAvailability)
  availability(@Query() { sku, channel, location }: ChannelAvailabilityQuery): Promise<ChannelAvailabilityAt> {
    return this.channels.availability({ skus: sku, channels: channel, location });
  }
}
