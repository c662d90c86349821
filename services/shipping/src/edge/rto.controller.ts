import { dispositions, type Disposition } from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';
import {
  answered,
  Answers,
  CommandMeta,
  commandHeaders,
  IdParam,
  IsCode,
  IsExternalId,
  IsId,
  IsLineId,
  IsQuantity,
  IsSku,
  OptionalNestedList,
} from '@cartage/service-kit';
import { Body, Controller, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { FastifyReply } from 'fastify';
import type { Rto } from '../app/rto';
import { shownShipment, type ShownShipment } from '../app/shipment-shown';
import { shipment as shipmentAnswer } from './shipments.answers';
import { MOST_LINES, MOST_PARCELS } from './shipments.dto';

export const RTO = Symbol('returns to origin');

const fate = {
  enum: dispositions,
  default: 'restock',
  description: 'What becomes of them. `missing`: they are not there, and are expected no more.',
};

export class RtoLineDto {
  @ApiProperty({ example: '1', description: 'Line of the order.' })
  @IsLineId()
  readonly lineId!: string;

  @ApiProperty({ minimum: 1 })
  @IsQuantity()
  readonly quantity!: number;

  @ApiPropertyOptional(fate)
  @IsOptional()
  @IsIn(dispositions)
  readonly disposition?: Disposition;
}

export class RtoParcelDto {
  @ApiPropertyOptional({ description: 'As on the label. This, or `parcelId`.' })
  @IsOptional()
  @IsExternalId()
  readonly trackingNumber?: string;

  @ApiPropertyOptional({ description: 'Our own name for it in the shipment.' })
  @IsOptional()
  @IsId(64)
  readonly parcelId?: string;

  @ApiPropertyOptional(fate)
  @IsOptional()
  @IsIn(dispositions)
  readonly disposition?: Disposition;

  @OptionalNestedList(() => RtoLineDto, { max: MOST_LINES }, { description: 'All that is still to come of it, if absent.' })
  readonly lines?: readonly RtoLineDto[];
}

export class RtoOtherDto {
  @ApiProperty({ example: 'MUG' })
  @IsSku()
  readonly sku!: string;

  @ApiProperty({ minimum: 1 })
  @IsQuantity()
  readonly quantity!: number;

  @ApiProperty({ enum: dispositions, default: 'quarantine' })
  @IsIn(dispositions)
  readonly disposition!: Disposition;
}

export class RtoReceiptDto {
  @ApiProperty({ example: 'LDN', description: 'Where the goods are now, wherever they left from.' })
  @IsCode()
  readonly location!: string;

  @OptionalNestedList(
    () => RtoParcelDto,
    { max: MOST_PARCELS },
    { description: 'All that have not come and are not with the customer, if absent.' },
  )
  readonly parcels?: readonly RtoParcelDto[];

  @OptionalNestedList(() => RtoOtherDto, { max: MOST_LINES }, { description: 'What is in them besides: nobody here had sent it in them.' })
  readonly others?: readonly RtoOtherDto[];
}

@ApiTags('shipping')
@Controller('shipping/shipments')
export class RtoController {
  constructor(@Inject(RTO) private readonly rto: Rto) {}

  @Post(':shipmentId/rto-receipts')
  @ApiOperation({
    summary: 'What came back undelivered, as it lies on the dock: in parts, in several parcels, at any location.',
    description:
      'Stock is booked there, the order does without the units, and their money is given back. A scanner needs `location` and the number on the parcel.',
  })
  @Answers(200, shipmentAnswer, {
    headers: commandHeaders,
    refuses: {
      unknown: ['SHIPMENT_UNKNOWN'],
      conflict: ['SHIPMENT_NOT_DISPATCHED', 'RTO_RECEIVED'],
      invalid: ['RTO_RECEIPT_WRONG', 'LOCATION_UNKNOWN', 'ID_INVALID'],
    },
  })
  async receive(
    @Param('shipmentId', IdParam) shipmentId: string,
    @Body() { location: dock, others = [], parcels }: RtoReceiptDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownShipment> {
    const handled = await this.rto.receive(shipmentId, { dock, others, ...(parcels ? { parcels } : {}) }, meta);
    answered(reply, handled);
    return shownShipment(shipmentId, handled.state);
  }
}
