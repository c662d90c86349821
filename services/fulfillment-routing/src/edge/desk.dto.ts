import { IsCode, IsLineId, IsPlainText, IsQuantity, NestedList, OptionalNestedList } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { stockEffects, type StockEffect } from '../domain/rules';

export class ReasonOfFulfillmentDto {
  @ApiProperty({ example: 'damaged', description: 'Why: a code of your own vocabulary.' })
  @IsCode()
  readonly reason!: string;

  @ApiPropertyOptional({ description: 'For a person.' })
  @IsOptional()
  @IsPlainText(500)
  readonly detail?: string;
}

export class FulfillmentHoldDto extends ReasonOfFulfillmentDto {}

export class FulfillmentUnitsDto {
  @ApiProperty({ example: '1', description: 'Line of the order.' })
  @IsLineId()
  readonly lineId!: string;

  @ApiProperty({ minimum: 1, example: 1 })
  @IsQuantity({ most: 1_000_000 })
  readonly quantity!: number;
}

export class RejectDto extends ReasonOfFulfillmentDto {
  @ApiPropertyOptional({
    enum: stockEffects,
    description:
      'What it says about the location’s stock of these lines: `keep`, it is there; `minus`, these units are not there; `zero`, nothing is there. Absent: as the rules have it for the code.',
  })
  @IsOptional()
  @IsIn(stockEffects)
  readonly stockEffect?: StockEffect;

  @OptionalNestedList(() => FulfillmentUnitsDto, { max: 10_000 }, { description: 'Only these units; absent: all of it.' })
  readonly lines?: FulfillmentUnitsDto[];
}

export class MoveDto extends ReasonOfFulfillmentDto {
  @ApiProperty({ example: 'MAN-1', description: 'Location code.' })
  @IsCode()
  readonly location!: string;
}

export class SplitDto extends ReasonOfFulfillmentDto {
  @NestedList(() => FulfillmentUnitsDto, { max: 10_000 }, { description: 'The units that are to go apart.' })
  readonly lines!: FulfillmentUnitsDto[];

  @ApiPropertyOptional({ example: 'MAN-1', description: 'Location code; absent: whoever the rules find.' })
  @IsOptional()
  @IsCode()
  readonly location?: string;
}
