import type { Meta } from '@cartage/eventsourcing';
import { answered, Answers, commandHeaders, IdParam, NoPreview, RequestMeta } from '@cartage/service-kit';
import { Body, Controller, Get, Inject, Param, Put, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Boxes } from '../../app/boxes';
import type { Packing, ShownPacking } from '../../app/packing';
import { boxesAnswer, packingAnswer, type ShownBoxes } from './packing.answers';
import { boxOf, BoxesDto, BoxesPath } from './packing.dto';

export const BOXES = Symbol('boxes');
export const PACKING = Symbol('packing');

const shown = (location: string | undefined, boxes: ShownBoxes['boxes']): ShownBoxes => ({
  ...(location === undefined ? {} : { location }),
  boxes,
});

@ApiTags('shipping')
@Controller('shipping')
export class PackingController {
  constructor(
    @Inject(BOXES) private readonly boxes: Boxes,
    @Inject(PACKING) private readonly packing: Packing,
  ) {}

  @Put('boxes')
  @NoPreview()
  @ApiOperation({ summary: 'The kinds of boxes of every location that has none of its own: all of them.' })
  @Answers(200, boxesAnswer, { headers: commandHeaders, refuses: { invalid: ['BOX_INVALID'] } })
  changeAll(@Body() body: BoxesDto, @RequestMeta() meta: Meta, @Res({ passthrough: true }) reply: FastifyReply): Promise<ShownBoxes> {
    return this.changed(undefined, { body, meta, reply });
  }

  @Get('boxes')
  @ApiOperation({ summary: 'The kinds of boxes of every location that has none of its own.' })
  @Answers(200, boxesAnswer)
  async all(): Promise<ShownBoxes> {
    return shown(undefined, await this.boxes.said(undefined));
  }

  @Put('locations/:location/boxes')
  @NoPreview()
  @ApiOperation({
    summary: 'The kinds of boxes that a location has: all of them.',
    description: 'Parcels are suggested by them. With an empty list it has those of every location again.',
  })
  @Answers(200, boxesAnswer, { headers: commandHeaders, refuses: { invalid: ['BOX_INVALID', 'LOCATION_UNKNOWN'] } })
  change(
    @Param() { location }: BoxesPath,
    @Body() body: BoxesDto,
    @RequestMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownBoxes> {
    return this.changed(location, { body, meta, reply });
  }

  @Get('locations/:location/boxes')
  @ApiOperation({ summary: 'The kinds of boxes that are used at a location.' })
  @Answers(200, boxesAnswer)
  async at(@Param() { location }: BoxesPath): Promise<ShownBoxes> {
    return shown(location, await this.boxes.at(location));
  }

  @Get('shipments/:shipmentId/packing')
  @ApiOperation({
    summary:
      'Into which parcels a shipment is best packed, and why: by size, weight and fragility of the goods and the boxes that are there.',
    description:
      '`POST …/pack` without parcels packs so. What nothing is suggested for stands under `unboxed`, with what is to be done about it.',
  })
  @Answers(200, packingAnswer, { refuses: { unknown: ['SHIPMENT_UNKNOWN'], invalid: ['ID_INVALID'] } })
  suggest(@Param('shipmentId', IdParam) shipmentId: string): Promise<ShownPacking> {
    return this.packing.show(shipmentId);
  }

  private async changed(
    location: string | undefined,
    { body, meta, reply }: { readonly body: BoxesDto; readonly meta: Meta; readonly reply: FastifyReply },
  ): Promise<ShownBoxes> {
    const handled = await this.boxes.change(location, body.boxes.map(boxOf), meta);
    answered(reply, handled);
    return shown(location, handled.state);
  }
}
