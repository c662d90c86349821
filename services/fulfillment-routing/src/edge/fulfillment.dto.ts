import {
  ANY_TIME,
  IsCode,
  IsCountry,
  IsInstant,
  IsPlainText,
  IsPosition,
  IsQuantity,
  IsSku,
  IsTruth,
  Nested,
  NestedList,
  PageQuery,
} from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsNumber, IsOptional, IsUUID, Max, Min } from 'class-validator';
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
  @IsPosition()
  readonly minPosition?: string;
}

export class FulfillmentsQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'web', description: 'Of orders of one sales channel.' })
  @IsOptional()
  @IsCode()
  readonly channel?: string;

  @ApiPropertyOptional({ description: 'Location code.' })
  @IsOptional()
  @IsCode()
  readonly location?: string;

  @ApiPropertyOptional({ enum: fulfillmentStatuses })
  @IsOptional()
  @IsIn(fulfillmentStatuses)
  readonly status?: string;

  @ApiPropertyOptional({ description: 'Only those that were to be accepted by now and are not, or only the others.' })
  @IsOptional()
  @IsTruth()
  readonly overdue?: boolean;

  @ApiPropertyOptional({ description: 'Only those that wait for their customer to fetch them, or only the others.' })
  @IsOptional()
  @IsTruth()
  readonly awaitingPickup?: boolean;

  @ApiPropertyOptional({ format: 'date-time', description: 'Brokered at or after this.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  readonly brokeredFrom?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Brokered before this.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  readonly brokeredBefore?: string;
}

export class PreviewLineDto {
  @ApiProperty({ example: 'MUG-01' })
  @IsSku()
  readonly sku!: string;

  @ApiProperty({ minimum: 1, example: 2 })
  @IsQuantity({ most: 1_000_000 })
  readonly quantity!: number;
}

export class PreviewDestinationDto {
  @ApiProperty({ example: 'GB', description: 'ISO 3166-1 alpha-2.' })
  @IsCountry()
  readonly country!: string;

  @ApiPropertyOptional({ example: 'EC1A', description: 'GB outward code, US 5 digits, CA first 3.' })
  @IsOptional()
  @IsPlainText(20)
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
  @NestedList(() => PreviewLineDto, { max: 10_000 })
  readonly lines!: PreviewLineDto[];

  @Nested(() => PreviewDestinationDto)
  readonly destination!: PreviewDestinationDto;
}
