import type { Meta } from '@cartage/eventsourcing';
import {
  answered,
  Answers,
  commandHeaders,
  CommandMeta,
  IdParam,
  IfMatch,
  IsCode,
  IsLineId,
  IsPlainText,
  IsQuantity,
  IsSku,
  OptionalNestedList,
} from '@cartage/service-kit';
import { Body, Controller, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { shownShipment, type ShownShipment } from '../app/shipment-shown';
import type { Shipments } from '../app/shipments';
import type { LineConfirmed } from '../domain/confirming';
import { shipment as shipmentAnswer } from './shipments.answers';
import { SHIPMENTS } from './shipments.controller';
import { MOST_LINES } from './shipments.dto';

const MOST_PIECES = 100;

export class MissingPieceDto {
  @ApiProperty({ example: 'MUG' })
  @IsSku()
  readonly sku!: string;

  @ApiProperty({ minimum: 1 })
  @IsQuantity()
  readonly quantity!: number;
}

export class PickedLineDto {
  @ApiProperty({ example: '1', description: 'Line of the order.' })
  @IsLineId()
  readonly lineId!: string;

  @ApiPropertyOptional({ minimum: 0, description: 'Units that were found of it, in all; all but what is short, if absent.' })
  @IsOptional()
  @IsQuantity({ least: 0 })
  readonly quantity?: number;

  @ApiPropertyOptional({ minimum: 0, default: 0, description: 'Units that are not there, in all: others look for them.' })
  @IsOptional()
  @IsQuantity({ least: 0 })
  readonly short?: number;

  @ApiPropertyOptional({ example: 'not-found', default: 'not-found', description: 'Why they are short: a code of your own vocabulary.' })
  @IsOptional()
  @IsCode()
  readonly reason?: string;

  @ApiPropertyOptional({ description: 'For a person.' })
  @IsOptional()
  @IsPlainText(500)
  readonly detail?: string;

  @OptionalNestedList(
    () => MissingPieceDto,
    { max: MOST_PIECES },
    { description: 'Of a kit: which of its parts are not there. All of them, if absent.' },
  )
  readonly missing?: readonly MissingPieceDto[];
}

export class PickShipmentDto {
  @OptionalNestedList(() => PickedLineDto, { max: MOST_LINES }, { description: 'The rest of it is there, if absent.' })
  readonly lines?: readonly PickedLineDto[];
}

const confirmed = ({ lineId, quantity, short, reason, detail, missing }: PickedLineDto): LineConfirmed => ({
  lineId,
  ...(quantity === undefined ? {} : { quantity }),
  ...(short === undefined ? {} : { short }),
  ...(reason === undefined ? {} : { code: reason }),
  ...(detail === undefined ? {} : { detail }),
  ...(missing ? { missing: missing.map(({ sku, quantity: units }) => ({ sku, quantity: units })) } : {}),
});

@ApiTags('shipping')
@Controller('shipping/shipments')
export class PickingController {
  constructor(@Inject(SHIPMENTS) private readonly shipments: Shipments) {}

  @Post(':shipmentId/pick')
  @ApiOperation({
    summary: 'Lines were found, or found missing: said by line, as often as there is news.',
    description:
      'When every unit is one or the other, the shipment is picked and goes on with what was found. Units that are short are brokered again elsewhere, and the location has lost them; where nothing was there, the shipment is cancelled. Until it is packed, more may be said to be short. Nobody has to say that it was picked: what was not begun may be packed at once.',
  })
  @Answers(200, shipmentAnswer, {
    headers: commandHeaders,
    refuses: {
      unknown: ['SHIPMENT_UNKNOWN'],
      conflict: ['SHIPMENT_CANCELLED', 'SHIPMENT_DISPATCHED', 'SHIPMENT_HELD', 'SHIPMENT_PACKED_ALREADY', 'SHIPMENT_PICKED_ALREADY'],
      invalid: ['PICK_WRONG', 'ID_INVALID'],
    },
  })
  async pick(
    @Param('shipmentId', IdParam) shipmentId: string,
    @Body() { lines }: PickShipmentDto,
    @CommandMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownShipment> {
    const handled = await this.shipments.pick(shipmentId, lines?.map(confirmed), meta, ifVersion);
    answered(reply, handled);
    return shownShipment(shipmentId, handled.state);
  }
}
