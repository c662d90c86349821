import { PageQuery } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsISO31661Alpha2,
  IsISO8601,
  IsNotEmpty,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { fulfillmentStatuses } from '../domain/state';

export class OrderIdDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly orderId!: string;
}

export class DecisionIdDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly decisionId!: string;
}

export class FulfillmentIdDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly fulfillmentId!: string;
}

export class PositionQuery {
  @ApiPropertyOptional({ description: '`Cartage-Position` of a command’s answer: waits until it is shown.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  readonly minPosition?: string;
}

export class FulfillmentsQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Location code.' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  readonly location?: string;

  @ApiPropertyOptional({ enum: fulfillmentStatuses })
  @IsOptional()
  @IsIn(fulfillmentStatuses)
  readonly status?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Brokered at or after this.' })
  @IsOptional()
  @IsISO8601({ strict: true })
  readonly brokeredFrom?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Brokered before this.' })
  @IsOptional()
  @IsISO8601({ strict: true })
  readonly brokeredBefore?: string;
}

export class RejectDto {
  @ApiProperty({ example: 'damaged', description: 'Why the location will not ship it: a code of your own vocabulary.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(64)
  readonly reason!: string;

  @ApiPropertyOptional({ description: 'For a person.' })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  readonly detail?: string;
}

export class PreviewLineDto {
  @ApiProperty({ example: 'MUG-01' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  readonly sku!: string;

  @ApiProperty({ minimum: 1, example: 2 })
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  readonly quantity!: number;
}

export class PreviewDestinationDto {
  @ApiProperty({ example: 'GB', description: 'ISO 3166-1 alpha-2.' })
  @IsISO31661Alpha2()
  readonly country!: string;

  @ApiPropertyOptional({ example: 'EC1A', description: 'GB outward code, US 5 digits, CA first 3.' })
  @IsOptional()
  @IsString()
  @MaxLength(20)
  readonly postalArea?: string;

  @ApiPropertyOptional({ minimum: -90, maximum: 90 })
  @IsOptional()
  @IsNumber()
  @Min(-90)
  @Max(90)
  readonly latitude?: number;

  @ApiPropertyOptional({ minimum: -180, maximum: 180 })
  @IsOptional()
  @IsNumber()
  @Min(-180)
  @Max(180)
  readonly longitude?: number;
}

export class PreviewDto {
  @ApiProperty({ type: [PreviewLineDto] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10_000)
  @ValidateNested({ each: true })
  @Type(() => PreviewLineDto)
  readonly lines!: PreviewLineDto[];

  @ApiProperty({ type: PreviewDestinationDto })
  @IsObject()
  @ValidateNested()
  @Type(() => PreviewDestinationDto)
  readonly destination!: PreviewDestinationDto;
}
