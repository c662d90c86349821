import type { Meta } from '@cartage/eventsourcing';
import { answered, Answers, CommandMeta, commandHeaders, IdParam, IsExternalId, ListOf } from '@cartage/service-kit';
import { Body, Controller, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import type { FastifyReply } from 'fastify';
import type { Rto } from '../app/rto';
import { shownShipment, type ShownShipment } from '../app/shipment-shown';
import { RTO } from './rto.controller';
import { shipment as shipmentAnswer } from './shipments.answers';

export class StoreArrivalDto {
  @ApiPropertyOptional({
    type: [String],
    description: 'Parcels, by the number on the label or our own name; absent: all that are on their way.',
  })
  @IsOptional()
  @ListOf({ max: 1_000 })
  @IsExternalId({ each: true })
  readonly parcels?: readonly string[];
}

@ApiTags('shipping')
@Controller('shipping/shipments')
export class StoreController {
  constructor(@Inject(RTO) private readonly rto: Rto) {}

  @Post(':shipmentId/arrivals')
  @ApiOperation({ summary: 'Parcels are at the store where the customer fetches them, whatever the carrier said so far.' })
  @Answers(200, shipmentAnswer, {
    headers: commandHeaders,
    refuses: {
      unknown: ['SHIPMENT_UNKNOWN'],
      conflict: ['SHIPMENT_NOT_DISPATCHED', 'SHIPMENT_NOT_FOR_STORE'],
      invalid: ['PARCEL_UNKNOWN', 'ID_INVALID'],
    },
  })
  async arrive(
    @Param('shipmentId', IdParam) shipmentId: string,
    @Body() { parcels }: StoreArrivalDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownShipment> {
    const handled = await this.rto.arrive(shipmentId, parcels, meta);
    answered(reply, handled);
    return shownShipment(shipmentId, handled.state);
  }
}
