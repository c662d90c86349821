import { ANY_TIME, AsList, IsCode, IsCountry, IsCurrency, IsInstant, IsMoney, IsSku, ListOf, NestedList } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';
import type { PriceListTerms } from '../../domain/catalogue/price-list';

export class PriceDto {
  @ApiProperty({ example: 'LANTERN' })
  @IsSku()
  readonly sku!: string;

  @ApiProperty({ example: 255, description: 'Of one unit, minor units.' })
  @IsMoney()
  readonly unitPrice!: number;
}

export class PriceListDto {
  @ApiProperty({ example: 'GBP' })
  @IsCurrency()
  readonly currency!: string;

  @ApiProperty({ description: 'Whether its prices include tax.' })
  @IsBoolean()
  readonly taxIncluded!: boolean;

  @ApiPropertyOptional({ example: 'web', description: 'Only there; absent: on all channels.' })
  @IsOptional()
  @IsCode()
  readonly channel?: string;

  @ApiPropertyOptional({ example: 'GB', description: 'Only for goods that go there; absent: everywhere.' })
  @IsOptional()
  @IsCountry()
  readonly country?: string;

  @ApiProperty({ example: '2026-11-27T00:00:00Z' })
  @IsInstant(ANY_TIME)
  readonly validFrom!: string;

  @ApiPropertyOptional({ example: '2026-11-28T00:00:00Z', description: 'From then on it holds no more; absent: for ever.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  readonly validTo?: string;

  @NestedList(() => PriceDto, { min: 0, max: 20_000 }, { description: 'All its prices; one for each SKU.' })
  readonly prices!: PriceDto[];
}

export const termsOf = ({ prices, ...said }: PriceListDto): PriceListTerms => ({
  ...said,
  prices: prices.map(({ sku, unitPrice }) => ({ sku, unitPrice })),
});

export class ListCodeDto {
  @ApiProperty({ example: 'friday-2026' })
  @IsCode()
  readonly list!: string;
}

export class PricesQueryDto {
  @ApiProperty({ type: [String], description: 'Give it again for each SKU, up to 200.' })
  @AsList()
  @ListOf({ max: 200 })
  @IsSku({ each: true })
  readonly sku!: string[];

  @ApiPropertyOptional({ example: 'web' })
  @IsOptional()
  @IsCode()
  readonly channel?: string;

  @ApiPropertyOptional({ example: 'GB', description: 'Where the goods go.' })
  @IsOptional()
  @IsCountry()
  readonly country?: string;

  @ApiPropertyOptional({ example: 'GBP' })
  @IsOptional()
  @IsCurrency()
  readonly currency?: string;

  @ApiPropertyOptional({ description: 'Absent: now.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  readonly at?: string;
}
