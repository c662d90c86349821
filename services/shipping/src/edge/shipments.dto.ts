import {
  AsNumber,
  IsCode,
  IsExternalId,
  IsId,
  IsIdentifier,
  IsLineId,
  IsQuantity,
  IsTruth,
  ListOf,
  NestedList,
  OptionalNestedList,
  PageQuery,
} from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { resolutions, type Dpi } from '../app/carrier';
import { moves } from '../domain/status';

export const MOST_LINES = 10_000;
export const MOST_PARCELS = 1_000;
export const LONGEST_MM = 20_000;
export const HEAVIEST_GRAMS = 30_000_000;

/** Statuses that a list can show. */
const listed = Object.keys(moves).filter((status) => status !== 'none' && status !== 'allocated-early');

export class PackedLineDto {
  @ApiProperty({ example: '1', description: 'Line of the order.' })
  @IsLineId()
  readonly lineId!: string;

  @ApiProperty({ minimum: 1 })
  @IsQuantity()
  readonly quantity!: number;
}

/** A parcel as it is measured, whoever packs it. */
export class MeasuredParcelDto {
  @ApiPropertyOptional({ description: 'Counted from `1` if absent.' })
  @IsOptional()
  @IsId(64)
  readonly parcelId?: string;

  @ApiPropertyOptional({ minimum: 1 })
  @IsOptional()
  @IsQuantity({ most: LONGEST_MM })
  readonly lengthMm?: number;

  @ApiPropertyOptional({ minimum: 1 })
  @IsOptional()
  @IsQuantity({ most: LONGEST_MM })
  readonly widthMm?: number;

  @ApiPropertyOptional({ minimum: 1 })
  @IsOptional()
  @IsQuantity({ most: LONGEST_MM })
  readonly heightMm?: number;
}

export class ParcelDto extends MeasuredParcelDto {
  @ApiPropertyOptional({ example: 'M', description: 'Code of the box that it is in.' })
  @IsOptional()
  @IsCode()
  readonly box?: string;

  @ApiProperty({ minimum: 1, description: 'Gross weight in grams.' })
  @IsQuantity({ most: HEAVIEST_GRAMS })
  readonly weightGrams!: number;

  @NestedList(() => PackedLineDto, { max: MOST_LINES })
  readonly lines!: readonly PackedLineDto[];
}

export class PackShipmentDto {
  @OptionalNestedList(
    () => ParcelDto,
    { max: MOST_PARCELS },
    { description: 'Every unit of the shipment in exactly one parcel; as suggested, if absent.' },
  )
  readonly parcels?: readonly ParcelDto[];
}

/** A shipment of a batch, packed. */
export class PackItemDto extends PackShipmentDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly shipmentId!: string;
}

/** A shipment of a batch, handed over. */
export class DispatchItemDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly shipmentId!: string;
}

const MOST_SHIPMENTS = 200;

export class PackBatchDto {
  /** Each is looked at by itself: one that is wrong does not keep the others out. */
  @ApiProperty({ type: [PackItemDto], minItems: 1, maxItems: MOST_SHIPMENTS })
  @ListOf({ max: MOST_SHIPMENTS })
  @IsIdentifier()
  readonly shipments!: readonly unknown[];
}

export class DispatchBatchDto {
  @ApiProperty({ type: [DispatchItemDto], minItems: 1, maxItems: MOST_SHIPMENTS })
  @ListOf({ max: MOST_SHIPMENTS })
  @IsIdentifier()
  readonly shipments!: readonly unknown[];
}

export class BuyLabelDto {
  @ApiPropertyOptional({ example: 'simulated', description: 'One of the carriers; chosen by the policy if absent.' })
  @IsOptional()
  @IsCode()
  readonly carrier?: string;

  @ApiPropertyOptional({
    example: 'express',
    description: 'A service of the carrier; the one that was sold, or else by the policy, if absent.',
  })
  @IsOptional()
  @IsCode()
  readonly service?: string;
}

export class ZplQuery {
  @ApiPropertyOptional({ enum: resolutions, default: 203, description: 'Dots to the inch of the printer.' })
  @IsOptional()
  @AsNumber()
  @IsIn(resolutions)
  readonly dpi?: Dpi;
}

export class ShipmentQueryDto extends PageQuery {
  @ApiPropertyOptional({ example: 'web', description: 'Of orders of one sales channel.' })
  @IsOptional()
  @IsCode()
  readonly channel?: string;

  @ApiPropertyOptional({ enum: listed, description: '`to-pack` is the warehouse’s queue.' })
  @IsOptional()
  @IsIn(listed)
  readonly status?: string;

  @ApiPropertyOptional({ description: 'Location code.' })
  @IsOptional()
  @IsCode()
  readonly location?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsUUID()
  readonly orderId?: string;

  @ApiPropertyOptional({ example: 'expedited' })
  @IsOptional()
  @IsCode()
  readonly priority?: string;

  @ApiPropertyOptional({
    description: 'Only where something is said to whoever packs it, or a line has attributes: made or treated otherwise than usual.',
  })
  @IsOptional()
  @IsTruth()
  readonly special?: boolean;

  @ApiPropertyOptional({ description: 'Only what is held, or only what is not.' })
  @IsOptional()
  @IsTruth()
  readonly held?: boolean;

  @ApiPropertyOptional()
  @IsOptional()
  @IsExternalId()
  readonly trackingNumber?: string;
}
