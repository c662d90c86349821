import { AsList, IsCode, IsQuantity, IsSku, ListOf, PageQuery } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsArray, ArrayMaxSize, IsOptional } from 'class-validator';

const MAX_UNITS = 100_000_000;

export class SalesChannelDto {
  @ApiProperty({ example: 'marketplace-x' })
  @IsCode()
  readonly channel!: string;
}

export class SkuInChannelDto extends SalesChannelDto {
  @ApiProperty({ example: '85123A' })
  @IsSku()
  readonly sku!: string;
}

export class SellingLocationsDto {
  @ApiPropertyOptional({
    type: [String],
    example: ['LDN-1'],
    description: 'Only these sell for it; absent: all do. None: nothing is sold.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(1_000)
  @IsCode({ each: true })
  readonly locations?: string[];
}

export class ChannelSafetyStockDto {
  @ApiProperty({ minimum: 0, description: 'Units of each SKU to hold back from the channel, where nothing is said of the SKU.' })
  @IsQuantity({ least: 0, most: MAX_UNITS })
  readonly safetyStock!: number;
}

export class SkuSafetyStockDto {
  @ApiProperty({ minimum: 0, description: 'Units to hold back from the channel.' })
  @IsQuantity({ least: 0, most: MAX_UNITS })
  readonly safetyStock!: number;

  @ApiPropertyOptional({ example: 'LDN-1', description: 'At this location, as far as they are there; absent: over the network.' })
  @IsOptional()
  @IsCode()
  readonly location?: string;
}

export class ChannelHoldBacksQuery extends PageQuery {}

export class ChannelAvailabilityQuery {
  @ApiProperty({ type: [String], description: 'Give it again for each SKU, up to 200.' })
  @AsList()
  @ListOf({ max: 200 })
  @IsSku({ each: true })
  readonly sku!: string[];

  @ApiPropertyOptional({ type: [String], description: 'Give it again for each channel, up to 50; absent: all of which something is said.' })
  @IsOptional()
  @AsList()
  @ListOf({ max: 50 })
  @IsCode({ each: true })
  readonly channel?: string[];

  @ApiPropertyOptional({ description: 'Only this location.' })
  @IsOptional()
  @IsCode()
  readonly location?: string;
}
