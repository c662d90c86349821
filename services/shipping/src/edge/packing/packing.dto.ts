import { IsCode, IsCurrency, IsMoney, IsQuantity, Nested, OptionalNested, NestedList } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';
import { HEAVIEST_GRAMS, LONGEST_MM } from '../shipments.dto';
import type { Box } from '../../domain/boxing/goods';

const MOST_BOXES = 100;

export class BoxSizeDto {
  @IsQuantity({ most: LONGEST_MM })
  readonly lengthMm!: number;

  @IsQuantity({ most: LONGEST_MM })
  readonly widthMm!: number;

  @IsQuantity({ most: LONGEST_MM })
  readonly heightMm!: number;
}

export class BoxCostDto {
  @IsCurrency()
  readonly currency!: string;

  @ApiProperty({ description: 'Minor units.' })
  @IsMoney()
  readonly amount!: number;
}

export class BoxDto {
  @ApiProperty({ example: 'M' })
  @IsCode()
  readonly code!: string;

  @Nested(() => BoxSizeDto, { description: 'What goes into it; of a padded box, within its padding.' })
  readonly inner!: BoxSizeDto;

  @Nested(() => BoxSizeDto, { description: 'What a carrier measures, its edges in the same order.' })
  readonly outer!: BoxSizeDto;

  @ApiProperty({ description: 'Of the empty box.' })
  @IsQuantity({ least: 0, most: HEAVIEST_GRAMS })
  readonly tareGrams!: number;

  @ApiProperty({ description: 'With what is in it.' })
  @IsQuantity({ most: HEAVIEST_GRAMS })
  readonly maxGrams!: number;

  @ApiPropertyOptional({ default: false, description: 'What is fragile goes into no other.' })
  @IsOptional()
  @IsBoolean()
  readonly padded?: boolean;

  @OptionalNested(() => BoxCostDto, { description: 'Of two boxes of one size the cheaper one is suggested.' })
  readonly cost?: BoxCostDto;
}

export class BoxesDto {
  @NestedList(() => BoxDto, { min: 0, max: MOST_BOXES }, { description: 'All of them; a box that is left out is there no more.' })
  readonly boxes!: readonly BoxDto[];
}

export class BoxesPath {
  @ApiProperty({ example: 'LDN', description: 'Location code.' })
  @IsCode()
  readonly location!: string;
}

const sizeOf = ({ lengthMm, widthMm, heightMm }: BoxSizeDto) => ({ lengthMm, widthMm, heightMm });

export const boxOf = ({ code, inner, outer, tareGrams, maxGrams, padded = false, cost }: BoxDto): Box => ({
  ...{ code, inner: sizeOf(inner), outer: sizeOf(outer), tareGrams, maxGrams, padded },
  ...(cost ? { cost: { currency: cost.currency, amount: cost.amount } } : {}),
});
