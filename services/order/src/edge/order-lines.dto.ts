import { IsId, IsLineId, IsNamedTexts, IsNote, IsPlainText, IsSku, OptionalNestedList } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsNumber, IsOptional } from 'class-validator';
import { longest } from '../domain/placement';

export class TaxLineDto {
  @ApiProperty({ example: 'VAT 20 %', description: 'As on an invoice.' })
  @IsPlainText(longest.taxName)
  name!: string;

  @ApiPropertyOptional({ example: 20, description: 'Percent.' })
  @IsOptional()
  @IsNumber()
  rate?: number;

  @ApiProperty({ example: 99, type: 'integer', description: 'Minor units.' })
  @IsNumber()
  amount!: number;
}

export class DiscountDto {
  @ApiPropertyOptional({ example: 'WELCOME', description: 'Promotion or voucher, as the channel names it.' })
  @IsOptional()
  @IsId(longest.discountCode)
  code?: string;

  @ApiProperty({ example: 10, type: 'integer', description: 'Off the whole line, minor units.' })
  @IsNumber()
  amount!: number;
}

export class LineDto {
  @ApiPropertyOptional({ example: '1', description: 'Unique in the order; without it lines are numbered 1, 2, …' })
  @IsOptional()
  @IsLineId()
  lineId?: string;

  @ApiProperty({ example: '85123A' })
  @IsSku()
  sku!: string;

  @ApiPropertyOptional({ example: 'White hanging heart t-light holder' })
  @IsOptional()
  @IsNote(longest.description)
  description?: string;

  @ApiProperty({ example: 2, type: 'integer', minimum: 1 })
  @IsNumber()
  quantity!: number;

  @ApiProperty({
    example: 255,
    type: 'integer',
    description: 'Of one unit, minor units of the currency; with tax if the order says `taxIncluded`.',
  })
  @IsNumber()
  unitPrice!: number;

  @ApiPropertyOptional({ type: 'integer', default: 0, description: 'Off the whole line, minor units; or tell each one in `discounts`.' })
  @IsOptional()
  @IsNumber()
  discount?: number;

  @OptionalNestedList(() => DiscountDto, { min: 0, max: 100 })
  discounts?: DiscountDto[];

  @ApiPropertyOptional({
    type: 'integer',
    default: 0,
    description: 'Of the whole line, minor units, on top of its price or in it (`taxIncluded`); or tell each one in `taxLines`.',
  })
  @IsOptional()
  @IsNumber()
  tax?: number;

  @OptionalNestedList(() => TaxLineDto, { min: 0, max: 100 })
  taxLines?: TaxLineDto[];

  @ApiPropertyOptional({ description: 'Sold without the right of return.' })
  @IsOptional()
  @IsBoolean()
  finalSale?: boolean;

  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'string' }, description: 'Customisation: names and values.' })
  @IsOptional()
  @IsNamedTexts()
  attributes?: Record<string, string>;

  @ApiPropertyOptional({ description: 'For whoever packs it.' })
  @IsOptional()
  @IsNote(longest.instructions)
  instructions?: string;

  @ApiPropertyOptional({ example: '1', description: 'The ship group that it goes with; may be left out of an order with one.' })
  @IsOptional()
  @IsLineId()
  shipGroupId?: string;
}
