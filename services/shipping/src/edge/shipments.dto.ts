import { PageQuery } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { moves } from '../domain/status';

const MOST_LINES = 10_000;
const MOST_PARCELS = 1_000;
const LONGEST_MM = 20_000;
const HEAVIEST_GRAMS = 30_000_000;

/** Statuses that a list can show. */
const listed = Object.keys(moves).filter((status) => status !== 'none' && status !== 'allocated-early');

export class PackedLineDto {
  @ApiProperty({ example: '1', description: 'Line of the order.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  readonly lineId!: string;

  @ApiProperty({ minimum: 1 })
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  readonly quantity!: number;
}

export class ParcelDto {
  @ApiPropertyOptional({ description: 'Counted from `1` if absent.' })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(64)
  readonly parcelId?: string;

  @ApiProperty({ minimum: 1, description: 'Gross weight in grams.' })
  @IsInt()
  @Min(1)
  @Max(HEAVIEST_GRAMS)
  readonly weightGrams!: number;

  @ApiPropertyOptional({ minimum: 1 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(LONGEST_MM)
  readonly lengthMm?: number;

  @ApiPropertyOptional({ minimum: 1 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(LONGEST_MM)
  readonly widthMm?: number;

  @ApiPropertyOptional({ minimum: 1 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(LONGEST_MM)
  readonly heightMm?: number;

  @ApiProperty({ type: [PackedLineDto] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_LINES)
  @ValidateNested({ each: true })
  @Type(() => PackedLineDto)
  readonly lines!: readonly PackedLineDto[];
}

export class PackShipmentDto {
  @ApiProperty({ type: [ParcelDto], description: 'Every unit of the shipment in exactly one parcel.' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_PARCELS)
  @ValidateNested({ each: true })
  @Type(() => ParcelDto)
  readonly parcels!: readonly ParcelDto[];
}

export class BuyLabelDto {
  @ApiPropertyOptional({ example: 'express', description: 'A service of the carrier; by the order’s priority if absent.' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  readonly service?: string;
}

export class ShipmentQueryDto extends PageQuery {
  @ApiPropertyOptional({ enum: listed, description: '`to-pack` is the warehouse’s queue.' })
  @IsOptional()
  @IsIn(listed)
  readonly status?: string;

  @ApiPropertyOptional({ description: 'Location code.' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  readonly location?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsUUID()
  readonly orderId?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(200)
  readonly trackingNumber?: string;
}
