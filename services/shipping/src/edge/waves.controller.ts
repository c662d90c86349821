import type { Meta } from '@cartage/eventsourcing';
import {
  answered,
  Answers,
  bytes,
  commandHeaders,
  CommandMeta,
  IdParam,
  limitOf,
  NoPreview,
  pageOf,
  readCursor,
  type Page,
  Within,
} from '@cartage/service-kit';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { shownShipment, type ShownShipment } from '../app/shipment-shown';
import type { ListedWave, WaveReading } from '../app/wave-reading';
import type { CarriedWave, ShownWave, Waves } from '../app/waves';
import { shipment as shipmentAnswer } from './shipments.answers';
import { waveAnswer, wavePage } from './waves.answers';
import { WaveAssignmentDto, WaveDto, WaveQueryDto, WaveScanDto } from './waves.dto';

export const WAVES = Symbol('waves');
export const WAVE_READING = Symbol('wave reading');
export const PRINT_PICK_LIST = Symbol('print pick list');

const unknown = ['WAVE_UNKNOWN'];
/** As many as a cart usually has totes. */
const TOTES = 20;

const carried = (reply: FastifyReply, { handled, shown }: CarriedWave): ShownWave => {
  answered(reply, handled);
  return shown;
};

@ApiTags('shipping')
@Controller('shipping/waves')
export class WavesController {
  constructor(
    @Inject(WAVES) private readonly waves: Waves,
    @Inject(WAVE_READING) private readonly reading: WaveReading,
    @Inject(PRINT_PICK_LIST) private readonly print: (wave: ShownWave) => Promise<Buffer>,
  ) {}

  @Post()
  @Within('body.location')
  @NoPreview()
  @ApiOperation({
    summary: 'Releases what waits to be picked at a location as a wave, what is to be handed over first being the first in it.',
    description: 'A shipment is in one open wave at most. What is held, cancelled or packed drops out by itself.',
  })
  @Answers(201, waveAnswer, { headers: commandHeaders, refuses: { conflict: ['WAVE_EMPTY'], invalid: ['LOCATION_UNKNOWN'] } })
  async release(
    @Body() { shipments = TOTES, ...asked }: WaveDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownWave> {
    return carried(reply, await this.waves.release({ ...asked, shipments }, meta));
  }

  @Get()
  @Within('query.location')
  @ApiOperation({ summary: 'Waves, newest first.' })
  @Answers(200, wavePage)
  async list(@Query() { limit, cursor, minPosition, ...query }: WaveQueryDto): Promise<Page<ListedWave>> {
    const after = readCursor(cursor, 'instant', 'uuid');
    const page = { limit: limitOf({ limit }) + 1, ...(after ? { after } : {}) };
    const rows = await this.reading.list(query, page, minPosition);
    return pageOf(rows, { limit }, ({ releasedAt, waveId }) => [releasedAt, waveId]);
  }

  @Get(':waveId')
  @ApiOperation({ summary: 'A wave with its pick list, bin after bin, and how far it is.' })
  @Answers(200, waveAnswer, { refuses: { unknown, invalid: ['ID_INVALID'] } })
  get(@Param('waveId', IdParam) waveId: string): Promise<ShownWave> {
    return this.waves.get(waveId);
  }

  @Get(':waveId/pick-list.pdf')
  @ApiOperation({ summary: 'The pick list to print, A4: what is still to be taken.' })
  @ApiProduces('application/pdf')
  @Answers(200, bytes, { refuses: { unknown, invalid: ['ID_INVALID'] } })
  async printed(@Param('waveId', IdParam) waveId: string, @Res() reply: FastifyReply): Promise<void> {
    const pdf = await this.print(await this.waves.get(waveId));
    void reply.header('Content-Type', 'application/pdf').send(pdf);
  }

  @Post(':waveId/assign')
  @HttpCode(200)
  @NoPreview()
  @ApiOperation({ summary: 'Names who picks it; another one may be named later.' })
  @Answers(200, waveAnswer, { headers: commandHeaders, refuses: { unknown, conflict: ['WAVE_CLOSED'], invalid: ['ID_INVALID'] } })
  async assign(
    @Param('waveId', IdParam) waveId: string,
    @Body() { picker }: WaveAssignmentDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownWave> {
    return carried(reply, await this.waves.assign(waveId, picker, meta));
  }

  @Post(':waveId/scans')
  @HttpCode(200)
  @NoPreview()
  @ApiOperation({
    summary: 'So many units more of a SKU were found for a tote, or are not there.',
    description:
      'Counts up, unlike `POST /shipping/shipments/{shipmentId}/pick`, which says what was found in all. The same scan may be sent again under its key.',
  })
  @Answers(200, shipmentAnswer, {
    headers: commandHeaders,
    refuses: {
      unknown,
      conflict: [
        'WAVE_CLOSED',
        'SHIPMENT_NOT_IN_WAVE',
        'SHIPMENT_CANCELLED',
        'SHIPMENT_DISPATCHED',
        'SHIPMENT_HELD',
        'SHIPMENT_PACKED_ALREADY',
        'SHIPMENT_PICKED_ALREADY',
      ],
      invalid: ['TOTE_UNKNOWN', 'SKU_NOT_IN_TOTE', 'PICK_WRONG', 'ID_INVALID'],
    },
  })
  async scan(
    @Param('waveId', IdParam) waveId: string,
    @Body() { tote, sku, short = 0, ...scan }: WaveScanDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownShipment> {
    const { quantity = short > 0 ? 0 : 1, reason } = scan;
    const handled = await this.waves.scan(waveId, { tote, sku, quantity, short, ...(reason === undefined ? {} : { reason }) }, meta);
    answered(reply, handled);
    const { shipmentId } = 'plan' in handled.state && handled.state.plan ? handled.state.plan : { shipmentId: '' };
    return shownShipment(shipmentId, handled.state);
  }

  @Post(':waveId/close')
  @HttpCode(200)
  @NoPreview()
  @ApiOperation({ summary: 'Ends it: what was not picked can be released again.' })
  @Answers(200, waveAnswer, { headers: commandHeaders, refuses: { unknown, invalid: ['ID_INVALID'] } })
  async close(
    @Param('waveId', IdParam) waveId: string,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownWave> {
    return carried(reply, await this.waves.close(waveId, meta));
  }
}
