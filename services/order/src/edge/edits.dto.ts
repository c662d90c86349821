import { limits, priorities, type Priority } from '@cartage/contracts';
import { AsNumber, IsLineId, IsNote, Nested, OptionalNested, OptionalNestedList } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsNumber, IsOptional, Min } from 'class-validator';
import { longest } from '../domain/placement';
import { AskedDto } from './cancellations.dto';
import { DiscountDto, LineDto, TaxLineDto } from './order-lines.dto';
import { DeliveryTermsDto, RecipientDto, ShipToDto } from './ship-groups.dto';

class AddedLineDto extends LineDto {
  @ApiPropertyOptional({ example: '1', description: 'The line that it stands in for.' })
  @IsOptional()
  @IsLineId()
  substitutes?: string;
}

class ChangedLineDto {
  @ApiProperty({ example: '1' })
  @IsLineId()
  lineId!: string;

  @ApiPropertyOptional({ example: 2, type: 'integer', minimum: 0, description: 'As the line counts, with what was cancelled of it.' })
  @IsOptional()
  @IsNumber()
  quantity?: number;

  @ApiPropertyOptional({ type: 'integer', description: 'Of one unit, minor units.' })
  @IsOptional()
  @IsNumber()
  unitPrice?: number;

  @ApiPropertyOptional({ type: 'integer', description: 'Off the whole line; without it, discounts fall with the units.' })
  @IsOptional()
  @IsNumber()
  discount?: number;

  @OptionalNestedList(() => DiscountDto, { min: 0, max: 100 })
  discounts?: DiscountDto[];

  @ApiPropertyOptional({ type: 'integer', description: 'Of the whole line; without it, taxes stay in proportion to what they are of.' })
  @IsOptional()
  @IsNumber()
  tax?: number;

  @OptionalNestedList(() => TaxLineDto, { min: 0, max: 100 })
  taxLines?: TaxLineDto[];

  @ApiPropertyOptional({ description: 'For whoever packs it.' })
  @IsOptional()
  @IsNote(longest.instructions)
  instructions?: string;
}

class ChangedDeliveryDto extends DeliveryTermsDto {
  @ApiPropertyOptional({ example: '1', description: 'May be left out of an order with one ship group.' })
  @IsOptional()
  @IsLineId()
  shipGroupId?: string;

  @ApiPropertyOptional({ example: 495, type: 'integer', description: 'What is charged for it, minor units.' })
  @IsOptional()
  @IsNumber()
  amount?: number;

  @ApiPropertyOptional({ description: 'For whoever packs it, or hands it over.' })
  @IsOptional()
  @IsNote(longest.instructions)
  instructions?: string;
}

export class EditDto extends AskedDto {
  @OptionalNestedList(() => AddedLineDto, { max: limits.lines }, { description: 'New lines.' })
  add?: AddedLineDto[];

  @OptionalNestedList(() => ChangedLineDto, { max: limits.lines }, { description: 'Lines that are to be others; what is not told stays.' })
  change?: ChangedLineDto[];

  @ApiPropertyOptional({ type: [String], example: ['2'], description: 'Lines that are to go.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(limits.lines)
  @IsLineId({ each: true })
  remove?: string[];

  @OptionalNestedList(() => ChangedDeliveryDto, { max: 100 }, { description: 'How ship groups are delivered, and what that costs.' })
  delivery?: ChangedDeliveryDto[];

  @ApiPropertyOptional({ enum: priorities })
  @IsOptional()
  @IsIn(priorities)
  priority?: Priority;

  @ApiPropertyOptional({ description: 'For the whole order.' })
  @IsOptional()
  @IsNote(longest.instructions)
  instructions?: string;
}

export class DestinationDto extends AskedDto {
  @ApiPropertyOptional({ example: '1', description: 'May be left out of an order with one ship group.' })
  @IsOptional()
  @IsLineId()
  shipGroupId?: string;

  @Nested(() => ShipToDto)
  shipTo!: ShipToDto;

  @OptionalNested(() => RecipientDto, { description: 'Who receives it; without it, who would have.' })
  recipient?: RecipientDto;
}

export class CompareQuery {
  @ApiProperty({ example: 1, minimum: 1, description: 'A version of the order.' })
  @AsNumber()
  @IsInt()
  @Min(1)
  from!: number;

  @ApiProperty({ example: 2, minimum: 1, description: 'Another.' })
  @AsNumber()
  @IsInt()
  @Min(1)
  to!: number;
}
