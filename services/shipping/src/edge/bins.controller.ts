import type { Meta } from '@cartage/eventsourcing';
import {
  answered,
  Answers,
  commandHeaders,
  RequestMeta,
  limitOf,
  NoPreview,
  PageQuery,
  pageOf,
  readCursor,
  type Page,
} from '@cartage/service-kit';
import { Body, Controller, Get, Inject, Param, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Bins } from '../app/bins';
import type { BinOf } from '../domain/bins';
import { assignedBins, binPage } from './waves.answers';
import { BinPath, BinsDto } from './waves.dto';

export const BINS = Symbol('bins');

@ApiTags('shipping')
@Controller('shipping/locations')
export class BinsController {
  constructor(@Inject(BINS) private readonly bins: Bins) {}

  @Put(':location/bins')
  @NoPreview()
  @ApiOperation({
    summary: 'In which bins SKUs stand at a location; a SKU without one stands nowhere in particular.',
    description: 'Pick lists are in the order of the bins, `A-2` before `A-10`: name them in the order of the way through the location.',
  })
  @Answers(200, assignedBins, { headers: commandHeaders, refuses: { invalid: ['LOCATION_UNKNOWN'] } })
  async assign(
    @Param() { location }: BinPath,
    @Body() { bins }: BinsDto,
    @RequestMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ readonly location: string; readonly skus: number }> {
    const told = bins.map(({ sku, bin }): BinOf => ({ sku, ...(bin === undefined ? {} : { bin }) }));
    const handled = await this.bins.assign(location, told, meta);
    answered(reply, handled);
    return { location, skus: handled.state.size };
  }

  @Get(':location/bins')
  @ApiOperation({ summary: 'The bins of a location, by SKU.' })
  @Answers(200, binPage)
  async list(@Param() { location }: BinPath, @Query() { limit, cursor, minPosition }: PageQuery): Promise<Page<Required<BinOf>>> {
    const after = readCursor(cursor, 'text')?.[0];
    const page = { limit: limitOf({ limit }) + 1, ...(after === undefined ? {} : { after }) };
    return pageOf(await this.bins.list(location, page, minPosition), { limit }, ({ sku }) => [sku]);
  }
}
