import {
  AsList,
  IsCode,
  IsCountry,
  IsPlainText,
  IsQuantity,
  IsScan,
  IsSku,
  ListOf,
  OptionalNested,
  OptionalNestedList,
  PageQuery,
} from '@cartage/service-kit';
import { barcodeLimits, itemStatuses } from '@cartage/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, Matches } from 'class-validator';
import type { ItemProfile } from '../../domain/catalogue/item';
import { BarcodeDto, barcodeOf } from './barcodes.dto';

const MOST_GRAMS = 100_000_000;
const MOST_MILLIMETRES = 100_000;

export class DimensionsDto {
  @IsQuantity({ most: MOST_MILLIMETRES })
  readonly lengthMm!: number;

  @IsQuantity({ most: MOST_MILLIMETRES })
  readonly widthMm!: number;

  @IsQuantity({ most: MOST_MILLIMETRES })
  readonly heightMm!: number;
}

export class CustomsDto {
  @ApiProperty({ example: '940550', description: 'Harmonised System, 6 to 12 digits.' })
  @Matches(/^\d{6,12}$/, { message: 'must be 6 to 12 digits' })
  readonly hsCode!: string;

  @ApiProperty({ example: 'IN' })
  @IsCountry()
  readonly originCountry!: string;
}

export class PartDto {
  @ApiProperty({ example: 'CANDLE-2' })
  @IsSku()
  readonly sku!: string;

  @ApiProperty({ description: 'Units in one kit.' })
  @IsQuantity({ most: 10_000 })
  readonly quantity!: number;

  @ApiPropertyOptional({ description: 'Weight of these units in the price of the kit; absent: their number.' })
  @IsOptional()
  @IsQuantity({ least: 0, most: 1_000_000_000 })
  readonly share?: number;
}

export class ItemDto {
  @ApiProperty({ example: 'Lantern with two candles' })
  @IsPlainText(300)
  readonly title!: string;

  @ApiPropertyOptional({ enum: itemStatuses, default: 'active' })
  @IsOptional()
  @IsIn(itemStatuses)
  readonly status?: (typeof itemStatuses)[number];

  @ApiPropertyOptional({ example: 'home/lighting' })
  @IsOptional()
  @IsPlainText(200)
  readonly category?: string;

  @ApiPropertyOptional({ description: 'Of one unit with its own packing.' })
  @IsOptional()
  @IsQuantity({ least: 0, most: MOST_GRAMS })
  readonly weightGrams?: number;

  @OptionalNested(() => DimensionsDto, { description: 'Of one unit with its own packing, in millimetres.' })
  readonly dimensions?: DimensionsDto;

  @ApiPropertyOptional({ description: 'It stays upright, nothing stands on it, and its box is padded.' })
  @IsOptional()
  @IsBoolean()
  readonly fragile?: boolean;

  @ApiPropertyOptional({ description: 'It is sent as it is, in its own packing, without a box.' })
  @IsOptional()
  @IsBoolean()
  readonly ownPacking?: boolean;

  @ApiPropertyOptional({ example: 'UN1325', description: 'Dangerous goods: UN number.' })
  @IsOptional()
  @Matches(/^UN\d{4}$/, { message: 'must be a UN number such as UN1325' })
  readonly hazardCode?: string;

  @OptionalNested(() => CustomsDto)
  readonly customs?: CustomsDto;

  @ApiPropertyOptional({ default: true, description: 'Whether it may be sent back because it does not please.' })
  @IsOptional()
  @IsBoolean()
  readonly returnable?: boolean;

  @ApiPropertyOptional({
    description:
      'Whether units are counted where it is delivered digitally, such as licence keys. What is shipped or carried is counted always.',
  })
  @IsOptional()
  @IsBoolean()
  readonly counted?: boolean;

  @OptionalNestedList(() => PartDto, { max: 100 }, { description: 'What a kit is made of. Absent: it is no kit.' })
  readonly kit?: PartDto[];

  @ApiPropertyOptional({ example: 'lanterns', description: 'Items of one group can stand in for each other.' })
  @IsOptional()
  @IsCode()
  readonly substitutionGroup?: string;

  @OptionalNestedList(
    () => BarcodeDto,
    { min: 0, max: barcodeLimits.each },
    { description: 'What is printed on it and its packs. A code stands for one item at a time.' },
  )
  readonly barcodes?: BarcodeDto[];
}

/** As it is kept: what is usual is said, too. */
export const profileOf = ({ status = 'active', returnable = true, kit, dimensions, customs, barcodes, ...said }: ItemDto): ItemProfile => ({
  ...said,
  status,
  returnable,
  ...(dimensions ? { dimensions: { ...dimensions } } : {}),
  ...(customs ? { customs: { ...customs } } : {}),
  ...(kit ? { kit: kit.map((part) => ({ ...part, share: part.share ?? part.quantity })) } : {}),
  ...(barcodes && barcodes.length > 0 ? { barcodes: barcodes.map(barcodeOf) } : {}),
});

export class ItemListQuery extends PageQuery {
  @ApiPropertyOptional({
    example: 'mug blue',
    description:
      'How the SKU begins, or words as they begin in title and SKU: all of them, in any order, whatever their case and accents; or a whole barcode.',
  })
  @IsOptional()
  @IsPlainText(100)
  readonly q?: string;

  @ApiPropertyOptional({
    example: '4006381333931',
    description:
      'What a scanner read: the one item that has this barcode, and in `scanned` the units that it stands for. A GTIN is found whichever of its forms is read, also in a GS1 element string (`]C1`, `(01)`) or Digital Link.',
  })
  @IsOptional()
  @IsScan()
  readonly barcode?: string;

  @ApiPropertyOptional({ type: [String], description: 'Only these; give it again for each SKU, up to 200.' })
  @IsOptional()
  @AsList()
  @ListOf({ max: 200 })
  @IsSku({ each: true })
  readonly sku?: string[];

  @ApiPropertyOptional({ example: 'home/lighting' })
  @IsOptional()
  @IsPlainText(200)
  readonly category?: string;

  @ApiPropertyOptional({ enum: itemStatuses })
  @IsOptional()
  @IsIn(itemStatuses)
  readonly status?: (typeof itemStatuses)[number];

  @ApiPropertyOptional()
  @IsOptional()
  @IsCode()
  readonly substitutionGroup?: string;

  @ApiPropertyOptional({ description: 'Kits that this SKU is a part of.' })
  @IsOptional()
  @IsSku()
  readonly part?: string;
}
