import {
  AsList,
  IsCode,
  IsCurrency,
  IsExternalId,
  IsMoney,
  IsPlainText,
  IsQuantity,
  IsSku,
  ListOf,
  NestedList,
  OptionalNested,
} from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, NotEquals } from 'class-validator';

export const MAX_QUANTITY = 100_000_000;

export class StockLineDto {
  @ApiProperty({ example: '85123A' })
  @IsSku()
  readonly sku!: string;

  @ApiProperty({ minimum: 1 })
  @IsQuantity({ most: MAX_QUANTITY })
  readonly quantity!: number;
}

/** Money for a number of units, all together. */
export class CostDto {
  @ApiProperty({ example: 1_250, description: 'Minor units, for all of them together.' })
  @IsMoney()
  readonly amount!: number;

  @ApiProperty({ example: 'GBP' })
  @IsCurrency()
  readonly currency!: string;
}

export class ReceivedLineDto extends StockLineDto {
  @OptionalNested(() => CostDto, { description: 'What they cost; absent: as much as those that are there.' })
  readonly cost?: CostDto;
}

export class ReceiptDto {
  @ApiProperty({ example: 'LDN-1' })
  @IsCode()
  readonly location!: string;

  @ApiPropertyOptional({ example: 'PO-1007', description: 'The document behind it.' })
  @IsOptional()
  @IsExternalId()
  readonly reference?: string;

  @NestedList(() => ReceivedLineDto, { max: 10_000 }, { description: 'Up to 10,000 lines; a SKU may stand in several.' })
  readonly lines!: ReceivedLineDto[];
}

export class AdjustmentDto {
  @ApiProperty({ example: 'LDN-1' })
  @IsCode()
  readonly location!: string;

  @ApiProperty({ example: '85123A' })
  @IsSku()
  readonly sku!: string;

  @ApiProperty({ example: -2, description: 'Change of what is on hand; below zero for a loss.' })
  @NotEquals(0)
  @IsQuantity({ least: -MAX_QUANTITY, most: MAX_QUANTITY })
  readonly quantity!: number;

  @ApiProperty({ example: 'count', description: 'Why: `count`, `damage`, `loss`, `found` or `drift`; other codes are kept as they are.' })
  @IsCode()
  readonly cause!: string;

  @ApiPropertyOptional({ description: 'For a person.' })
  @IsOptional()
  @IsPlainText(500)
  readonly detail?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsExternalId()
  readonly reference?: string;
}

const OUTCOMES = ['refurbished', 'liquidated', 'destroyed'];

export class DisposalDto {
  @ApiProperty({ example: 'LDN-1' })
  @IsCode()
  readonly location!: string;

  @ApiProperty({ example: '85123A' })
  @IsSku()
  readonly sku!: string;

  @ApiProperty({ minimum: 1, description: 'Of those there that are not fit to be sold.' })
  @IsQuantity({ most: MAX_QUANTITY })
  readonly quantity!: number;

  @ApiProperty({ enum: OUTCOMES, description: '`refurbished`: to be sold again; `liquidated`, `destroyed`: gone.' })
  @IsIn(OUTCOMES)
  readonly outcome!: string;

  @ApiProperty({ example: 'broken-box' })
  @IsCode()
  readonly reason!: string;

  @ApiPropertyOptional({ description: 'For a person.' })
  @IsOptional()
  @IsPlainText(500)
  readonly detail?: string;

  @OptionalNested(() => CostDto, { description: 'What was paid for them.' })
  readonly proceeds?: CostDto;
}

export class SkuDto {
  @ApiProperty({ example: '85123A' })
  @IsSku()
  readonly sku!: string;
}

export class SkuAtDto extends SkuDto {
  @ApiProperty({ example: 'LDN-1' })
  @IsCode()
  readonly location!: string;
}

export class SafetyStockDto {
  @ApiProperty({ minimum: 0, description: 'Units to hold back, as far as they are there.' })
  @IsQuantity({ least: 0, most: MAX_QUANTITY })
  readonly safetyStock!: number;
}

export class AvailabilityQuery {
  @ApiProperty({ type: [String], description: 'Give it again for each SKU, up to 200.' })
  @AsList()
  @ListOf({ max: 200 })
  @IsSku({ each: true })
  readonly sku!: string[];

  @ApiPropertyOptional({ description: 'Only this location beside the network.' })
  @IsOptional()
  @IsCode()
  readonly location?: string;
}

export class PromiseCheckDto {
  @ApiPropertyOptional({ example: 'web', description: 'Where it would be sold: what is held back from the channel is not promised to it.' })
  @IsOptional()
  @IsCode()
  readonly channel?: string;

  @NestedList(() => StockLineDto, { max: 10_000 })
  readonly lines!: StockLineDto[];
}
