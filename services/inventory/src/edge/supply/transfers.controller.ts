import type { Meta } from '@cartage/eventsourcing';
import {
  Answers,
  answered,
  commandHeaders,
  CommandMeta,
  Headers,
  limitOf,
  pageOf,
  readCursor,
  type Page,
  Within,
} from '@cartage/service-kit';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { CarriedTransfer, ShownTransfer, Transfers } from '../../app/supply/transfers';
import { reasonBy } from './purchase-orders.dto';
import { transferAnswer, transferPage } from './transfers.answers';
import {
  TransferCancellationDto,
  TransferDispatchDto,
  TransferDto,
  TransferPath,
  TransferReceiptDto,
  TransferReschedulingDto,
  TransfersQueryDto,
} from './transfers.dto';

export const TRANSFERS = Symbol('Transfers');

const unknown = ['TRANSFER_UNKNOWN'];

@ApiTags('supply')
@Controller('inventory/transfers')
export class TransfersController {
  constructor(@Inject(TRANSFERS) private readonly transfers: Transfers) {}

  @Post()
  @Within('body.from')
  @ApiOperation({ summary: 'Plans to move stock to another location. Until it leaves it can be sold where it is.' })
  @Answers(201, transferAnswer, {
    headers: commandHeaders,
    refuses: { invalid: ['LOCATION_UNKNOWN', 'STOCK_NOT_OURS', 'KIT_HAS_NO_STOCK', 'TRANSFER_INVALID'] },
  })
  async plan(
    @Body() body: TransferDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownTransfer> {
    return carried(reply, await this.transfers.plan(body, meta));
  }

  @Post(':transferId/dispatch')
  @HttpCode(200)
  @ApiOperation({
    summary: 'It leaves. What is promised stays; those who wait are promised what is on its way, if it is known when it comes.',
  })
  @Answers(200, transferAnswer, {
    headers: commandHeaders,
    refuses: { unknown, invalid: ['LINE_UNKNOWN', 'TRANSFER_EXCEEDED'], conflict: ['TRANSFER_STATUS', 'STOCK_PROMISED'] },
  })
  async dispatch(
    @Param() { transferId }: TransferPath,
    @Body() body: TransferDispatchDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownTransfer> {
    return carried(reply, await this.transfers.dispatch({ ...body, transferId }, meta));
  }

  @Post(':transferId/reschedule')
  @HttpCode(200)
  @ApiOperation({ summary: 'It comes at another time, or nobody knows when: whose date moves with it is told.' })
  @Answers(200, transferAnswer, { headers: commandHeaders, refuses: { unknown, conflict: ['TRANSFER_STATUS'] } })
  async reschedule(
    @Param() { transferId }: TransferPath,
    @Body() { expectedAt, reason = 'transfer-rescheduled' }: TransferReschedulingDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownTransfer> {
    return carried(reply, await this.transfers.reschedule({ transferId, expectedAt, reason: reasonBy(meta.actor, reason) }, meta));
  }

  @Post(':transferId/receipts')
  @ApiOperation({ summary: 'Books what came of it, in parts too, and what is lost. Those who waited for it get it, the first first.' })
  @Answers(201, transferAnswer, {
    headers: commandHeaders,
    refuses: { unknown, invalid: ['LINE_UNKNOWN', 'TRANSFER_EXCEEDED', 'STOCK_TOO_LARGE'], conflict: ['TRANSFER_STATUS'] },
  })
  async receive(
    @Param() { transferId }: TransferPath,
    @Body() { lines = [], lost = [] }: TransferReceiptDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownTransfer> {
    return carried(reply, await this.transfers.receive({ transferId, lines, lost }, meta));
  }

  @Post(':transferId/cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'It will not leave. What has left can come back by a transfer of its own.' })
  @Answers(200, transferAnswer, { headers: commandHeaders, refuses: { unknown, conflict: ['TRANSFER_STATUS'] } })
  async cancel(
    @Param() { transferId }: TransferPath,
    @Body() { reason, detail }: TransferCancellationDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownTransfer> {
    return carried(reply, await this.transfers.cancel({ transferId, reason: reasonBy(meta.actor, reason, detail) }, meta));
  }

  @Get()
  @Within('query.location')
  @ApiOperation({ summary: 'Lists transfers, the first planned first.' })
  @Answers(200, transferPage)
  async list(@Query() query: TransfersQueryDto): Promise<Page<ShownTransfer>> {
    const { status, location } = query;
    const rows = await this.transfers.list({ status, location, after: readCursor(query.cursor, 'uuid')?.[0], limit: limitOf(query) + 1 });
    return pageOf(rows, query, ({ transferId }) => [transferId]);
  }

  @Get(':transferId')
  @ApiOperation({ summary: 'Shows a transfer, with what of it is on its way.' })
  @Answers(200, transferAnswer, { headers: [Headers.etag], refuses: { unknown } })
  async get(@Param() { transferId }: TransferPath, @Res({ passthrough: true }) reply: FastifyReply): Promise<ShownTransfer> {
    const transfer = await this.transfers.get(transferId);
    answered(reply, { version: transfer.revision, position: '', repeated: false });
    return transfer;
  }
}

const carried = (reply: FastifyReply, { answer, ...how }: CarriedTransfer): ShownTransfer => {
  answered(reply, { ...how, version: answer.revision });
  return answer;
};
