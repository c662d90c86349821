import { PageQuery } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsInt, IsOptional, Matches, Max, Min, NotEquals, ValidateNested } from 'class-validator';
import { LOCATION_CODE } from './locations.dto';
import { PlainText } from './plain-text';

const MAX_QUANTITY = 100_000_000;
const CODE_MESSAGE = { message: 'must be a location code' };

export class StockLineDto {
  @ApiProperty({ example: '85123A' })
  @PlainText(100)
  readonly sku!: string;

  @ApiProperty({ minimum: 1 })
  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY)
  readonly quantity!: number;
}

export class ReceiptDto {
  @ApiProperty({ example: 'LDN-1' })
  @Matches(LOCATION_CODE, CODE_MESSAGE)
  readonly location!: string;

  @ApiPropertyOptional({ example: 'PO-1007', description: 'The document behind it.' })
  @IsOptional()
  @PlainText(200)
  readonly reference?: string;

  @ApiProperty({ type: [StockLineDto], description: 'Up to 10,000 lines; a SKU may stand in several.' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10_000)
  @ValidateNested({ each: true })
  @Type(() => StockLineDto)
  readonly lines!: StockLineDto[];
}

export class AdjustmentDto {
  @ApiProperty({ example: 'LDN-1' })
  @Matches(LOCATION_CODE, CODE_MESSAGE)
  readonly location!: string;

  @ApiProperty({ example: '85123A' })
  @PlainText(100)
  readonly sku!: string;

  @ApiProperty({ example: -2, description: 'Change of what is on hand; below zero for a loss.' })
  @IsInt()
  @NotEquals(0)
  @Min(-MAX_QUANTITY)
  @Max(MAX_QUANTITY)
  readonly quantity!: number;

  @ApiProperty({ example: 'count', description: 'Why: `count`, `damage`, `loss`, `found` or `drift`; other words are kept as they are.' })
  @PlainText(64)
  readonly cause!: string;

  @ApiPropertyOptional({ description: 'For a person.' })
  @IsOptional()
  @PlainText(500)
  readonly detail?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @PlainText(200)
  readonly reference?: string;
}

export class SkuDto {
  @ApiProperty({ example: '85123A' })
  @PlainText(100)
  readonly sku!: string;
}

export class SkuAtDto extends SkuDto {
  @ApiProperty({ example: 'LDN-1' })
  @Matches(LOCATION_CODE, CODE_MESSAGE)
  readonly location!: string;
}

export class SafetyStockDto {
  @ApiProperty({ minimum: 0, description: 'Units to hold back, as far as they are there.' })
  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY)
  readonly safetyStock!: number;
}

export class AvailabilityQuery {
  @ApiProperty({ type: [String], description: 'Give it again for each SKU, up to 200.' })
  @Transform(({ value }: { readonly value: unknown }) => (Array.isArray(value) || value === undefined ? value : [value]))
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @PlainText(100, { each: true })
  readonly sku!: string[];

  @ApiPropertyOptional({ description: 'Only this location beside the network.' })
  @IsOptional()
  @Matches(LOCATION_CODE, CODE_MESSAGE)
  readonly location?: string;
}

export class PromiseCheckDto {
  @ApiProperty({ type: [StockLineDto] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10_000)
  @ValidateNested({ each: true })
  @Type(() => StockLineDto)
  readonly lines!: StockLineDto[];
}

export class MovementsPageQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only movements at this location.' })
  @IsOptional()
  @Matches(LOCATION_CODE, CODE_MESSAGE)
  readonly location?: string;
}
